internal import ChannelKit
internal import CurlTransport
internal import HelpdeskCore

/// What the receiver's answer to a reply means. Trying again is always safe: the webhook-id stays.
enum ReplyAnswer {
    /// No receiver may ask for more patience than this.
    static let longestWait = TimeSpan.hours(6)

    static func judge(_ response: HTTPTransfer.Response, at now: Instant) -> SendResult {
        let detail = "HTTP \(response.status)"
        switch response.status {
        case 200..<300: return .sent(externalID: externalID(response.body))
        case 300..<400:
            return .rejected(
                .other, detail: "\(detail): reply_url redirects; set its final address")
        case 401, 403:
            return .rejected(.auth, detail: "\(detail): the receiver refused our signature")
        case 404, 410:
            return .rejected(.badAddress, detail: "\(detail): nothing answers at reply_url")
        case 408, 425, 429, 500...:
            return .retry(after: wait(response.header("retry-after"), now), detail: detail)
        case 413: return .rejected(.tooLong, detail: detail)
        case 400..<500: return .rejected(.content, detail: detail)
        default: return .retry(after: nil, detail: "\(detail): no status of HTTP")
        }
    }

    static func judge(_ failure: TransportFailure) -> SendResult {
        switch failure {
        case .invalidRequest(let reason): .rejected(.content, detail: reason)
        default: .retry(after: nil, detail: "\(failure)")
        }
    }

    /// RFC 9110 §10.2.3: seconds, or a date.
    static func wait(_ header: String?, _ now: Instant) -> TimeSpan? {
        guard let header else { return nil }
        let digits = Array(header.utf8)
        if (1...9).contains(digits.count), digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
            return min(.seconds(Int64(header) ?? 0), longestWait)
        }
        guard let date = HTTPDate.instant(header) else { return nil }
        return min(max(date.since(now), .zero), longestWait)
    }

    /// The receiver's own id of the message, where it tells one: `{"external_id": "…"}`.
    private static func externalID(_ body: [UInt8]) -> String? {
        do throws(JSONFault) {
            let fields = try JSONFields(try JSONDocumentReader.read(body), path: "")
            return try fields.word("external_id", atMost: 255)
        } catch {
            // Not every receiver answers in JSON, and none has to.
            return nil
        }
    }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7); the obsolete forms are not read.
enum HTTPDate {
    static func instant(_ text: String) -> Instant? {
        let words = Array(text.utf8).split(separator: 0x20).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard words.count == 6, words[5] == "GMT", let day = Int(words[1]),
            let year = Int(words[3]),
            let month = months.firstIndex(of: words[2]),
            let date = CivilDate(year: year, month: month + 1, day: day)
        else { return nil }
        return WireTime.instant("\(date.text)T\(words[4])Z")
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
