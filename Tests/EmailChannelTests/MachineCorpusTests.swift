import CorpusKit
import Testing

@testable import EmailChannel

/// Bounces and automatic mail, beside what the peers' own detectors find.
@Suite struct MachineCorpusTests {
    @Test(
        .enabled(if: CorpusSet.root != nil, "the corpora are not beside the repository"),
        arguments: MachineMeasures.all)
    func machinesAreKnownAsPeersKnowThem(measure: Measure) { #expect(measure.run() == []) }
}
