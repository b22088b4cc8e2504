public import HelpdeskCore
internal import HelpdeskStore

/// Something the desk stopped doing by itself and a person should know of. Each lasts until its cause is gone.
public enum DeskAlarm: Hashable, Sendable {
    /// As many acknowledgements as the desk may send in an hour went out in the last one.
    case acknowledgementsPaused(perHour: Int)
    /// Mail to an agent's own address came back.
    case noticesStopped(AgentID)

    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case acknowledgementsPaused = "acknowledgements_paused"
        case noticesStopped = "notices_stopped"
    }

    public var kind: Kind {
        switch self {
        case .acknowledgementsPaused: .acknowledgementsPaused
        case .noticesStopped: .noticesStopped
        }
    }

    /// What is the matter, and what to do.
    public var text: String {
        switch self {
        case .acknowledgementsPaused(let perHour):
            "acknowledgements pause: \(perHour) went out within an hour ([auto_reply] per_hour); look for a flood of new tickets"
        case .noticesStopped(let agent):
            "mail to agent \(agent.rawValue) came back, so notifications to them stopped; mend the address or the mailbox, then run hamdeld agent resume-notices \(agent.rawValue)"
        }
    }
}

extension Desk {
    /// What is the matter now; two short queries.
    public func alarms() async throws(DeskFailure) -> [DeskAlarm] {
        let perHour = policy.acknowledgement.perHour
        let hour = now - .hours(1)
        return try await read { reader throws(StoreError) in
            var alarms: [DeskAlarm] = []
            if perHour > 0,
                try reader.acknowledgements(since: hour, limit: perHour) >= perHour
            {
                alarms.append(.acknowledgementsPaused(perHour: perHour))
            }
            return alarms + (try reader.stoppedNotices().map { .noticesStopped($0) })
        }
    }
}
