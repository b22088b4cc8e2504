/// What becomes of chat answers that nobody read: once, and together, they go to the customer's verified mail address.
public struct UnreadAnswers: Hashable, Sendable {
    /// An answer that went out by chat and of which nobody said that it was read.
    public struct Answer: Hashable, Sendable {
        public var delivery: DeliveryID
        public var message: MessageID
        public var sentAt: Instant

        public init(delivery: DeliveryID, message: MessageID, sentAt: Instant) {
            self.delivery = delivery
            self.message = message
            self.sentAt = sentAt
        }
    }

    /// Answers for which nothing more is done, and why.
    public var left: [Answer: ReadingEnded.Outcome]
    /// Those that go by mail, oldest first, and where.
    public var mailed: [Answer]
    public var way: ReplyRoute.Way?

    /// - Parameters:
    ///   - answers: of one ticket, oldest first; the first one's time has come, and with it that of those after it: the
    ///     customer is away.
    ///   - customerSpokeAt: when they last said anything in the ticket, on whatever channel.
    ///   - ways: by mail, to this customer.
    public static func decide(
        _ answers: [Answer], customerSpokeAt: Instant?, ways: [ReplyRoute.Way]
    ) -> UnreadAnswers {
        var decided = UnreadAnswers(left: [:], mailed: [], way: nil)
        let verified = ways.filter { $0.verification == .verified && $0.window == .open }
        let sound = verified.filter { $0.standing == .sound }
        // Where they answer is where they are: a learned preference, by the last use, breaks the tie.
        let best = sound.max { left, right in
            let used = (left.lastUsed ?? .distantPast, right.lastUsed ?? .distantPast)
            if used.0 != used.1 { return used.0 < used.1 }
            return (left.inbox, left.address) > (right.inbox, right.address)
        }
        for answer in answers {
            if let spoke = customerSpokeAt, spoke > answer.sentAt {
                decided.left[answer] = .customerWrote
            } else if best != nil {
                decided.mailed.append(answer)
            } else {
                decided.left[answer] = verified.isEmpty ? .noVerifiedMail : .undeliverable
            }
        }
        decided.way = decided.mailed.isEmpty ? nil : best
        return decided
    }
}
