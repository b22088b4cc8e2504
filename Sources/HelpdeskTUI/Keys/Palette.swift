internal import HelpdeskAPI

/// Everything the screen can do, to be found by its words: the bindings, the commands after `:`, the views.
enum Palette {
    enum Meaning: Equatable {
        case run(Command)
        case view(String)
        /// A command that wants an argument: its beginning.
        case type(String)
    }

    static func choices(_ views: [API.View], _ bindings: KeyBindings) -> [Picker.Choice] {
        let keys = bindings.rows.enumerated().compactMap { place, binding -> Picker.Choice? in
            if case .view = binding.command { return nil }
            return Picker.Choice(
                id: "key:\(place)", title: binding.help, detail: binding.keyText)
        }
        let shown = views.map {
            Picker.Choice(id: "view:\($0.name)", title: "view: \($0.title)", detail: "\($0.count)")
        }
        let typed = TypedCommand.words.map {
            Picker.Choice(
                id: "type:\($0.word)", title: $0.help, detail: ":\($0.word) \($0.arguments)")
        }
        return shown + keys + typed
    }

    static func meaning(of id: String, _ bindings: KeyBindings) -> Meaning? {
        guard let colon = id.firstIndex(of: ":") else { return nil }
        let name = String(id[id.index(after: colon)...])
        switch id[..<colon] {
        case "key":
            guard let place = Int(name), bindings.rows.indices.contains(place) else { return nil }
            return .run(bindings.rows[place].command)
        case "view": return .view(name)
        default: return .type(name + " ")
        }
    }
}
