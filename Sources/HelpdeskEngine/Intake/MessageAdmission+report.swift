internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

/// Bounces, delays, read receipts and complaints: they land on the delivery that they are about. One is believed only when
/// it names our signed token or the exact Message-ID of a delivery; everything else is kept as automatic mail, and
/// changes nothing.
extension MessageAdmission {
    /// Nil when it is no report, or proves nothing.
    func admitReport() throws -> DeliveryOutcome? {
        guard let report = message.deliveryReport, origin == .live,
            let delivery = try proven(report), let number = delivery.ticket,
            let row = try session.reader.ticket(number, viewer: .system)
        else { return nil }
        let decision = ThreadingDecision(
            rule: .delivery, outcome: row.ticket.status.isActive ? .joined : .joinedClosed,
            ticket: number,
            steps: [ThreadingDecision.Step(rule: .delivery, ticket: number, verdict: .matched)])
        let received = try record(
            decision, of: row.ticket.customer, author: .system, identity: nil, address: nil)
        let events = try session.perform(.receive(received), on: row, by: .system)
        try write(report, on: delivery, received.message, cause: events.first?.position)
        return .ticketed(message: received.message, ticket: number)
    }

    /// The delivery a report is about, by our token in the address it came to, else by a Message-ID of ours.
    private func proven(_ report: DeliveryReport) throws -> ReportableDelivery? {
        for text in message.replyTokens.prefix(50) {
            guard case .genuine(.delivery(let id)) = session.desk.tokens.read(text) else {
                continue
            }
            if let delivery = try session.reader.reportable(id) { return delivery }
        }
        let ids = [report.returnedMessageID, message.inReplyTo].compactMap { $0 }
        for messageID in ids + message.references.suffix(20).reversed() {
            if let delivery = try delivery(under: messageID) { return delivery }
        }
        return nil
    }

    /// A Message-ID names its delivery (`Dispatching.messageID`); the whole id must be the one that went out.
    private func delivery(under messageID: String) throws -> ReportableDelivery? {
        let local = messageID.utf8.prefix { $0 != UInt8(ascii: "@") }
        let parts = local.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].count <= 19,
            let number = Int64(String(decoding: parts[1], as: UTF8.self)),
            let delivery = try session.reader.reportable(DeliveryID(rawValue: number)),
            let sent = delivery.content?.messageID, sent.utf8.elementsEqual(messageID.utf8)
        else { return nil }
        return delivery
    }

    private func write(
        _ report: DeliveryReport, on delivery: ReportableDelivery, _ message: MessageID,
        cause: Position?
    ) throws {
        guard let verdict = Verdict(report) else { return }
        let words = verdict.recipients.map(Self.words).joined(separator: "\n")
        let detail =
            words.isEmpty
            ? nil
            : try session.keep(
                String(words.prefix(2000)), as: .deliveryDetail, of: delivery.customer)
        let code = verdict.recipients.first.flatMap(Self.code)
        let reported = try session.append(
            .delivery(
                .reported(
                    DeliveryReported(
                        delivery: delivery.id, verdict: verdict.word, report: message,
                        code: code, detail: detail))),
            on: try session.row(delivery.ticket ?? TicketNumber(rawValue: 0)), cause: cause)
        guard verdict.word.isBounce else { return }
        // What a person tries again goes to those who did not get it.
        let known = delivery.content?.recipients ?? []
        let named = verdict.recipients.compactMap(\.address)
        let refused = known.filter { address in
            known.count == 1 || named.contains { Self.same($0, address) }
        }
        try session.transaction.finish(refused, of: delivery.id, as: .refused)
        try Undelivered(session: session).follow(
            verdict.recipients.map { recipient in
                Undelivered.Failure(
                    address: recipient.address,
                    permanence: recipient.outcome == .failedForEver ? .forEver : .forNow,
                    code: Self.code(recipient))
            }, of: delivery, cause: reported.position)
    }

    /// What a report comes to: its worst outcome, and the recipients who have it.
    private struct Verdict {
        let word: DeliveryReported.Verdict
        let recipients: [DeliveryReport.Recipient]

        init?(_ report: DeliveryReport) {
            switch report.kind {
            case .disposition: (word, recipients) = (.read, [])
            case .complaint: (word, recipients) = (.complained, [])
            case .status:
                let order: [(DeliveryReport.Outcome, DeliveryReported.Verdict)] = [
                    (.failedForEver, .bouncedForEver), (.failedForNow, .bouncedForNow),
                    (.delayed, .delayed), (.delivered, .delivered),
                ]
                let worst = order.first { entry in
                    report.recipients.contains { $0.outcome == entry.0 }
                }
                guard let worst else { return nil }
                word = worst.1
                let isBounce = worst.1.isBounce
                recipients = report.recipients.filter { recipient in
                    recipient.outcome == worst.0
                        || (isBounce && recipient.outcome == .failedForNow)
                }
            }
        }
    }

    private static func words(_ recipient: DeliveryReport.Recipient) -> String {
        let words = recipient.diagnostic ?? recipient.status ?? recipient.reason.rawValue
        return recipient.address.map { "\($0): \(words)" } ?? words
    }

    private static func code(_ recipient: DeliveryReport.Recipient) -> String? {
        let code = recipient.status ?? recipient.replyCode ?? recipient.reason.rawValue
        return String(code.prefix(40))
    }

    private static func same(_ left: String, _ right: String) -> Bool {
        guard let left = IdentityFolding.fold(.email(left)) else { return false }
        return left == IdentityFolding.fold(.email(right))
    }
}
