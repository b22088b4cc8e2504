import ChannelKit

/// The JSON by which Amazon SES tells of bounces and complaints, when its topic is subscribed by mail. Read as text: keys
/// and values stand side by side, however often the JSON was quoted on its way.
enum NotificationJSON {
    private static let mark = "\"notificationtype\":\""

    /// Nil for every other text.
    static func report(_ text: [UInt8]) -> DeliveryReport? {
        let lead = text.trimmed(0..<text.count).lowerBound
        guard lead < text.count, text[lead] == UInt8(ascii: "{") else { return nil }
        // `\"Message\":\"{\\\"notificationType…` as if it were quoted once.
        let plain = text.prefix(BounceNotice.reach).filter {
            $0 != UInt8(ascii: "\\") && !Ascii.isBlank($0)
        }
        guard let place = plain.firstMatch(of: mark) else { return nil }
        let kind = value(in: plain, at: place &+ mark.utf8.count).lowercased()
        let addresses = all("\"emailaddress\":\"", in: plain)
        let id = all("\"message-id\",\"value\":\"", in: plain).first
            .flatMap { MessageIdentifiers.single(Array($0.utf8)) }
        switch kind {
        case "complaint":
            return DeliveryReport(
                kind: .complaint,
                recipients: addresses.map {
                    DeliveryReport.Recipient(address: $0.lowercased(), outcome: .delivered)
                },
                returnedMessageID: id)
        case "bounce":
            let codes = all("\"diagnosticcode\":\"", in: plain)
            let statuses = all("\"status\":\"", in: plain)
            let isTransient = plain.firstMatch(of: "\"bouncetype\":\"transient") != nil
            let recipients = addresses.enumerated().map { place, address in
                recipient(
                    address, words: codes.indices.contains(place) ? codes[place] : "",
                    status: statuses.indices.contains(place) ? statuses[place] : nil,
                    isTransient: isTransient)
            }
            return DeliveryReport(kind: .status, recipients: recipients, returnedMessageID: id)
        default: return nil
        }
    }

    private static func recipient(
        _ address: String, words: String, status: String?, isTransient: Bool
    ) -> DeliveryReport.Recipient {
        var failure = Failure()
        failure.action = .failed
        failure.status = status
        failure.words = Array(words.utf8)
        var judged = failure.judged()
        if isTransient, judged.outcome == .failedForEver { judged.outcome = .failedForNow }
        return DeliveryReport.Recipient(
            address: address.lowercased(), outcome: judged.outcome, status: judged.status,
            replyCode: judged.replyCode, diagnostic: DeliveryStatus.clipped(failure.words),
            reason: judged.reason)
    }

    /// The values behind each `key`, at most 100.
    private static func all(_ key: String, in text: [UInt8]) -> [String] {
        var found: [String] = []
        var position = 0
        while found.count < BounceNotice.mostRecipients,
            let place = text.firstMatch(of: key, from: position)
        {
            position = place &+ key.utf8.count
            found.append(value(in: text, at: position))
        }
        return found
    }

    private static func value(in text: [UInt8], at start: Int) -> String {
        let tail = text[min(start, text.count)...].prefix(1_000)
        return String(decoding: tail.prefix { $0 != Ascii.quote }, as: UTF8.self)
    }
}
