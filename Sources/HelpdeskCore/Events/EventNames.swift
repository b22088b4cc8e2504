/// What events are called in the stream, in `/stream` and in webhooks out: so that a configuration that asks for one that there is
/// not is told so. The codec of the stream holds the same names (`EventCodec`), and a test compares them.
public enum EventNames {
    /// Only readers of the stream get it, never the stream itself: a ticket went out of their sight.
    public static let hidden = "ticket_hidden"

    public static let all: [String] = [
        "acknowledgement_skipped", "agent_mentioned", "agent_noticed", "alarm_began",
        "alarm_ended", "callback_attempted", "callback_completed", "callback_requested",
        "customer_created", "customer_erased", "customer_exported", "customer_merged",
        "customer_named", "customer_unmerged", "customer_updated", "delivery_attempted",
        "delivery_queued", "delivery_receipt_arrived", "delivery_reported", "delivery_settled",
        "identity_deliverable", "identity_linked", "identity_marked", "identity_suggested",
        "identity_undeliverable", "macro_removed", "macro_set", "message_joined",
        "message_quarantined", "message_received", "message_redacted", "message_written",
        "messages_moved", "note_written", "notices_digested", "notices_resumed",
        "notices_stopped", "participant_added", "participant_removed", "presence_changed",
        "promise_broken", "promise_given", "promise_kept", "promise_revised",
        "promise_revision_skipped", "quarantine_resolved", "reading_awaited", "reading_ended",
        "recovery_done", "recovery_opened", "recovery_taken", "reminder_due", "reminder_removed",
        "reminder_set", "reply_returned", "retention_applied", "rules_applied", "screen_changed",
        "sla_breached", "sla_cancelled", "sla_paused", "sla_replanned", "sla_resumed",
        "sla_started", "sla_stopped", "sla_warned", "store_restored", "suggestion_settled",
        "survey_answered", "survey_answered_in_words", "survey_cancelled",
        "survey_consent_changed", "survey_postponed", "survey_reminded", "survey_scheduled",
        "survey_sent", "survey_skipped", "ticket_assigned", "ticket_classified", "ticket_linked",
        "ticket_merge_undone", "ticket_merged", "ticket_opened", "ticket_prioritised",
        "ticket_queued", "ticket_snoozed", "ticket_split", "ticket_split_undone",
        "ticket_status_changed", "ticket_tagged", "ticket_transferred", "ticket_unassigned",
        "ticket_unwatched", "ticket_watched", "ticket_woken", "wrap_up_begun",
    ]

    /// Whether a name, or a beginning with `*`, is of any event that a reader can get.
    public static func isKnown(_ pattern: String) -> Bool {
        let known = all + [hidden]
        guard pattern.hasSuffix("*") else { return known.contains(pattern) }
        return known.contains { $0.hasPrefix(pattern.dropLast()) }
    }
}
