extension SMTPDialogue {
    /// Judges the mail from what was said. `failure` is libcurl's, nil when it was content.
    ///
    /// The server's own words count more than libcurl's verdict: a final 250 is an acceptance even when
    /// the connection broke right after it.
    func outcome(_ mail: CheckedMail, _ failure: TransportFailure?) -> SMTPTransfer.Outcome {
        if let finalReply { return .answered(mail.results(everyone(finalReply))) }
        if let dataReply, dataReply.code != 354 { return answered(dataReply, mail, failure) }
        let isBroken = failure ?? .interrupted("the server did not answer")
        if phase >= .message, uploaded >= mail.message.count {
            // All of it went out, and perhaps the final dot as well.
            return .uncertain(
                SMTPTransfer.Uncertain(
                    pending: pending(mail), refused: refused(mail), failure: isBroken))
        }
        if recipientReplies.count == recipients, accepted.isEmpty {
            return answered(nil, mail, failure)
        }
        if let senderReply, senderReply.code / 100 != 2, !Self.isServersOwn(senderReply) {
            return answered(senderReply, mail, failure)
        }
        return .notSent(notSent(isBroken))
    }

    /// Nothing of this mail was said on the connection, so a fresh one may be tried at once.
    var isUntouched: Bool { senderReply == nil || senderReply?.code == 421 }

    private var accepted: [Int] {
        (0..<recipients).filter { recipientReplies[$0].map { $0.code / 100 == 2 } ?? false }
    }

    /// A refusal that speaks of us, not of this mail: sign-in missing or refused, service closing
    /// (RFC 4954 §6, RFC 5321 §3.8). A correction of the configuration will let the mail through.
    private static func isServersOwn(_ reply: SMTPReply) -> Bool {
        [421, 454, 530, 534, 535, 538].contains(reply.code)
    }

    /// `reply` speaks for all recipients that were not refused on their own.
    private func everyone(_ reply: SMTPReply) -> [Int: SMTPTransfer.Verdict] {
        var verdicts: [Int: SMTPTransfer.Verdict] = [:]
        for index in 0..<recipients {
            let own = recipientReplies[index]
            let counts = own.map { $0.code / 100 == 2 } ?? true
            verdicts[index] = Self.verdict(counts ? reply : own ?? reply)
        }
        return verdicts
    }

    private func answered(
        _ reply: SMTPReply?, _ mail: CheckedMail, _ failure: TransportFailure?
    ) -> SMTPTransfer.Outcome {
        guard let reply else {
            return .answered(mail.results(recipientReplies.mapValues(Self.verdict)))
        }
        guard reply.code / 100 == 4 || reply.code / 100 == 5 else {
            return .notSent(notSent(failure ?? .interrupted("unexpected reply \(reply)")))
        }
        return .answered(mail.results(everyone(reply)))
    }

    private func notSent(_ failure: TransportFailure) -> SMTPTransfer.NotSent {
        let reply = lastReply.flatMap { $0.code / 100 == 4 || $0.code / 100 == 5 ? $0 : nil }
        return SMTPTransfer.NotSent(phase: phase, failure: failure, reply: reply)
    }

    private func pending(_ mail: CheckedMail) -> [String] {
        accepted.map { mail.recipients[$0].text }
    }

    private func refused(_ mail: CheckedMail) -> [SMTPTransfer.RecipientResult] {
        mail.results(recipientReplies.filter { $0.value.code / 100 != 2 }.mapValues(Self.verdict))
    }

    private static func verdict(_ reply: SMTPReply) -> SMTPTransfer.Verdict {
        switch reply.code / 100 {
        case 2: .accepted(reply)
        case 5: .permanent(reply)
        // Anything unreadable is no reason to give a mail up.
        default: .temporary(reply)
        }
    }
}
