/// Which key, as far as a terminal tells.
public enum KeyCode: Hashable, Sendable {
    /// A key that writes something: the character it writes, in the user's layout.
    case character(Character)
    case enter
    case tab
    case backspace
    case escape
    case delete
    case insert
    case up
    case down
    case left
    case right
    case home
    case end
    case pageUp
    case pageDown
    /// F1 is 1.
    case function(Int)
}

/// One press of a key (or its automatic repetition).
public struct KeyPress: Hashable, Sendable {
    /// What is held down beside the key. For a plain character shift is in the character itself.
    public struct Modifiers: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8

        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        public static let shift = Modifiers(rawValue: 1)
        public static let alt = Modifiers(rawValue: 2)
        public static let control = Modifiers(rawValue: 4)
        public static let command = Modifiers(rawValue: 8)
    }

    public var code: KeyCode
    public var modifiers: Modifiers
    /// The character at this key's place on a US keyboard, where the terminal tells (kitty
    /// protocol, "base layout key").
    public var baseLayout: Character?

    public init(_ code: KeyCode, _ modifiers: Modifiers = [], baseLayout: Character? = nil) {
        self.code = code
        self.modifiers = modifiers
        self.baseLayout = baseLayout
    }

    /// The key as a command, for use outside text fields: with a Persian layout on, the key under
    /// `j` writes `ت` and still means `j`. The terminal's own word comes first, then the map of the
    /// Persian layout; Latin characters stay what they are. `baseLayout` is empty afterwards, so
    /// that commands can be looked up in a table of keys.
    public var asCommand: KeyPress {
        var command = self
        command.baseLayout = nil
        guard case .character(let character) = code, !character.isASCII else { return command }
        if let baseLayout, baseLayout.isASCII {
            command.code = .character(baseLayout)
        } else if let latin = PersianLayout.latin(for: character) {
            command.code = .character(latin)
        }
        return command
    }
}
