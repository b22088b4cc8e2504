/// Puts the bytes of one UTF-8 character together (Unicode 15, table 3-7: only well-formed ones).
struct CharacterAssembler: Equatable {
    enum Step {
        case pending
        case scalar(Unicode.Scalar)
        /// The byte does not belong to the character, which is thereby broken.
        case refused
    }

    private var code: UInt32 = 0
    private var missing = 0
    private var allowed: ClosedRange<UInt8> = 0x80...0xBF
    private(set) var modifiers: KeyPress.Modifiers = []

    var isComplete: Bool { missing == 0 }

    /// Takes a first byte; says whether it can be one.
    mutating func begin(_ byte: UInt8, _ modifiers: KeyPress.Modifiers) -> Bool {
        self.modifiers = modifiers
        allowed = 0x80...0xBF
        switch byte {
        case 0xC2...0xDF: (code, missing) = (UInt32(byte & 0x1F), 1)
        case 0xE0...0xEF: (code, missing) = (UInt32(byte & 0x0F), 2)
        case 0xF0...0xF4: (code, missing) = (UInt32(byte & 0x07), 3)
        default: return false
        }
        switch byte {
        case 0xE0: allowed = 0xA0...0xBF
        case 0xED: allowed = 0x80...0x9F
        case 0xF0: allowed = 0x90...0xBF
        case 0xF4: allowed = 0x80...0x8F
        default: break
        }
        return true
    }

    mutating func accept(_ byte: UInt8) -> Step {
        guard allowed.contains(byte) else { return .refused }
        allowed = 0x80...0xBF
        code = code << 6 | UInt32(byte & 0x3F)
        missing -= 1
        guard missing == 0 else { return .pending }
        return Unicode.Scalar(code).map { .scalar($0) } ?? .refused
    }
}
