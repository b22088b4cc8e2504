/// What was said of a delivery after the peer had taken it: a bounce, a delay, a read receipt, a complaint. Only
/// written down when it proves that it is about that delivery (our signed token or its Message-ID).
public struct DeliveryReported: Hashable, Sendable, Codable {
    public enum Verdict: String, Hashable, Sendable, Codable {
        /// Given up: the address will not take this mail, now or ever.
        case bouncedForEver = "bounced_for_ever"
        /// Given up for now: a full mailbox, a server that was away too long. Worth trying again.
        case bouncedForNow = "bounced_for_now"
        /// Still being tried by the server that reports.
        case delayed
        case delivered
        /// RFC 8098: the recipient's program says that it was shown.
        case read
        /// RFC 5965: the recipient pressed “spam”.
        case complained

        public var isBounce: Bool { self == .bouncedForEver || self == .bouncedForNow }
    }

    public var delivery: DeliveryID
    public var verdict: Verdict
    /// The message that brought the report.
    public var report: MessageID
    /// RFC 3463, `5.1.1`; else the SMTP reply code, else why in one word.
    public var code: String?
    /// Which address and the server's words, of kind `delivery_detail`.
    public var detail: ContentRef?

    public init(
        delivery: DeliveryID, verdict: Verdict, report: MessageID, code: String?,
        detail: ContentRef?
    ) {
        self.delivery = delivery
        self.verdict = verdict
        self.report = report
        self.code = code
        self.detail = detail
    }
}
