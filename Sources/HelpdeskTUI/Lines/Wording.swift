internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

/// Short words of ours for what the daemon names.
enum Wording {
    static func channel(_ kind: ChannelKind) -> String {
        switch kind {
        case .email: "mail"
        case .chatWebhook: "chat"
        case .phoneLog: "phone"
        // What a program of somebody's brings is most often a chat too; its inbox says which.
        case .exec: "chat"
        default: kind.rawValue
        }
    }

    /// One letter per channel, for narrow lists.
    static func letters(_ channels: [ChannelKind]) -> String {
        channels.prefix(4).map { String(channel($0).prefix(1)).uppercased() }.joined()
    }

    static func words(_ channels: [ChannelKind]) -> String {
        channels.prefix(3).map(channel).joined(separator: "+")
    }

    /// Four letters.
    static func short(_ status: TicketStatus) -> String {
        switch status {
        case .new: "new "
        case .open: "open"
        case .pending: "pend"
        case .closed: "done"
        }
    }

    static func style(_ status: TicketStatus) -> Style {
        switch status {
        case .new: Look.fresh
        case .open: Look.good
        case .pending, .closed: Look.faint
        }
    }

    /// Two cells: `!!` urgent, `! ` high, blank, `- ` low.
    static func mark(_ priority: TicketPriority) -> String {
        switch priority {
        case .urgent: "!!"
        case .high: "! "
        case .normal: "  "
        case .low: "- "
        }
    }

    static func auth(_ auth: SenderAuth) -> LinePart {
        switch auth {
        case .verified: LinePart("verified", Look.good)
        case .unchecked: LinePart("unchecked", Look.faint)
        case .failed: LinePart("SENDER NOT PROVEN", Look.alarm)
        }
    }

    static func presence(_ agent: API.Agent) -> String {
        agent.presence?.rawValue ?? (agent.onDuty ? "on shift" : "off shift")
    }

    static func reason(_ reason: ClosingReason) -> String {
        switch reason {
        case .solved: "solved"
        case .noAnswer: "no answer"
        case .duplicate: "duplicate"
        case .spam: "spam"
        case .wrappedUp: "wrapped up"
        }
    }

    /// What was done to tickets, after their number.
    static func done(_ change: TicketChange) -> String {
        switch change {
        case .assign(let agent): agent == nil ? "given back to the queue" : "assigned"
        case .close(let reason): "closed: \(Wording.reason(reason))"
        case .reopen: "opened"
        case .pending: "waiting for the customer"
        case .transfer(let team): "handed to team \(team.rawValue)"
        case .tag: "tagged"
        case .priority(let priority): "given priority \(priority.rawValue)"
        case .spam: "marked as spam"
        case .notSpam: "no spam"
        case .join: "joined"
        case .snooze(let until): until == nil ? "woken" : "put away"
        case .callback: "marked as rung back"
        }
    }

    static func delivery(_ delivery: API.Delivery) -> LinePart {
        let tries = delivery.attempts > 1 ? ", \(delivery.attempts) tries" : ""
        switch delivery.state {
        case .queued, .sending: return LinePart("on its way", Look.faint)
        case .sent: return LinePart("sent", Look.good)
        case .delivered: return LinePart("delivered", Look.good)
        case .retrying: return LinePart("not sent yet\(tries)", Look.warning)
        case .failed: return LinePart("NOT DELIVERED\(tries)", Look.alarm)
        case .uncertain: return LinePart("perhaps sent", Look.warning)
        case .cancelled: return LinePart("cancelled", Look.faint)
        case .held: return LinePart("held back", Look.warning)
        }
    }

    static func size(_ bytes: Int64) -> String {
        switch bytes {
        case ..<1_000: "\(max(bytes, 0)) B"
        case ..<1_000_000: "\(bytes / 1_000) kB"
        default: "\(bytes / 1_000_000) MB"
        }
    }

    static func duration(_ seconds: Int64) -> String {
        let seconds = max(seconds, 0)
        return seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"
    }
}
