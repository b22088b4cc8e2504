import ChannelKit

/// The machine-readable part of a delivery status notification (RFC 3464, RFC 6533): one group for the message, then
/// one for each recipient. Groups that name nobody are passed over.
enum DeliveryStatus {
    typealias Recipient = DeliveryReport.Recipient

    /// Recipients in the report's order, each once; `notice` is the text beside the report, for those of which the
    /// report says no words.
    static func recipients(_ fields: ReportFields, notice: BounceNotice) -> [Recipient] {
        var result: [Recipient] = []
        var places: [String: Int] = [:]
        for group in fields.groups {
            guard result.count < BounceNotice.mostRecipients,
                let recipient = recipient(group, notice: notice)
            else { continue }
            guard let address = recipient.address else {
                result.append(recipient)
                continue
            }
            if let known = places[address] {
                if result[known].reason == .unknown { result[known] = recipient }
            } else {
                places[address] = result.count
                result.append(recipient)
            }
        }
        return result
    }

    /// The address that was written to before any forwarding, where the report tells it: that is the one we know.
    private static func recipient(
        _ group: ReportFields.Group, notice: BounceNotice
    ) -> Recipient? {
        let final = group.first("final-recipient").flatMap(ReportFields.address)
        let original =
            (group.first("original-recipient") ?? group.first("x-actual-recipient"))
            .flatMap(ReportFields.address)
        let hasRecipient =
            group.first("final-recipient") != nil || group.first("original-recipient") != nil
        guard hasRecipient,
            group.first("action") != nil || group.first("status") != nil || final != nil
        else { return nil }
        var failure = Failure()
        failure.action = action(group.first("action") ?? [])
        failure.status = group.first("status").flatMap { Failure.status(in: $0[...]) }
        let diagnostic = group.first("diagnostic-code").map(withoutType)
        failure.words = diagnostic ?? []
        failure.stage = Failure.stage(
            in: failure.words + [Ascii.lineFeed] + notice.words.prefix(Failure.reach))
        let address = original ?? final
        var judged = failure.judged()
        if judged.reason == .unknown || diagnostic == nil || judged.reason == .rejectedPolicy {
            let spoken = notice.recipients.first { $0.address == final || $0.address == original }?
                .words
            let second = said(failure, with: spoken ?? notice.words).judged()
            if second.reason != .unknown, judged.reason == .unknown || diagnostic == nil {
                judged.reason = second.reason
                judged.outcome = second.outcome
                judged.replyCode = judged.replyCode ?? second.replyCode
                judged.status = judged.status ?? second.status
            }
        }
        return Recipient(
            address: address, outcome: judged.outcome, status: judged.status,
            replyCode: judged.replyCode, diagnostic: diagnostic.map(clipped),
            remoteServer: group.first("remote-mta").map { clipped(withoutType($0)) },
            reason: judged.reason)
    }

    private static func said(_ failure: Failure, with words: [UInt8]) -> Failure {
        var failure = failure
        failure.words += [Ascii.lineFeed] + words
        return failure
    }

    private static func action(_ value: [UInt8]) -> Failure.Action {
        let text = value.lowercasedASCII()
        if text.starts(with: "delayed".utf8) { return .delayed }
        if text.starts(with: "delivered".utf8) || text.starts(with: "deliverable".utf8) {
            return .delivered
        }
        if text.starts(with: "relayed".utf8) { return .relayed }
        if text.starts(with: "expanded".utf8) { return .expanded }
        return .failed
    }

    /// `smtp; 550 …` and `dns; mx.example.org` without what stands before the semicolon.
    private static func withoutType(_ value: [UInt8]) -> [UInt8] {
        guard let semicolon = value.prefix(40).firstIndex(of: Ascii.semicolon),
            value[..<semicolon].allSatisfy({ $0 > Ascii.space && $0 < 0x7F || $0 == Ascii.space })
        else { return value }
        let rest = value.trimmed((semicolon &+ 1)..<value.count)
        return Array(value[rest])
    }

    /// DeliveryReport holds at most 1,000 bytes of a server's words; cut between characters.
    static func clipped(_ words: [UInt8]) -> String {
        var end = min(words.count, 1_000)
        while end > 0, end < words.count, words[end] & 0xC0 == 0x80 { end &-= 1 }
        return TextCleaning.oneLine(Array(words[..<end]).asText)
    }
}
