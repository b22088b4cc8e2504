import ChannelKit
import CorpusKit
import EmailChannel
import HelpdeskCore
import HelpdeskEngine
import TestKit
import Testing

/// Peers' threads, through our own reader, store and rules: with every sender a participant, as a mail program sees it.
@Suite("Threads of peers") struct ThreadingCorpusTests {
    /// What we do otherwise on purpose.
    private static let better: [String: [String: String]] = [
        "threading-jwz": [
            "threading-jwz/mox-m":
                "a subject is no proof: we neither join by it nor split a thread because somebody changed it",
            "threading-jwz/mox-e":
                "the answer came before what it answers; as in notmuch, both are one thread",
            "threading-jwz/mox-i":
                "the answer came before what it answers; as in notmuch, both are one thread",
        ]
    ]

    @Test(
        .enabled(if: CorpusSet.root != nil, "the corpora are not beside the repository"),
        arguments: ["threading-jwz", "threading-zammad-followups"])
    func agrees(set: String) async throws {
        let corpus = try #require(CorpusSet.named(set))
        var outcomes: [String: Outcome] = [:]
        for one in corpus.cases() { outcomes[one.id] = try await ThreadingCase(one).outcome() }
        let found = outcomes
        let measure = Measure(set, bar: 95, better: Self.better[set] ?? [:]) { one in
            found[one.id] ?? .skipped
        }
        #expect(measure.run() == [])
    }
}
