import ChannelKit
import CurlTransport
import Testing

@testable import EmailChannel

@Suite struct SMTPRelayTests {
    static func answered(_ code: Int, _ text: String) -> SMTPTransfer.Outcome {
        let reply = SMTPReply(code: code, text: text)
        let verdict: SMTPTransfer.Verdict =
            code < 400 ? .accepted(reply) : code < 500 ? .temporary(reply) : .permanent(reply)
        return .answered([.init(address: "a@b", verdict: verdict)])
    }

    static let table: [(SMTPTransfer.Outcome, SendResult)] = [
        (answered(250, "2.0.0 queued"), .sent(externalID: nil)),
        (answered(451, "4.3.0 later"), .retry(after: nil, detail: "451 4.3.0 later")),
        (answered(550, "5.1.1 nobody"), .rejected(.badAddress, detail: "550 5.1.1 nobody")),
        (answered(554, "5.7.1 blocked"), .rejected(.blocked, detail: "554 5.7.1 blocked")),
        (answered(552, "5.3.4 too big"), .rejected(.tooLong, detail: "552 5.3.4 too big")),
        (answered(552, "5.2.2 mailbox full"), .rejected(.other, detail: "552 5.2.2 mailbox full")),
    ]

    @Test(arguments: table)
    func whatTheServerSaidBecomesAResult(outcome: SMTPTransfer.Outcome, result: SendResult) {
        #expect(SMTPRelay.result(outcome, recipients: ["a@b"]) == result)
    }

    @Test func severalRecipientsHaveTheirOwnResults() {
        let outcome = SMTPTransfer.Outcome.answered([
            .init(address: "a@b", verdict: .accepted(SMTPReply(code: 250, text: "ok"))),
            .init(address: "c@d", verdict: .temporary(SMTPReply(code: 450, text: "later"))),
        ])
        #expect(
            SMTPRelay.result(outcome, recipients: ["a@b", "c@d"])
                == .perRecipient([
                    RecipientResult(recipient: "a@b", outcome: .sent),
                    RecipientResult(recipient: "c@d", outcome: .retry(detail: "450 later")),
                ]))
    }

    @Test func aServerThatIsAwayIsTriedAgain() async throws {
        let server = try SMTPTransfer.Server(url: "smtp://127.0.0.1:1")
        let relay = SMTPRelay(SMTPTransfer(server: server, lanes: 1))
        let result = await relay.submit(
            envelopeSender: "", recipients: ["a@b.example"],
            bytes: Array("From: x\r\n\r\ny\r\n".utf8))
        guard case .unavailable = result else {
            Issue.record("\(result)")
            return
        }
        #expect(await relay.check().state == .down)
    }

    @Test(arguments: [
        // Before MAIL FROM it is between the server and us; behind it, about this mail.
        (SMTPPhase.connecting, TransportFailure.unreachable("x"), Int?.none, "unavailable"),
        (.greeting, .interrupted("x"), 421, "unavailable"),
        (.signIn, .signInRefused("x"), 535, "unavailable"),
        (.startTLS, .untrusted("x"), nil, "unavailable"),
        (.hello, .deadlineExceeded, nil, "retry"), (.connecting, .busy, nil, "retry"),
        (.sender, .interrupted("x"), 530, "unavailable"),
        (.sender, .interrupted("x"), 451, "retry"),
        (.sender, .interrupted("x"), 553, "rejected"),
        (.recipients, .interrupted("x"), nil, "retry"),
    ])
    func whatWasNotSentSaysWhoseFaultItIs(
        phase: SMTPPhase, failure: TransportFailure, code: Int?, expected: String
    ) {
        let outcome = SMTPTransfer.Outcome.notSent(
            SMTPTransfer.NotSent(
                phase: phase, failure: failure,
                reply: code.map { SMTPReply(code: $0, text: "said") }))
        let result = SMTPRelay.result(outcome, recipients: ["a@b"])
        let word =
            switch result {
            case .unavailable: "unavailable"
            case .retry: "retry"
            case .rejected: "rejected"
            default: "\(result)"
            }
        #expect(word == expected)
    }
}
