/// An answer went out by chat: where nobody reads it until then, it goes by mail.
public struct ReadingAwaited: Hashable, Sendable, Codable {
    public var delivery: DeliveryID
    public var until: Instant

    public init(delivery: DeliveryID, until: Instant) {
        self.delivery = delivery
        self.until = until
    }
}

/// The wait for an answer to be read is over, and what came of it.
public struct ReadingEnded: Hashable, Sendable, Codable {
    public enum Outcome: String, Hashable, Sendable, Codable {
        /// It went to the verified mail address.
        case mailed
        case customerWrote = "customer_wrote"
        case noVerifiedMail = "no_verified_mail"
        /// Mail to their verified address came back.
        case undeliverable
        /// No mail inbox could send it.
        case refused
    }

    public var delivery: DeliveryID
    public var outcome: Outcome
    /// The mail.
    public var mail: DeliveryID?

    public init(delivery: DeliveryID, outcome: Outcome, mail: DeliveryID?) {
        self.delivery = delivery
        self.outcome = outcome
        self.mail = mail
    }
}
