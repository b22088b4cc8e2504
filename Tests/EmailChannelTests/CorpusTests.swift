import ChannelKit
import CorpusKit
import Testing

@testable import EmailChannel

/// Real mails of peers: how far our reading is what their own tests expect, set by set, and what we promise of every
/// mail whether somebody states an expectation or not.
@Suite struct MailCorpusTests {
    static let measures: [Measure] = [
        "email-chatwoot", "email-enmime", "email-freescout", "email-libredesk", "email-mikel",
        "email-mime4j", "email-otrs", "email-persian", "email-phpmime", "email-stalwart",
        "email-zammad", "email-zbateson", "text-charsets",
    ].map { Measure($0, bar: 97, better: BetterAnswers.mail[$0] ?? [:], compare: Agreement.check) } + discourse

    /// A set of several subjects, each with the bar of its own.
    static let discourse = [
        Measure("email-discourse", "visible text", bar: 90) {
            $0.kind == "reply-mail" ? Agreement.check($0) : .leftOut("measured apart")
        },
        Measure("email-discourse", "class and sender", bar: 95) {
            $0.kind == "reply-mail" ? .leftOut("measured apart") : Agreement.check($0)
        },
    ]

    @Test(
        .enabled(if: CorpusSet.root != nil, "the corpora are not beside the repository"),
        arguments: measures)
    func readingAgreesWithPeers(measure: Measure) { #expect(measure.run() == []) }

    @Test(.enabled(if: CorpusSet.root != nil, "the corpora are not beside the repository"))
    func everyRealMailIsReadWithinASecondAndIsNotBlank() {
        var read = 0
        var rejected: [String] = []
        var slowest = (Duration.zero, "")
        for set in CorpusSet.all(["email-", "autoreply-", "bounce-", "threading-"]) {
            for file in set.files() {
                let name = "\(set.name)/\(file.name)"
                let start = ContinuousClock.now
                let outcome = MailReader.read(file.bytes)
                let time = ContinuousClock.now - start
                if time > slowest.0 { slowest = (time, name) }
                switch outcome {
                case .success(let mail):
                    read += 1
                    #expect(!Array(mail.fullText.utf8).isBlank, "\(name)")
                    #expect(!Array(mail.text.utf8).isBlank, "\(name)")
                case .failure(let rejection):
                    rejected.append("\(name): \(rejection.reason.code)")
                }
            }
        }
        print(
            "corpora: \(read) mails read, none blank, slowest \(slowest.0) (\(slowest.1)); "
                + "\(rejected.count) to quarantine: \(rejected)")
        #expect(read > 0)
        #expect(slowest.0 < .seconds(1))
    }
}
