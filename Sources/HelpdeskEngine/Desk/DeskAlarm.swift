public import HelpdeskCore
internal import HelpdeskStore

/// Something the desk stopped doing by itself, or cannot do, and a person should know of. Each lasts until its cause is gone.
public enum DeskAlarm: Hashable, Sendable {
    /// As many acknowledgements as the desk may send in an hour went out in the last one.
    case acknowledgementsPaused(perHour: Int)
    /// Mail to an agent's own address came back.
    case noticesStopped(AgentID)
    /// A program that heard of events wanted no more.
    case webhookStopped(String)
    /// So many events were given up for an endpoint.
    case webhookDead(String, Int)
    /// Nothing came into an inbox for three times as long as usual at this time of the week.
    case inboxSilent(InboxID, Silence)
    /// Nothing can be sent through an inbox at present.
    case wayDown(InboxID)
    /// What should have gone out long ago was not even tried.
    case outboxStuck(since: Instant)
    /// Entries of the outbox wait for somebody to release or cancel them.
    case deliveriesHeld
    /// Mail that could not be read waits for more than a day.
    case quarantineWaiting(since: Instant)

    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case acknowledgementsPaused = "acknowledgements_paused"
        case noticesStopped = "notices_stopped"
        case webhookStopped = "webhook_stopped"
        case webhookDead = "webhook_dead"
        case inboxSilent = "inbox_silent"
        case wayDown = "way_down"
        case outboxStuck = "outbox_stuck"
        case deliveriesHeld = "deliveries_held"
        case quarantineWaiting = "quarantine_waiting"
    }

    public var kind: Kind {
        switch self {
        case .acknowledgementsPaused: .acknowledgementsPaused
        case .noticesStopped: .noticesStopped
        case .webhookStopped: .webhookStopped
        case .webhookDead: .webhookDead
        case .inboxSilent: .inboxSilent
        case .wayDown: .wayDown
        case .outboxStuck: .outboxStuck
        case .deliveriesHeld: .deliveriesHeld
        case .quarantineWaiting: .quarantineWaiting
        }
    }

    /// Whom or what it is about: two alarms of one kind and subject are the same one, whatever their numbers.
    public var subject: String {
        switch self {
        case .acknowledgementsPaused: "auto_reply"
        case .noticesStopped(let agent): agent.rawValue
        case .webhookStopped(let name), .webhookDead(let name, _): name
        case .inboxSilent(let inbox, _), .wayDown(let inbox): inbox.rawValue
        case .outboxStuck, .deliveriesHeld: "outbox"
        case .quarantineWaiting: "quarantine"
        }
    }

    /// What is the matter.
    public var text: String {
        switch self {
        case .acknowledgementsPaused(let perHour):
            "acknowledgements pause: \(perHour) went out within an hour ([auto_reply] per_hour)"
        case .noticesStopped(let agent):
            "mail to agent \(agent.rawValue) came back, so notifications to them stopped"
        case .webhookStopped(let name):
            "webhook \(name) answered 410 Gone and gets nothing more"
        case .webhookDead(let name, let count):
            "webhook \(name) did not take \(count) events within three days"
        case .inboxSilent(let inbox, let silence):
            "nothing came into inbox \(inbox.rawValue) for a long time; at this time of the week something comes every \(max(silence.usual.milliseconds / 60_000, 1)) minutes"
        case .wayDown(let inbox):
            "nothing can be sent through inbox \(inbox.rawValue); what waits is tried again when its server is back"
        case .outboxStuck:
            "an entry of the outbox should have gone out more than 15 minutes ago and was not tried"
        case .deliveriesHeld:
            "entries of the outbox may have gone out already and wait for a person"
        case .quarantineWaiting:
            "mail that could not be read waits in quarantine for more than a day"
        }
    }

    /// What to do about it.
    public var advice: String {
        switch self {
        case .acknowledgementsPaused: "look for a flood of new tickets"
        case .noticesStopped(let agent):
            "mend the address or the mailbox, then run hamdeld agent resume-notices \(agent.rawValue)"
        case .webhookStopped(let name): "mend it, then run hamdeld webhook resume \(name)"
        case .webhookDead(let name, _):
            "see hamdeld webhook dead \(name), and hamdeld webhook retry \(name)"
        case .inboxSilent:
            "send it a message yourself; for a mailbox run hamdeld doctor, for a webhook look at the provider's list of failed deliveries"
        case .wayDown: "look at the relay of [smtp] or the provider, and at hamdeld outbox list"
        case .outboxStuck: "look at the daemon's log and hamdeld outbox list; restart the daemon"
        case .deliveriesHeld:
            "hamdeld outbox list --state uncertain, then hamdeld outbox release or cancel for each"
        case .quarantineWaiting: "hamdeld quarantine list, then replay or drop each"
        }
    }
}

extension Desk {
    /// What should have been tried for so long is stuck.
    private static let stuckAfter = TimeSpan.minutes(15)
    private static let quarantineAfter = TimeSpan.days(1)

    /// What is the matter now; a few short queries for each inbox.
    public func alarms() async throws(DeskFailure) -> [DeskAlarm] {
        let perHour = policy.acknowledgement.perHour
        let endpoints = policy.forwarding.map(\.name)
        let inboxes = policy.inboxes.keys.sorted()
        let down = downInboxes
        let now = self.now
        return try await read { reader throws(StoreError) in
            var alarms: [DeskAlarm] = []
            if perHour > 0,
                try reader.acknowledgements(since: now - .hours(1), limit: perHour) >= perHour
            {
                alarms.append(.acknowledgementsPaused(perHour: perHour))
            }
            alarms += try reader.stoppedNotices().map { .noticesStopped($0) }
            for name in endpoints {
                if try reader.forwardingCursor(of: name)?.state == .stopped {
                    alarms.append(.webhookStopped(name))
                }
                let dead = try reader.letterCounts(of: name).dead
                if dead > 0 { alarms.append(.webhookDead(name, dead)) }
            }
            for inbox in inboxes {
                if let silence = try reader.silence(of: inbox, now: now) {
                    alarms.append(.inboxSilent(inbox, silence))
                }
            }
            alarms += down.sorted().map { .wayDown($0) }
            if down.isEmpty, let oldest = try reader.oldestUntried(at: now),
                now.since(oldest) > Self.stuckAfter
            {
                alarms.append(.outboxStuck(since: oldest))
            }
            if try reader.heldDeliveries(limit: 1) > 0 { alarms.append(.deliveriesHeld) }
            if let oldest = try reader.oldestQuarantined(), now.since(oldest) > Self.quarantineAfter
            {
                alarms.append(.quarantineWaiting(since: oldest))
            }
            return alarms
        }
    }
}

extension StoreReader {
    func silence(of inbox: InboxID, now: Instant) throws(StoreError) -> Silence? {
        guard let last = try lastArrival(in: inbox) else { return nil }
        var counts: [Int] = []
        for stretch in Silence.stretches(since: last, now: now) {
            counts.append(
                try arrivals(
                    in: inbox, from: stretch.from, through: stretch.through, limit: 1_000))
        }
        return Silence.judge(since: last, now: now, counts: counts)
    }
}
