internal import ChannelKit
internal import CurlTransport
internal import EmailChannel

/// The mail transport of the email channel: one SMTP server through libcurl.
struct SMTPRelay: MailTransport {
    let transfer: SMTPTransfer

    func submit(
        envelopeSender: String, recipients: [String], bytes: [UInt8]
    ) async -> SendResult {
        let sender: SMTPTransfer.EnvelopeSender =
            envelopeSender.isEmpty ? .null : .address(envelopeSender)
        do throws(SMTPTransfer.Refusal) {
            let outcome = try await transfer.send(
                SMTPTransfer.Mail(sender: sender, recipients: recipients, message: bytes))
            return Self.result(outcome)
        } catch {
            return .rejected(.content, detail: "\(error)")
        }
    }

    private static func result(_ outcome: SMTPTransfer.Outcome) -> SendResult {
        switch outcome {
        case .answered(let results):
            return .perRecipient(results.map(recipient))
        case .notSent(let failure):
            let detail = failure.reply.map { "\($0)" } ?? "\(failure.failure)"
            // A 5xx before any recipient was named speaks of us (login, greeting): ops mend it, the mail waits.
            return .retry(after: nil, detail: detail)
        case .uncertain(let uncertain) where uncertain.refused.isEmpty:
            return .uncertain(detail: "\(uncertain.failure)")
        case .uncertain(let uncertain):
            return .uncertain(
                detail: "\(uncertain.failure); refused: "
                    + uncertain.refused.map(\.address).joined(separator: ", "))
        }
    }

    private static func recipient(_ result: SMTPTransfer.RecipientResult) -> RecipientResult {
        let outcome: RecipientResult.Outcome =
            switch result.verdict {
            case .accepted: .sent
            case .temporary(let reply): .retry(detail: "\(reply)")
            case .permanent(let reply): .rejected(.badAddress, detail: "\(reply)")
            case .invalid(let fault): .rejected(.badAddress, detail: "\(fault)")
            }
        return RecipientResult(recipient: result.address, outcome: outcome)
    }
}
