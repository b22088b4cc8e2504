/// What we told a customer of the time by which we answer: the acknowledgement states one, and a revised one may be sent before
/// it passes unkept. Both are counted.
public enum PromiseEvent: Hashable, Sendable {
    case given(PromiseGiven)
    case revised(PromiseGiven)
    /// A human answer was delivered in time.
    case kept(PromiseEnded)
    /// The time passed without one, and without a revised time.
    case broken(PromiseEnded)
    /// The moment for a revised time came, and none was told by itself.
    case revisionSkipped(PromiseRevisionSkipped)
}

public struct PromiseGiven: Hashable, Sendable, Codable {
    /// The time that the customer read; exactly then is still in time.
    public var until: Instant
    /// The mail or chat message that said it.
    public var delivery: DeliveryID
    /// When to tell a later one by itself, if no answer is on its way; nil: never.
    public var reviseAt: Instant?

    public init(until: Instant, delivery: DeliveryID, reviseAt: Instant? = nil) {
        self.until = until
        self.delivery = delivery
        self.reviseAt = reviseAt
    }
}

public struct PromiseEnded: Hashable, Sendable, Codable {
    public var until: Instant
    public init(until: Instant) { self.until = until }
}
