/// How much of the daemon's time an adapter may have while others want it: what it said costs time, and after that it is left
/// alone for a while. Nothing is lost by that: what it says meanwhile waits in its pipe, and then it waits itself.
///
/// Only an adapter with much to say is slowed down; one that says a line now and then is heard at once.
struct ExecPace: Sendable {
    /// How long others wait for messages of this inbox that are being committed.
    static let longestTurn = Duration.milliseconds(10)
    static let mostMessages = 32
    /// Rest for each unit of work: messages are what adapters are for, and get a third of the time.
    static let restAfterMessages = 2
    /// Everything else gets a tenth, and so much at once: answers to a few messages that were sent, a burst of receipts.
    static let share = 10
    static let allowance = Duration.milliseconds(50)
    static let longestRest = Duration.seconds(1)

    /// Messages that are committed together next.
    private(set) var together = mostMessages
    private var left = allowance
    private var since: ContinuousClock.Instant?

    /// Messages were committed: the next ones are fewer when others had to wait for too long.
    mutating func committed(_ count: Int, in time: Duration) {
        if time > Self.longestTurn {
            together = max(1, together / 2)
        } else if time < Self.longestTurn / 2, count >= together {
            together = min(Self.mostMessages, together * 2)
        }
    }

    static func rest(afterMessages time: Duration) -> Duration {
        min(time * restAfterMessages, longestRest)
    }

    /// A line that brought no message was dealt with. How long to rest, when there was much of that lately: whether more waits at
    /// this moment does not matter, for one that talks as fast as it is heard never waits.
    mutating func heard(in time: Duration, at now: ContinuousClock.Instant) -> Duration? {
        if let since { left = min(Self.allowance, left + (now - since) / Self.share) }
        since = now
        // One line that took long, where the disk was slow, is not held against it for minutes.
        left = max(left - time, .zero - Self.allowance)
        guard left < .zero else { return nil }
        return min((Self.allowance / 2 - left) * Self.share, Self.longestRest)
    }
}
