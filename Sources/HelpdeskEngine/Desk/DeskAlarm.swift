public import HelpdeskCore
internal import HelpdeskStore

/// Something the desk stopped doing by itself and a person should know of. Each lasts until its cause is gone.
public enum DeskAlarm: Hashable, Sendable {
    /// As many acknowledgements as the desk may send in an hour went out in the last one.
    case acknowledgementsPaused(perHour: Int)
    /// Mail to an agent's own address came back.
    case noticesStopped(AgentID)
    /// A program that heard of events wanted no more.
    case webhookStopped(String)
    /// So many events were given up for an endpoint.
    case webhookDead(String, Int)

    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case acknowledgementsPaused = "acknowledgements_paused"
        case noticesStopped = "notices_stopped"
        case webhookStopped = "webhook_stopped"
        case webhookDead = "webhook_dead"
    }

    public var kind: Kind {
        switch self {
        case .acknowledgementsPaused: .acknowledgementsPaused
        case .noticesStopped: .noticesStopped
        case .webhookStopped: .webhookStopped
        case .webhookDead: .webhookDead
        }
    }

    /// What is the matter, and what to do.
    public var text: String {
        switch self {
        case .acknowledgementsPaused(let perHour):
            "acknowledgements pause: \(perHour) went out within an hour ([auto_reply] per_hour); look for a flood of new tickets"
        case .noticesStopped(let agent):
            "mail to agent \(agent.rawValue) came back, so notifications to them stopped; mend the address or the mailbox, then run hamdeld agent resume-notices \(agent.rawValue)"
        case .webhookStopped(let name):
            "webhook \(name) answered 410 Gone and gets nothing more; mend it, then run hamdeld webhook resume \(name)"
        case .webhookDead(let name, let count):
            "webhook \(name) did not take \(count) events within three days; see hamdeld webhook dead \(name), and hamdeld webhook retry \(name)"
        }
    }
}

extension Desk {
    /// What is the matter now; two short queries.
    public func alarms() async throws(DeskFailure) -> [DeskAlarm] {
        let perHour = policy.acknowledgement.perHour
        let hour = now - .hours(1)
        let endpoints = policy.forwarding.map(\.name)
        return try await read { reader throws(StoreError) in
            var alarms: [DeskAlarm] = []
            if perHour > 0,
                try reader.acknowledgements(since: hour, limit: perHour) >= perHour
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
            return alarms
        }
    }
}
