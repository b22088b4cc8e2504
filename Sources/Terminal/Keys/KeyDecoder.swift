/// Decodes what a terminal sends: a pure machine over bytes.
///
/// Bytes may be cut anywhere; events do not depend on where. Time is handed in: when `silence` says
/// so and no byte came for that long, call `timeout()`; only that tells a lone ESC from the start of
/// a sequence, and the end of a paste from what somebody hid inside it.
///
/// Understands UTF-8, CSI and SS3 keys with modifiers, the kitty keyboard protocol, xterm's
/// modifyOtherKeys, SGR mouse, focus, bracketed paste, and the reports of `CapabilityProbe`.
/// Everything else is swallowed. No input can make it grow beyond `pasteLimit` and a few hundred
/// bytes.
public struct KeyDecoder: Sendable {
    /// Bytes of a paste that are kept; 1 MiB.
    public static let pasteLimit = 1 << 20
    /// Bytes of one control sequence that are kept; longer ones are swallowed.
    static let sequenceLimit = 64

    enum State: Equatable {
        case ground
        case escape
        case sequence
        case longSequence
        case singleShift
        /// `CSI [`, the Linux console's F1 to F5.
        case consoleFunction
        /// OSC, DCS, APC, PM or SOS has begun with this byte, or somebody pressed it with alt.
        case stringBegun(UInt8)
        /// A control string, swallowed up to its end or until the terminal falls silent.
        case string
        /// An ESC within a control string, perhaps of its end (`ESC \`).
        case stringEscape
        case paste
    }

    var state = State.ground
    var sequence: [UInt8] = []
    var character = CharacterAssembler()
    var paste = PasteScanner()
    var events: [TerminalInput] = []

    public init() {}

    /// How long to wait for another byte before calling `timeout()`, in milliseconds; nothing when
    /// no wait is needed.
    public var silence: Int? {
        switch state {
        case .ground: character.isComplete ? nil : 50
        case .escape, .sequence, .longSequence, .singleShift, .consoleFunction: 50
        case .stringBegun: 50
        case .string, .stringEscape: 200
        case .paste: paste.isOpen ? 2_000 : 100
        }
    }

    /// Decodes some bytes; returns the events that are complete.
    public mutating func feed(_ bytes: some Sequence<UInt8>) -> [TerminalInput] {
        for byte in bytes { accept(byte) }
        return drain()
    }

    /// The terminal has been silent for `silence` milliseconds: what is pending is complete.
    public mutating func timeout() -> [TerminalInput] {
        switch state {
        case .ground: if !character.isComplete { unreadable() }
        case .escape: emit(.escape)
        case .sequence where sequence.isEmpty: emit(.character("["), .alt)
        case .singleShift: emit(.character("O"), .alt)
        case .stringBegun(let introducer):
            emit(.character(Character(Unicode.Scalar(introducer))), .alt)
        case .paste:
            events.append(.paste(paste.finished()))
            paste = PasteScanner()
        case .sequence, .longSequence, .consoleFunction, .string, .stringEscape: break
        }
        reset()
        return drain()
    }

    private mutating func drain() -> [TerminalInput] {
        defer { events.removeAll() }
        return events
    }

    mutating func reset() {
        state = .ground
        sequence.removeAll(keepingCapacity: true)
        character = CharacterAssembler()
    }

    private mutating func accept(_ byte: UInt8) {
        switch state {
        case .ground: ground(byte)
        case .escape: escape(byte)
        case .sequence: collect(byte)
        case .longSequence:
            if (0x40...0x7E).contains(byte) || byte == 0x1B { restart(byte) }
        case .singleShift:
            reset()
            if byte == 0x1B { return ground(byte) }
            singleShift(byte)
        case .consoleFunction:
            reset()
            if (0x41...0x45).contains(byte) { emit(.function(Int(byte) - 0x40)) }
        case .stringBegun, .string: string(byte)
        case .stringEscape:
            reset()
            if byte != UInt8(ascii: "\\") { escape(byte) }
        case .paste: paste.accept(byte)
        }
    }

    /// Leaves a sequence that is swallowed; an ESC begins the next one.
    private mutating func restart(_ byte: UInt8) {
        reset()
        if byte == 0x1B { state = .escape }
    }

    private mutating func ground(_ byte: UInt8, _ modifiers: KeyPress.Modifiers = []) {
        if !character.isComplete {
            switch character.accept(byte) {
            case .pending: return
            case .scalar(let scalar):
                let held = character.modifiers
                reset()
                return typed(scalar, held)
            case .refused: unreadable()
            }
        }
        switch byte {
        case 0x1B: state = .escape
        case 0x0D: emit(.enter, modifiers)
        case 0x09: emit(.tab, modifiers)
        case 0x08, 0x7F: emit(.backspace, modifiers)
        case 0x00: emit(.character(" "), modifiers.union(.control))
        case 0x01...0x1A:
            emit(.character(Character(Unicode.Scalar(byte + 0x60))), modifiers.union(.control))
        case 0x1C...0x1F:
            emit(.character(Character(Unicode.Scalar(byte + 0x40))), modifiers.union(.control))
        case 0x20...0x7E: emit(.character(Character(Unicode.Scalar(byte))), modifiers)
        default:
            if !character.begin(byte, modifiers) { unreadable() }
        }
    }

    private mutating func typed(_ scalar: Unicode.Scalar, _ modifiers: KeyPress.Modifiers) {
        guard ScalarClass(scalar) != .control else { return }
        emit(.character(Character(scalar)), modifiers)
    }

    private mutating func unreadable() {
        character = CharacterAssembler()
        emit(.character("\u{FFFD}"))
    }

    private mutating func escape(_ byte: UInt8) {
        state = .ground
        switch byte {
        case 0x1B:
            emit(.escape)
            state = .escape
        case UInt8(ascii: "["): state = .sequence
        case UInt8(ascii: "O"): state = .singleShift
        case UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "]"), UInt8(ascii: "^"),
            UInt8(ascii: "_"):
            state = .stringBegun(byte)
        default: ground(byte, .alt)
        }
    }

    private mutating func collect(_ byte: UInt8) {
        switch byte {
        case 0x20...0x3F:
            if sequence.count < KeyDecoder.sequenceLimit {
                sequence.append(byte)
            } else {
                state = .longSequence
            }
        case UInt8(ascii: "[") where sequence.isEmpty: state = .consoleFunction
        case 0x40...0x7E:
            let parsed = ControlSequence(sequence, final: byte)
            reset()
            perform(parsed)
        default:
            reset()
            ground(byte)
        }
    }

    /// Swallows a control string up to ST (`ESC \`) or BEL; ESC ends it in any case.
    private mutating func string(_ byte: UInt8) {
        switch byte {
        case 0x07: reset()
        case 0x1B: state = .stringEscape
        default: state = .string
        }
    }

    mutating func emit(_ code: KeyCode, _ modifiers: KeyPress.Modifiers = []) {
        events.append(.key(KeyPress(code, modifiers)))
    }
}
