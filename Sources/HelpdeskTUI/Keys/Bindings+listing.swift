extension Bindings {
    /// As help and manual list them: `1` to `9` are one line.
    static func listed(in group: Binding.Group) -> [Binding] {
        all.filter { binding in
            guard binding.group == group else { return false }
            return if case .view(let index) = binding.command { index == 0 } else { true }
        }
    }
}

extension Binding {
    var listedKeys: String { if case .view = command { "1 … 9" } else { keyText } }

    var listedHelp: String { if case .view = command { "the view with this number" } else { help } }
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
