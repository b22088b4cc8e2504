/// One line of help and manual.
struct ListedKey: Hashable, Sendable {
    var keys: String
    var help: String
    /// What the command is called in keys.toml.
    var name: String
    var contexts: Set<KeyContext>
}

extension KeyBindings {
    /// `1` to `9` are one line while they are what they were.
    func listed(in group: Binding.Group) -> [ListedKey] {
        let areUsual = Bindings.all.allSatisfy { !$0.isOfView || rows.contains($0) }
        return rows.compactMap { binding in
            guard binding.group == group, !binding.keys.isEmpty else { return nil }
            if areUsual, binding.isOfView {
                guard binding.command == .view(0) else { return nil }
                return ListedKey(
                    keys: "1 … 9", help: "the view with this number", name: "view-1 … view-9",
                    contexts: binding.contexts)
            }
            return ListedKey(
                keys: binding.keyText, help: binding.help, name: binding.command.name,
                contexts: binding.contexts)
        }
    }
}

extension Binding {
    fileprivate var isOfView: Bool { if case .view = command { true } else { false } }
}

extension Composer {
    /// While a text is written every other key is a letter of it (`Model.pressComposer`).
    static let keys: [(key: String, help: String)] = [
        ("C-s, C-Enter", "send"), ("Esc", "send, discard, a command, or go on writing"),
        ("C-o", "write on in your $EDITOR"), ("C-p", "a macro: its text here, the rest with it"),
        ("C-x", "without what else the macro does"), ("C-t", "by which inbox it goes"),
        ("PgUp, PgDn", "scroll the thread above"),
        ("C-c", "leave; what is not sent stays a draft"),
    ]
}
