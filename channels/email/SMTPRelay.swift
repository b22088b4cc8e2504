public import ChannelKit
public import CurlTransport

/// The relay of the configuration, reached through libcurl. One serves all inboxes that share a server.
public struct SMTPRelay: MailTransport {
    private let transfer: SMTPTransfer

    /// Whoever made the transfer also ends it.
    public init(_ transfer: SMTPTransfer) { self.transfer = transfer }

    public func submit(
        envelopeSender: String, recipients: [String], bytes: [UInt8]
    ) async -> SendResult {
        let mail = SMTPTransfer.Mail(
            sender: envelopeSender.isEmpty ? .null : .address(envelopeSender),
            recipients: recipients, message: bytes)
        do {
            return Self.result(try await transfer.send(mail), recipients: recipients)
        } catch {
            return .rejected(.content, detail: error.description)
        }
    }

    /// What the server said, in the words of the outbox.
    static func result(_ outcome: SMTPTransfer.Outcome, recipients: [String]) -> SendResult {
        switch outcome {
        case .answered(let results):
            if recipients.count == 1, let only = results.first { return single(only.verdict) }
            return .perRecipient(
                results.map {
                    RecipientResult(recipient: $0.address, outcome: Self.outcome(of: $0.verdict))
                })
        case .notSent(let failed): return notSent(failed)
        case .uncertain(let uncertain):
            return .uncertain(
                detail: "The server took the mail and gave no answer: \(uncertain.failure)")
        }
    }

    private static func single(_ verdict: SMTPTransfer.Verdict) -> SendResult {
        switch outcome(of: verdict) {
        case .sent: .sent(externalID: nil)
        case .rejected(let code, let detail): .rejected(code, detail: detail)
        case .retry(let detail): .retry(after: nil, detail: detail)
        }
    }

    private static func outcome(of verdict: SMTPTransfer.Verdict) -> RecipientResult.Outcome {
        switch verdict {
        case .accepted: .sent
        case .temporary(let reply): .retry(detail: reply.description)
        case .permanent(let reply): .rejected(code(reply), detail: reply.description)
        case .needsInternational:
            .rejected(
                .badAddress,
                detail:
                    "The mail server cannot carry addresses with letters outside of a-z before the @ (it offers no SMTPUTF8). Write to another address of this customer."
            )
        case .invalid(let fault): .rejected(.badAddress, detail: fault.description)
        }
    }

    /// The server speaks of this mail only from MAIL FROM on; what goes wrong before is between it and us.
    private static func notSent(_ failed: SMTPTransfer.NotSent) -> SendResult {
        let detail = failed.reply?.description ?? failed.failure.description
        switch failed.failure {
        case .invalidRequest(let reason): return .rejected(.content, detail: reason)
        case .busy, .closed, .cancelled, .deadlineExceeded:
            return .retry(after: nil, detail: detail)
        case .silent, .unreachable, .untrusted, .signInRefused, .interrupted, .responseTooLarge:
            break
        }
        guard let reply = failed.reply, failed.phase >= .sender else {
            return failed.phase >= .sender
                ? .retry(after: nil, detail: detail) : .unavailable(detail: detail)
        }
        // Not signed in, or the service is closing: true of every mail (RFC 4954 section 6, RFC 5321 section 3.8).
        if [421, 454, 530, 534, 535, 538].contains(reply.code) {
            return .unavailable(detail: detail)
        }
        return reply.code >= 500
            ? .rejected(code(reply), detail: detail) : .retry(after: nil, detail: detail)
    }

    public func check() async -> ChannelHealth {
        do throws(TransportFailure) {
            try await transfer.check()
            return ChannelHealth(state: .ok)
        } catch {
            return ChannelHealth(state: .down, detail: "The mail server: \(error)")
        }
    }

    /// RFC 3463: the second number says what it is about.
    private static func code(_ reply: SMTPReply) -> RejectionCode {
        let status = reply.enhancedStatus ?? ""
        if status == "5.3.4" || reply.code == 552 && !status.hasPrefix("5.2") { return .tooLong }
        if status.hasPrefix("5.1.") { return .badAddress }
        if status.hasPrefix("5.7.8") || reply.code == 535 { return .auth }
        if status.hasPrefix("5.7.") || reply.code == 554 { return .blocked }
        if status.hasPrefix("5.6.") { return .content }
        return reply.code == 550 || reply.code == 553 ? .badAddress : .other
    }
}
