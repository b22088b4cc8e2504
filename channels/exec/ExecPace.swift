/// How much of the daemon's time an adapter may have while others want it: what it said costs time, and after that it is left
/// alone for a while. Nothing is lost by that: what it says meanwhile waits in its pipe, and then it waits itself.
///
/// Only an adapter with more to say is slowed down; one that says a line now and then is heard at once.
struct ExecPace: Sendable {
    /// How long others wait for messages of this inbox that are being committed.
    static let longestTurn = Duration.milliseconds(10)
    static let mostMessages = 32
    /// Rest for each unit of work: messages are what adapters are for, and get a third of the time. Everything else gets a tenth.
    static let restAfterMessages = 2
    static let restAfterWords = 9
    /// Work that is let through at once: answers to a few messages that were sent, a burst of receipts.
    static let allowance = Duration.milliseconds(50)
    static let longestRest = Duration.seconds(1)

    /// Messages that are committed together next.
    private(set) var together = mostMessages
    private var words = Duration.zero

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

    /// A line that brought no message was dealt with. How long to rest, when there was much of that.
    mutating func heard(in time: Duration) -> Duration? {
        words += time
        guard words >= Self.allowance else { return nil }
        defer { words = .zero }
        return min(words * Self.restAfterWords, Self.longestRest)
    }

    /// The adapter has nothing more to say.
    mutating func fellSilent() { words = .zero }
}
