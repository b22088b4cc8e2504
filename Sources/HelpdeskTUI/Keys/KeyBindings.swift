internal import Terminal

/// The keys in force: the table that the program comes with, and what the agent wants otherwise.
public struct KeyBindings: Hashable, Sendable {
    /// In the order of the help. A row without keys is found by its words only.
    let rows: [Binding]
    private let tables: [KeyContext: Table]

    /// As the program comes.
    public static let standard = KeyBindings(rows: Bindings.all)

    /// No sequence may mean two things in one context.
    init(rows: [Binding]) {
        self.rows = rows
        var tables: [KeyContext: Table] = [:]
        for binding in rows {
            for context in binding.contexts {
                for sequence in binding.keys {
                    tables[context, default: Table()].commands[sequence.keys] = binding.command
                    if sequence.keys.count > 1 {
                        tables[context, default: Table()].beginnings.insert([sequence.keys[0]])
                    }
                }
            }
        }
        self.tables = tables
    }

    private struct Table: Hashable, Sendable {
        var commands: [[KeyPress]: Command] = [:]
        var beginnings: Set<[KeyPress]> = []
    }

    /// What a key sequence does in a context.
    enum Found: Equatable {
        case command(Command)
        /// The first key of a longer sequence.
        case begun
        case nothing
    }

    func find(_ keys: [KeyPress], in context: KeyContext) -> Found {
        guard let table = tables[context] else { return .nothing }
        if let command = table.commands[keys] { return .command(command) }
        return table.beginnings.contains(keys) ? .begun : .nothing
    }

    /// The first key of a command in a context, as written; nil: it has none there.
    func key(for command: Command, in context: KeyContext) -> String? {
        rows.lazy.filter { $0.command == command && $0.contexts.contains(context) }
            .compactMap { $0.keys.first?.text }.first
    }
}
