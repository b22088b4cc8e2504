import CorpusKit
import Testing

@testable import EmailChannel

/// What the person wrote now, beside what the peers' own parsers show.
@Suite struct ReplyCorpusTests {
    @Test(
        .enabled(if: CorpusSet.root != nil, "the corpora are not beside the repository"),
        arguments: ReplyMeasures.all)
    func visibleTextAgreesWithPeers(measure: Measure) { #expect(measure.run() == []) }
}
