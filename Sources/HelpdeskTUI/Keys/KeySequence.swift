internal import Terminal

/// A key, or two one after the other, as people write them: `j`, `C-d`, `g g`, `Enter`.
struct KeySequence: Hashable, Sendable {
    let keys: [KeyPress]
    /// As written.
    let text: String

    /// Nil when a name is not known.
    init?(_ text: String) {
        var keys: [KeyPress] = []
        for name in text.split(separator: " ") {
            guard let key = KeySequence.key(String(name)) else { return nil }
            keys.append(key)
        }
        guard (1...2).contains(keys.count) else { return nil }
        self.keys = keys
        self.text = text
    }

    private static func key(_ name: String) -> KeyPress? {
        if name.hasPrefix("C-"), name.count > 2 {
            guard var key = key(String(name.dropFirst(2))) else { return nil }
            key.modifiers.insert(.control)
            return key
        }
        if let code = named[name] { return KeyPress(code) }
        guard name.count == 1, let character = name.first else { return nil }
        return KeyPress(.character(character))
    }

    private static let named: [String: KeyCode] = [
        "Enter": .enter, "Esc": .escape, "Tab": .tab, "Space": .character(" "), "Up": .up,
        "Down": .down, "Left": .left, "Right": .right, "PgUp": .pageUp, "PgDn": .pageDown,
        "Home": .home, "End": .end, "F1": .function(1), "F5": .function(5),
    ]
}
