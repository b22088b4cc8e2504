/// What came from the terminal, decoded.
public enum TerminalInput: Equatable, Sendable {
    case key(KeyPress)
    case paste(Paste)
    case mouse(MouseEvent)
    case focus(FocusChange)
    case report(TerminalReport)
}

/// Text that was pasted. It is content and nothing else: it is never taken for keys or commands.
public struct Paste: Equatable, Sendable {
    public enum Completeness: Sendable {
        case whole
        /// More was pasted than `KeyDecoder.pasteLimit`, or its end never came.
        case cut
    }

    /// Line ends are U+000A; no other control characters but tabs.
    public let text: String
    public let completeness: Completeness

    public init(text: String, completeness: Completeness = .whole) {
        self.text = text
        self.completeness = completeness
    }
}

/// Whether the terminal's window has the user's attention (mode 1004).
public enum FocusChange: Sendable {
    case gained
    case lost
}

/// The mouse, as told by mode 1006.
public struct MouseEvent: Equatable, Sendable {
    public enum Action: Equatable, Sendable {
        case pressed(Button)
        case released(Button)
        case dragged(Button)
        case scrolledUp
        case scrolledDown
    }

    public enum Button: Sendable {
        case left
        case middle
        case right
    }

    public let action: Action
    public let place: Point
    public let modifiers: KeyPress.Modifiers

    public init(_ action: Action, at place: Point, _ modifiers: KeyPress.Modifiers = []) {
        self.action = action
        self.place = place
        self.modifiers = modifiers
    }
}

/// The terminal's answer to a question about itself.
public enum TerminalReport: Equatable, Sendable {
    /// DECRPM for an ECMA mode (`CSI n $ p`) or a DEC private one (`CSI ? n $ p`).
    case mode(ModeNumber, ModeState)
    /// The kitty keyboard protocol is there; its flags now.
    case keyboardFlags(Int)
    /// Primary device attributes: what every terminal answers.
    case deviceAttributes
}

public enum ModeNumber: Hashable, Sendable {
    case ecma(Int)
    case dec(Int)
}

public enum ModeState: Sendable {
    case unknown
    case set
    case reset
    case permanentlySet
    case permanentlyReset

    init(code: Int) {
        self =
            switch code {
            case 1: .set
            case 2: .reset
            case 3: .permanentlySet
            case 4: .permanentlyReset
            default: .unknown
            }
    }
}
