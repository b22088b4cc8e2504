import ChannelKit
import FoundationEssentials
import Testing

@testable import EmailChannel

/// Real mails of peers. What they expect is measured and printed set by set; what we promise (nothing crashes, nothing is
/// blank) is asserted.
@Suite struct CorpusTests {
    static let mailSets = ["email-", "autoreply-", "bounce-", "threading-"]
    static let measured = ["email-", "reply-", "text-charsets", "autoreply-", "bounce-sisimai"]

    @Test(.enabled(if: CorpusSet.root != nil, "the corpora are not beside the repository"))
    func agreementWithPeersIsPrintedBySet() {
        let tells = ProcessInfo.processInfo.environment["HAMDEL_CORPORA_TELL"]
        for set in CorpusSet.all(Self.measured) {
            var agreed = 0
            var total = 0
            var optional = 0
            for testCase in set.cases() {
                switch Agreement.check(testCase) {
                case .skipped: continue
                case .agreed:
                    agreed += 1
                    total += 1
                case .differs(let difference):
                    if testCase.isOptional {
                        optional += 1
                        continue
                    }
                    total += 1
                    if let tells, tells == "all" || set.name.hasPrefix(tells) {
                        print("  ✗ \(testCase.kind) \(testCase.id): \(difference)")
                    }
                }
            }
            guard total > 0 else { continue }
            print("corpus \(set.name): \(agreed) of \(total) agree (\(optional) optional differ)")
            #expect(agreed <= total)
        }
    }

    @Test(.enabled(if: CorpusSet.root != nil, "the corpora are not beside the repository"))
    func everyRealMailBecomesAMessageThatIsNotBlank() {
        var read = 0
        var rejected: [String] = []
        for set in CorpusSet.all(Self.mailSets) {
            for file in set.files() {
                switch MailReader.read(file.bytes) {
                case .success(let mail):
                    read += 1
                    #expect(!Array(mail.fullText.utf8).isBlank, "\(set.name)/\(file.name)")
                    #expect(!Array(mail.text.utf8).isBlank, "\(set.name)/\(file.name)")
                case .failure(let rejection):
                    rejected.append("\(set.name)/\(file.name): \(rejection.reason.code)")
                }
            }
        }
        print("corpora: \(read) mails read, \(rejected.count) rejected: \(rejected)")
        #expect(read > 0)
    }
}
