/// A control sequence taken apart (ECMA-48 §5.4): `CSI <prefix> parameters <intermediate> final`.
struct ControlSequence: Equatable {
    /// `<`, `=`, `>` or `?`, which mark private sequences.
    private(set) var prefix: UInt8?
    private(set) var intermediate: UInt8?
    let final: UInt8
    /// Parameters, each with its sub-parameters (`a:b`); a missing one is nothing.
    private(set) var parameters: [[Int?]] = []

    init(_ bytes: [UInt8], final: UInt8) {
        self.final = final
        var current: [Int?] = [nil]
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let digit = Int(byte - UInt8(ascii: "0"))
                let value = (current.last ?? nil) ?? 0
                // Anything above a code point is nonsense; stay far below overflow.
                current[current.count - 1] = min(value * 10 + digit, 10_000_000)
            case UInt8(ascii: ":"): current.append(nil)
            case UInt8(ascii: ";"):
                parameters.append(current)
                current = [nil]
            case 0x3C...0x3F: prefix = byte
            default: intermediate = byte
            }
        }
        parameters.append(current)
    }

    /// A parameter's number, or its default.
    func number(_ index: Int, default fallback: Int) -> Int {
        part(index, 0) ?? fallback
    }

    /// A sub-parameter.
    func part(_ index: Int, _ sub: Int) -> Int? {
        guard index < parameters.count, sub < parameters[index].count else { return nil }
        return parameters[index][sub]
    }

    /// Whether nothing stands between introducer and final byte.
    var isBare: Bool { prefix == nil && intermediate == nil && parameters == [[nil]] }

    /// The modifiers in a parameter: 1 plus a sum, as xterm has it.
    func modifiers(_ index: Int) -> KeyPress.Modifiers {
        let mask = number(index, default: 1) - 1
        return KeyPress.Modifiers(rawValue: UInt8(truncatingIfNeeded: max(mask, 0)) & 0x0F)
    }
}
