/// A colour of a cell, as a program wishes it; `ColourDepth` says what of it a terminal can show.
public enum Colour: Hashable, Sendable {
    /// The terminal's own.
    case normal
    /// One of the sixteen that every terminal has and every user's theme sets.
    case basic(BasicColour)
    /// One of xterm's 256: from 16 a cube of six steps a side, from 232 greys; below 16 the basic ones.
    case indexed(UInt8)
    case rgb(RGB)

    public static let red = Colour.basic(.red)
    public static let green = Colour.basic(.green)
    public static let yellow = Colour.basic(.yellow)
    public static let blue = Colour.basic(.blue)
    public static let magenta = Colour.basic(.magenta)
    public static let cyan = Colour.basic(.cyan)
}

/// The sixteen, in the order of their numbers (ECMA-48 §8.3.117, and the bright ones of aixterm).
public enum BasicColour: UInt8, CaseIterable, Sendable {
    case black, red, green, yellow, blue, magenta, cyan, white
    case brightBlack, brightRed, brightGreen, brightYellow
    case brightBlue, brightMagenta, brightCyan, brightWhite
}

/// Red, green and blue of sRGB, eight bits each.
public struct RGB: Hashable, Sendable {
    public let red: UInt8
    public let green: UInt8
    public let blue: UInt8

    public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// `0x7CC7E8`; bits above the lowest 24 are left out.
    public init(_ hexadecimal: UInt32) {
        self.init(
            UInt8(truncatingIfNeeded: hexadecimal >> 16),
            UInt8(truncatingIfNeeded: hexadecimal >> 8), UInt8(truncatingIfNeeded: hexadecimal))
    }

    /// `#7cc7e8`, six digits in either case; nil for anything else.
    public init?(_ text: String) {
        let digits = text.utf8.dropFirst()
        guard text.utf8.first == UInt8(ascii: "#"), digits.count == 6,
            digits.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
            let number = UInt32(text.dropFirst(), radix: 16)
        else { return nil }
        self.init(number)
    }

    /// How well one is read on the other, from 1 to 21 (WCAG 2.2, "contrast ratio"); 4.5 is what it wants of text.
    public func contrast(with other: RGB) -> Double {
        let (one, two) = (luminance, other.luminance)
        return (max(one, two) + 0.05) / (min(one, two) + 0.05)
    }

    /// WCAG 2.2, "relative luminance". The curve is a table because it is asked for cell by cell.
    private var luminance: Double {
        0.2126 * RGB.linear[Int(red)] + 0.7152 * RGB.linear[Int(green)]
            + 0.0722 * RGB.linear[Int(blue)]
    }

    private static let linear: [Double] = (0...255).map { step in
        let value = Double(step) / 255
        return value <= 0.04045 ? value / 12.92 : power((value + 0.055) / 1.055)
    }

    /// x to the 2.4: x² · ⁵√x², the root by Newton's rule, so that no library of mathematics is needed.
    private static func power(_ value: Double) -> Double {
        let square = value * value
        var root = 1.0
        for _ in 0..<60 { root -= (root - square / (root * root * root * root)) / 5 }
        return square * root
    }
}
