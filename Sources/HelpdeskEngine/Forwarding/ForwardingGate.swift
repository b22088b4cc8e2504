internal import HelpdeskCore
internal import Synchronization

/// Which endpoints are down: three tickets in a row that were not taken say so. Then one event at a time asks whether it is
/// back, so that a dead endpoint is not knocked at for each ticket, and nothing piles up behind it: what is new stays in the
/// stream. In memory: after a start it is found out again.
final class ForwardingGate: Sendable {
    enum Opening: Hashable, Sendable {
        case open
        /// One event may try.
        case probe
        case closed
    }

    private struct Standing {
        /// Lanes that failed since anything was taken.
        var failed: Set<String> = []
        var closings = 0
        var closedUntil: Instant?
    }

    static let tolerance = 3
    private static let waits = RetryPolicy(first: .seconds(5), longest: .minutes(5))

    private let standings = Mutex<[String: Standing]>([:])

    func opening(of endpoint: String, at now: Instant) -> Opening {
        standings.withLock { standings in
            guard let until = standings[endpoint]?.closedUntil else { return .open }
            return now < until ? .closed : .probe
        }
    }

    enum Change: Hashable, Sendable { case reopened, none }

    func taken(by endpoint: String) -> Change {
        standings.withLock { standings in
            let before = standings.removeValue(forKey: endpoint)
            return before?.closedUntil == nil ? .none : .reopened
        }
    }

    func refused(_ lane: String, by endpoint: String, after: TimeSpan?, at now: Instant) {
        standings.withLock { standings in
            var standing = standings[endpoint] ?? Standing()
            standing.failed.insert(lane)
            if standing.failed.count >= Self.tolerance || standing.closedUntil != nil {
                standing.closings = min(standing.closings + 1, 30)
                let wait = Self.waits.wait(afterAttempt: standing.closings, jitter: 0)
                standing.closedUntil = now + max(wait, min(after ?? .zero, .hours(1)))
                // Enough to know; the set stays small.
                standing.failed = Set(standing.failed.sorted().prefix(Self.tolerance))
            }
            standings[endpoint] = standing
        }
    }
}
