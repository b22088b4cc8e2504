import ChannelKit

/// The report in a mail that a mail server or a mail program wrote: a delivery status (RFC 3464, or free text), a
/// disposition (RFC 8098) or a complaint (RFC 5965). Nil for every other mail; a report that a person forwards as an
/// attachment is their mail, not a report.
struct MachineReport {
    let mail: MailSource
    let parts: [MailPart]
    /// The mail's own text, as it is shown.
    let text: [UInt8]
    let sender: MachineSender
    let limits: MailLimits

    /// Bytes of a report part that are read.
    private static let reach = 256 << 10

    func report() -> DeliveryReport? {
        for part in own.prefix(50) {
            switch part.subtype {
            case "delivery-status", "global-delivery-status":
                return status(fields(part))
            case "disposition-notification", "global-disposition-notification":
                return disposition(fields(part))
            case "feedback-report":
                return complaint(fields(part))
            default: continue
            }
        }
        // Declared, and its parts got lost on the way.
        let isDeclared = own.contains {
            $0.kind == .multipart && $0.reportType == "delivery-status"
        }
        return isDeclared ? status(ReportFields([])) : notice()
    }

    /// Parts that are not inside a forwarded mail, unless a mail server forwards its own. Parents stand before their
    /// children.
    private var own: [MailPart] {
        if sender.mayReport == .likely { return parts }
        var inside = Set<Int>()
        var result: [MailPart] = []
        for (index, part) in parts.enumerated() {
            if let parent = part.parent,
                inside.contains(parent) || parts[parent].kind == .message && parent < index
            {
                inside.insert(index)
                continue
            }
            result.append(part)
        }
        return result
    }

    private func fields(_ part: MailPart) -> ReportFields {
        ReportFields(
            PartContent.decoded(
                mail.bytes, range: part.range ?? 0..<0, encoding: part.encoding, limit: Self.reach))
    }

    // MARK: Kinds

    private func status(_ fields: ReportFields) -> DeliveryReport? {
        let notice = BounceNotice(text, own: sender.own)
        var recipients = DeliveryStatus.recipients(fields, notice: notice)
        if recipients.isEmpty { recipients = spoken(notice) }
        return DeliveryReport(
            kind: .status, recipients: recipients, returnedMessageID: returned(notice).messageID)
    }

    /// “displayed”, “deleted”: the mail arrived.
    private func disposition(_ fields: ReportFields) -> DeliveryReport {
        let all = fields.groups.flatMap(\.fields)
        let value = { (name: String) in all.first { $0.name == name }?.value }
        let address = (value("original-recipient") ?? value("final-recipient")).flatMap(
            ReportFields.address)
        let mode = (value("disposition") ?? []).lowercasedASCII()
        let isFailed = mode.firstMatch(of: "failed") != nil || mode.firstMatch(of: "error") != nil
        let recipient = DeliveryReport.Recipient(
            address: address, outcome: isFailed ? .failedForNow : .delivered,
            diagnostic: value("disposition").map(DeliveryStatus.clipped))
        let original = value("original-message-id").flatMap(MessageIdentifiers.single)
        let notice = BounceNotice(text, own: sender.own)
        return DeliveryReport(
            kind: .disposition, recipients: [recipient],
            returnedMessageID: original ?? returned(notice).messageID)
    }

    private func complaint(_ fields: ReportFields) -> DeliveryReport {
        let all = fields.groups.flatMap(\.fields)
        let type = all.first { $0.name == "feedback-type" }?.value
        var addresses = all.filter {
            $0.name == "original-rcpt-to" || $0.name == "removal-recipient"
        }
        .compactMap { ReportFields.address($0.value) }
        let back = returned(BounceNotice([], own: sender.own))
        if addresses.isEmpty { addresses = back.recipients }
        let recipients = addresses.prefix(BounceNotice.mostRecipients).map {
            DeliveryReport.Recipient(
                address: $0, outcome: .delivered, diagnostic: type.map(DeliveryStatus.clipped))
        }
        return DeliveryReport(
            kind: .complaint, recipients: Array(recipients), returnedMessageID: back.messageID)
    }

    /// The free text of an older server.
    private func notice() -> DeliveryReport? {
        guard sender.mayReport != .never else { return nil }
        if let report = NotificationJSON.report(text) { return report }
        let notice = BounceNotice(text, own: sender.own)
        let bringsMailBack = parts.contains {
            $0.kind == .message || $0.subtype == "rfc822-headers"
        }
        guard sender.isReport(notice, bringsMailBack: bringsMailBack) else { return nil }
        return DeliveryReport(
            kind: .status, recipients: spoken(notice), returnedMessageID: returned(notice).messageID
        )
    }

    // MARK: Free text

    private func spoken(_ notice: BounceNotice) -> [DeliveryReport.Recipient] {
        let listed = DeliveryStatus.recipients(ReportFields(notice.words), notice: notice)
        if !listed.isEmpty { return listed }
        let isDelay = BounceWords.delays.matches(Phrases.normalised(notice.words))
        var named = notice.recipients
        let failed = sender.failedRecipients
        if !failed.isEmpty {
            named = failed.map { address in
                notice.recipients.first { $0.address == address }
                    ?? BounceNotice.Recipient(address: address, words: notice.words)
            }
        } else if named.isEmpty {
            named = returned(notice).recipients.filter { !sender.own.contains($0) }
                .map { BounceNotice.Recipient(address: $0, words: notice.words) }
        }
        guard !named.isEmpty else {
            return [recipient(nil, words: notice.words, whole: notice, isDelay)]
        }
        return named.prefix(BounceNotice.mostRecipients).map {
            recipient($0.address, words: $0.words, whole: notice, isDelay)
        }
    }

    private func recipient(
        _ address: String?, words: [UInt8], whole: BounceNotice, _ isDelay: Bool
    ) -> DeliveryReport.Recipient {
        var failure = Failure()
        failure.action = isDelay ? .delayed : .unsaid
        failure.words = words
        failure.stage = Failure.stage(in: words)
        var judged = failure.judged()
        if judged.reason == .unknown {
            failure.words =
                words + [Ascii.lineFeed] + (sender.subject ?? []) + [Ascii.lineFeed] + whole.words
            judged = failure.judged()
        }
        return DeliveryReport.Recipient(
            address: address, outcome: judged.outcome, status: judged.status,
            replyCode: judged.replyCode, diagnostic: DeliveryStatus.clipped(words),
            reason: judged.reason)
    }

    private func returned(_ notice: BounceNotice) -> ReturnedMail {
        let part = ReturnedMail(mail.bytes, parts, limits: limits)
        if part.messageID != nil { return part }
        for piece in [notice.returned, notice.words] {
            let quoted = ReturnedMail(quotedIn: piece, limits: limits)
            if quoted.messageID != nil { return quoted }
        }
        return part.recipients.isEmpty
            ? ReturnedMail(quotedIn: notice.returned, limits: limits) : part
    }
}
