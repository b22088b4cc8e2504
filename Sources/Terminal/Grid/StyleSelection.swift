/// Select Graphic Rendition (ECMA-48 §8.3.117): from one style to another in the fewest bytes, which is either
/// everything off and on again or what differs.
struct StyleSelection {
    private var parameters: [UInt8] = []

    /// Roles count for nothing.
    static func append(from old: Style, to new: Style, to bytes: inout [UInt8]) {
        let whole = StyleSelection(whole: new)
        let change = StyleSelection(from: old, to: new)
        let best = change.parameters.count < whole.parameters.count ? change : whole
        bytes.append(0x1B)
        bytes.append(UInt8(ascii: "["))
        bytes.append(contentsOf: best.parameters)
        bytes.append(UInt8(ascii: "m"))
    }

    /// Everything off, then what the style has on; plain is no parameter at all.
    private init(whole style: Style) {
        guard style.foreground != .normal || style.background != .normal || style.attributes != []
        else { return }
        add(0)
        for (attribute, on, _) in Self.codes where style.attributes.contains(attribute) { add(on) }
        if style.foreground != .normal { add(style.foreground, Self.foreground) }
        if style.background != .normal { add(style.background, Self.background) }
    }

    private init(from old: Style, to new: Style) {
        var standing = old.attributes
        for (attribute, _, off) in Self.codes
        where standing.contains(attribute) && !new.attributes.contains(attribute) {
            add(off)
            // Bold and dim go off together.
            standing.subtract(off == 22 ? [.bold, .dim] : attribute)
        }
        for (attribute, on, _) in Self.codes
        where new.attributes.contains(attribute) && !standing.contains(attribute) {
            add(on)
        }
        if old.foreground != new.foreground { add(new.foreground, Self.foreground) }
        if old.background != new.background { add(new.background, Self.background) }
    }

    /// An attribute, what switches it on, what switches it off.
    private static let codes: [(Style.Attributes, on: Int, off: Int)] = [
        (.bold, 1, 22), (.dim, 2, 22), (.italic, 3, 23), (.underline, 4, 24), (.reverse, 7, 27),
    ]

    /// Where the numbers of one side begin.
    private struct Side {
        let normal: Int
        let bright: Int
        var other: Int { normal + 8 }
        var own: Int { normal + 9 }
    }

    private static let foreground = Side(normal: 30, bright: 90)
    private static let background = Side(normal: 40, bright: 100)

    private mutating func add(_ colour: Colour, _ side: Side) {
        switch colour {
        case .normal: add(side.own)
        case .basic(let basic):
            let number = Int(basic.rawValue)
            add(number < 8 ? side.normal + number : side.bright + number - 8)
        case .indexed(let index):
            for number in [side.other, 5, Int(index)] { add(number) }
        case .rgb(let colour):
            for number in [side.other, 2, Int(colour.red), Int(colour.green), Int(colour.blue)] {
                add(number)
            }
        }
    }

    private mutating func add(_ number: Int) {
        if !parameters.isEmpty { parameters.append(UInt8(ascii: ";")) }
        parameters.appendDecimal(number)
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
