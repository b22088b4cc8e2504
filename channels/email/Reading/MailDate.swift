import CGMime
import HelpdeskCore

/// The Date header (RFC 5322 section 3.3), read leniently by GMime. What lies outside of 1970 to 2100 is nonsense.
enum MailDate {
    private static let latest: Int64 = 4_102_444_800_000

    static func parse(_ value: [UInt8]) -> Instant? {
        guard value.count <= 200, !value.contains(0) else { return nil }
        cgm_start()
        var milliseconds: Int64 = 0
        guard value.asText.withCString({ cgm_decode_date($0, &milliseconds) }) == 1,
            milliseconds >= 0, milliseconds < latest
        else { return nil }
        return Instant(milliseconds: milliseconds)
    }
}
