internal import HelpdeskAPI
internal import HelpdeskCore

/// What happened to a ticket, in a few words. Types of a newer daemon are named as they are.
enum EventSentence {
    /// Messages show these themselves, or nobody needs to read them between messages.
    static func isShown(_ event: API.Event) -> Bool {
        let isReplyItself = event.data["cause"]?.text == "first_reply"
        return !hidden.contains(event.type) && !isReplyItself
    }

    private static let hidden: Set<String> = [
        "ticket_opened", "message_received", "message_written", "note_written", "delivery_queued",
        "delivery_attempted", "delivery_settled", "delivery_receipt_arrived", "customer_created",
        "customer_named", "survey_scheduled", "acknowledgement_skipped", "identity_linked",
        "customer_updated", "presence_changed", "screen_changed", "sla_started", "sla_paused",
        "sla_resumed",
        "sla_stopped", "sla_cancelled", "sla_replanned", "promise_given", "promise_kept",
        "promise_revision_skipped", "reading_awaited",
        "agent_noticed", "notices_digested",
    ]

    static func of(_ event: API.Event) -> String {
        let words = { (name: String) -> String in event.data[name]?.text ?? "?" }
        switch event.type {
        case "message_joined": return "a message was moved here"
        case "ticket_assigned": return "given to \(words("agent"))" + by(event)
        case "ticket_unassigned": return "taken from \(words("previous"))" + by(event)
        case "ticket_queued": return "waits in team \(words("team"))"
        case "ticket_transferred": return "handed to team \(words("to"))" + by(event)
        case "rules_applied":
            let rules = event.data["rules"]?.elements?.compactMap(\.text) ?? []
            return "rules: " + rules.joined(separator: ", ")
        case "ticket_status_changed": return status(event)
        case "ticket_snoozed": return "put away for later" + by(event)
        case "ticket_woken": return "back on the desk"
        case "ticket_tagged": return "tags" + tags(event) + by(event)
        case "ticket_prioritised": return "priority \(words("to"))" + by(event)
        case "ticket_classified": return "marked as \(words("to"))" + by(event)
        case "participant_added": return "somebody was let in" + by(event)
        case "participant_removed": return "somebody was taken out" + by(event)
        case "ticket_linked":
            return "linked with #\(event.data["other"]?.wholeNumber ?? 0)"
        case "callback_requested": return "a call to return"
        case "callback_attempted": return "rung back, not reached" + by(event)
        case "callback_completed": return "rung back" + by(event)
        case "wrap_up_begun": return "wrap-up: a summary is to be written"
        case "agent_mentioned": return "\(words("agent")) was mentioned" + by(event)
        case "ticket_watched": return "\(words("agent")) watches it"
        case "ticket_unwatched": return "\(words("agent")) watches it no more"
        case "reminder_set": return "\(words("agent")) wants to be reminded"
        case "reminder_due": return "\(words("agent")) was reminded"
        case "reminder_removed": return "\(words("agent")) put a reminder away"
        case "reading_ended":
            return words("outcome") == "mailed"
                ? "not read in the chat: sent by mail too" : "not read in the chat"
        case "survey_skipped": return "not asked how it went: \(words("reason"))"
        case "survey_cancelled": return "will not be asked how it went"
        case "survey_postponed": return "will be asked after the quiet hours"
        case "survey_sent": return "asked how it went"
        case "survey_reminded": return "reminded of the survey"
        case "survey_answered_in_words": return "answered the survey in words: please read"
        case "survey_consent_changed": return "surveys for them: \(words("consent"))"
        case "survey_answered": return "gave a score of \(event.data["score"]?.wholeNumber ?? 0)"
        case "recovery_opened": return "a recovery was opened"
        case "recovery_taken": return "recovery taken by \(words("owner"))"
        case "recovery_done": return "recovery done" + by(event)
        case "sla_warned": return "\(target(event)) is due soon"
        case "sla_breached": return "\(target(event)) was not kept"
        case "promise_revised": return "the customer was told of more time"
        case "promise_broken": return "the time told to the customer passed"
        default: return String(event.type.map { $0 == "_" ? " " : $0 })
        }
    }

    private static func status(_ event: API.Event) -> String {
        let to = event.data["to"]?.text ?? "?"
        let reason = event.data["reason"]?.text.flatMap(ClosingReason.init(rawValue:))
        switch to {
        case "closed":
            return "closed" + (reason.map { ", \(Wording.reason($0))" } ?? "") + by(event)
        case "pending": return "waits for the customer" + by(event)
        default:
            let wasClosed = event.data["from"]?.text == "closed"
            return (wasClosed ? "reopened" : to) + by(event)
        }
    }

    private static func target(_ event: API.Event) -> String {
        switch event.data["target"]?.text {
        case "first_response": "the first answer"
        case "response": "the answer"
        default: "the solution"
        }
    }

    private static func tags(_ event: API.Event) -> String {
        let added = event.data["added"]?.elements?.compactMap(\.text) ?? []
        let removed = event.data["removed"]?.elements?.compactMap(\.text) ?? []
        return (added.map { " +\($0)" } + removed.map { " -\($0)" }).joined()
    }

    private static func by(_ event: API.Event) -> String {
        switch event.actor.id {
        case .agent(let agent): " by \(agent.rawValue)"
        case .customer: " by the customer"
        case nil: event.actor.kind == "system" ? "" : " by the \(event.actor.kind)"
        }
    }
}
