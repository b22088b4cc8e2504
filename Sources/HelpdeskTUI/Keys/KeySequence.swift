internal import Terminal

/// A key, or two one after the other, as people write them: `j`, `C-d`, `g g`, `Enter`, `A-x`, `S-Tab`.
struct KeySequence: Hashable, Sendable {
    /// As they are looked up: by their places on a Latin keyboard.
    let keys: [KeyPress]
    /// As written.
    let text: String

    /// Why a text names no key.
    struct Fault: Error, Hashable { let text: String }

    /// Nil when a name is not known.
    init?(_ text: String) {
        guard let sequence = try? KeySequence(reading: text) else { return nil }
        self = sequence
    }

    init(reading text: String) throws(Fault) {
        var keys: [KeyPress] = []
        for name in text.split(separator: " ") {
            keys.append(try KeySequence.key(String(name)).asCommand)
        }
        guard (1...2).contains(keys.count) else {
            throw Fault(text: "«\(text)»: one key was expected, or two with a space between them")
        }
        self.keys = keys
        self.text = text
    }

    private static func key(_ name: String) throws(Fault) -> KeyPress {
        for (prefix, modifier) in modifiers where name.hasPrefix(prefix) && name.count > 2 {
            var key = try key(String(name.dropFirst(2)))
            if case .character(let character) = key.code {
                guard modifier != .shift else {
                    throw Fault(text: "«\(name)»: write the letter that Shift makes, as in G")
                }
                if modifier == .control { try mustReach(character, name) }
            }
            key.modifiers.insert(modifier)
            return key
        }
        if let code = named[name] { return KeyPress(code) }
        if name.first == "F", let number = Int(name.dropFirst()), (1...12).contains(number) {
            return KeyPress(.function(number))
        }
        guard name.count == 1, let character = name.first else {
            throw Fault(
                text:
                    "there is no key «\(name)»; there are single characters, C-, A- and S- before "
                    + "a key, F1 to F12, \(named.keys.sorted().joined(separator: ", "))")
        }
        return KeyPress(.character(character))
    }

    /// What Control makes of some letters is the byte of another key (ECMA-48), and it does not tell large from small.
    private static func mustReach(_ character: Character, _ name: String) throws(Fault) {
        if let other = ["i": "Tab", "m": "Enter", "[": "Esc"][character] {
            throw Fault(text: "«\(name)»: terminals send \(other) for it; bind \(other)")
        }
        guard !character.isUppercase else {
            throw Fault(text: "«\(name)»: Control does not tell large letters; write it small")
        }
    }

    private static let modifiers: [(String, KeyPress.Modifiers)] = [
        ("C-", .control), ("A-", .alt), ("S-", .shift),
    ]

    private static let named: [String: KeyCode] = [
        "Enter": .enter, "Esc": .escape, "Tab": .tab, "Space": .character(" "), "Up": .up,
        "Down": .down, "Left": .left, "Right": .right, "PgUp": .pageUp, "PgDn": .pageDown,
        "Home": .home, "End": .end, "Backspace": .backspace, "Delete": .delete,
        "Insert": .insert,
    ]
}
