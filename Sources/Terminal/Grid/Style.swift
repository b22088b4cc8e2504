/// One of the sixteen colours that every terminal has and every user's theme sets, or the
/// terminal's own default.
public enum Colour: UInt8, CaseIterable, Sendable {
    case normal = 0
    case black, red, green, yellow, blue, magenta, cyan, white
    case brightBlack, brightRed, brightGreen, brightYellow
    case brightBlue, brightMagenta, brightCyan, brightWhite
}

/// Whether colours are sent. The user's `NO_COLOR` asks for `monochrome`: bold, reverse and the
/// like stay, so a screen must never say anything by colour alone.
public enum ColourPolicy: Sendable {
    case colour
    case monochrome

    /// What an environment asks for: `monochrome` when `NO_COLOR` is set and not empty
    /// (https://no-color.org).
    public init(environment: [String: String]) {
        self = (environment["NO_COLOR"] ?? "").isEmpty ? .colour : .monochrome
    }
}

/// How a cell looks.
public struct Style: Hashable, Sendable {
    /// What can be switched on beside the colours.
    public struct Attributes: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8

        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        public static let bold = Attributes(rawValue: 1)
        public static let dim = Attributes(rawValue: 2)
        public static let italic = Attributes(rawValue: 4)
        public static let underline = Attributes(rawValue: 8)
        public static let reverse = Attributes(rawValue: 16)
    }

    public var foreground: Colour
    public var background: Colour
    public var attributes: Attributes

    public init(
        foreground: Colour = .normal, background: Colour = .normal, attributes: Attributes = []
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    /// The terminal's own.
    public static let plain = Style()
    public static let bold = Style(attributes: .bold)
    public static let dim = Style(attributes: .dim)
    public static let reverse = Style(attributes: .reverse)

    /// This style and `extra` attributes.
    public func adding(_ extra: Attributes) -> Style {
        var style = self
        style.attributes.formUnion(extra)
        return style
    }

    /// The style as a terminal of this policy can show it.
    func shown(_ policy: ColourPolicy) -> Style {
        switch policy {
        case .colour: self
        case .monochrome: Style(attributes: attributes)
        }
    }

    /// Select Graphic Rendition (ECMA-48 §8.3.117): everything off, then what this style has on.
    func appendSelection(to bytes: inout [UInt8]) {
        bytes.append(0x1B)
        bytes.append(UInt8(ascii: "["))
        if self != .plain { bytes.append(UInt8(ascii: "0")) }
        for (attribute, code) in Style.codes where attributes.contains(attribute) {
            bytes.append(UInt8(ascii: ";"))
            bytes.append(code)
        }
        Style.append(foreground, normal: 30, bright: 90, to: &bytes)
        Style.append(background, normal: 40, bright: 100, to: &bytes)
        bytes.append(UInt8(ascii: "m"))
    }

    private static let codes: [(Attributes, UInt8)] = [
        (.bold, UInt8(ascii: "1")), (.dim, UInt8(ascii: "2")), (.italic, UInt8(ascii: "3")),
        (.underline, UInt8(ascii: "4")), (.reverse, UInt8(ascii: "7")),
    ]

    private static func append(
        _ colour: Colour, normal: Int, bright: Int, to bytes: inout [UInt8]
    ) {
        guard colour != .normal else { return }
        let index = Int(colour.rawValue) - 1
        bytes.append(UInt8(ascii: ";"))
        bytes.appendDecimal(index < 8 ? normal + index : bright + index - 8)
    }
}

extension [UInt8] {
    /// A number in ASCII digits; negative ones count as 0.
    mutating func appendDecimal(_ number: Int) {
        guard number >= 10 else {
            append(UInt8(ascii: "0") + UInt8(clamping: Swift.max(number, 0)))
            return
        }
        appendDecimal(number / 10)
        append(UInt8(ascii: "0") + UInt8(number % 10))
    }
}
