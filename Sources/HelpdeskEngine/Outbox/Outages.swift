internal import HelpdeskCore
internal import Synchronization

/// Ways out that are down: what waits for them is neither tried nor written about until a look at the way says that it is
/// back. Kept in memory only: after a restart the first message finds out again.
final class Outages: Sendable {
    /// Between two looks: soon at first, then every half minute.
    static let firstLook = TimeSpan.seconds(5)
    static let longestWait = TimeSpan.seconds(30)

    private struct Outage {
        var wait: TimeSpan
        var nextLook: Instant
    }

    private let outages = Mutex<[InboxID: Outage]>([:])

    /// A message could not be sent because of the way.
    func began(_ inbox: InboxID, at now: Instant) {
        outages.withLock { outages in
            guard outages[inbox] == nil else { return }
            outages[inbox] = Outage(wait: Self.firstLook, nextLook: now + Self.firstLook)
        }
    }

    func ended(_ inbox: InboxID) { outages.withLock { _ = $0.removeValue(forKey: inbox) } }

    var inboxes: Set<InboxID> { outages.withLock { Set($0.keys) } }

    /// Whom to look at now; each is handed out once per wait.
    func looksDue(at now: Instant) -> [InboxID] {
        outages.withLock { outages in
            var due: [InboxID] = []
            for (inbox, outage) in outages where outage.nextLook <= now {
                let wait = min(
                    TimeSpan(milliseconds: outage.wait.milliseconds &* 2), Self.longestWait)
                outages[inbox] = Outage(wait: wait, nextLook: now + wait)
                due.append(inbox)
            }
            return due.sorted()
        }
    }
}
