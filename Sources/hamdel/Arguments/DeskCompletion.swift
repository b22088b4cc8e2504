internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore
internal import Terminal

/// What the shell offers for a word that names something of the desk: asked of the daemon when the Tab key is pressed. A desk
/// that does not answer soon offers nothing; nobody's prompt waits for it.
enum DeskCompletion {
    /// How long a prompt may wait.
    private static let patience = Duration.seconds(2)
    /// Tickets and customers offered: more is no choice.
    private static let limit = 100

    /// Mine first, then what waits; with their subjects where the shell shows them.
    static let tickets = offering { client in
        try await waiting(client).map { Word("\($0.number.rawValue)", $0.subject ?? "") }
    }

    /// Those with something that waits: a name cannot be completed to an id, but the shell shows whose it is.
    static let customers = offering { client in
        var seen: Set<CustomerID> = []
        return try await waiting(client).map(\.customer).filter { seen.insert($0.id).inserted }.map
        {
            Word("\($0.id.rawValue)", $0.name ?? "")
        }
    }

    private static func waiting(
        _ client: HelpdeskClient
    ) async throws(ClientFailure) -> [API.Ticket] {
        var query = TicketQuery()
        query.statuses = [.new, .open, .pending]
        query.limit = limit
        var own = query
        own.holder = .me
        let found = try await client.tickets(own).items + client.tickets(query).items
        var seen: Set<TicketNumber> = []
        return found.filter { seen.insert($0.number).inserted }
    }

    static let agents = offering { client in
        try await client.agents().items.filter { !$0.disabled }.map {
            Word($0.login.rawValue, $0.name)
        }
    }

    static let teams = offering { client in
        try await client.teams().items.map { Word($0.name.rawValue, "") }
    }

    static let inboxes = offering { client in
        try await client.document(API.Page<API.Inbox>.self, .get, "/inboxes?limit=500").items.map {
            Word($0.name.rawValue, $0.channel.rawValue)
        }
    }

    static let views = offering { client in
        try await client.document(API.Page<API.View>.self, .get, "/views?limit=500").items.map {
            Word($0.name, $0.title)
        }
    }

    static let macros = offering { client in
        try await client.macros().items.map { Word($0.name, $0.title) }
    }

    struct Word: Hashable, Sendable {
        let word: String
        let meaning: String

        init(_ word: String, _ meaning: String) {
            self.word = word
            self.meaning = meaning
        }

        /// As the shell reads it: zsh takes what follows a colon as its meaning, fish what follows a tab, bash has no place for
        /// one. What customers wrote is on one line and free of control characters.
        func text(for shell: CompletionShell?) -> String {
            let meaning = Sanitizer.singleLine(meaning).string
            switch shell {
            case .zsh where !meaning.isEmpty:
                return word.split(separator: ":", omittingEmptySubsequences: false)
                    .joined(separator: "\\:") + ":" + meaning
            case .fish where !meaning.isEmpty: return word + "\t" + meaning
            default: return word
            }
        }
    }

    private static func offering(
        _ words: @Sendable @escaping (HelpdeskClient) async throws -> [Word]
    ) -> CompletionKind {
        .custom { _, _, _ in
            guard let client = try? CommandContext.live().client else { return [] }
            let found = await soon { try await words(client) } ?? []
            return found.map { $0.text(for: CompletionShell.requesting) }
        }
    }

    /// What comes in time; nil for a failure too.
    private static func soon(
        _ work: @Sendable @escaping () async throws -> [Word]
    ) async -> [Word]? {
        await withTaskGroup(of: [Word]?.self) { group in
            group.addTask { try? await work() }
            group.addTask {
                try? await Task.sleep(for: patience)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }
}
