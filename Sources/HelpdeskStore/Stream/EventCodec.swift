internal import FoundationEssentials
public import HelpdeskCore

/// Events to and from what the stream keeps: a type name, a schema number and JSON that only grows.
public enum EventCodec {
    /// Of every payload so far. A payload whose meaning changes gets a new type instead.
    static let schema = 1

    struct Encoded {
        let type: String
        let data: String
    }

    static func encode(_ event: DomainEvent) throws(StoreError) -> Encoded {
        let (type, payload) = parts(event)
        do {
            return Encoded(type: type, data: try JSONText.text(of: payload))
        } catch {
            throw .statement(code: 0, message: "cannot encode \(type): \(error)")
        }
    }

    /// Nil for a type this version does not know.
    public static func decode(type: String, data: String) throws(StoreError) -> DomainEvent? {
        guard let decode = decoders[type] else { return nil }
        do {
            return try decode(Array(data.utf8))
        } catch {
            throw .damaged("event of type \(type): \(error)")
        }
    }

    /// Every type name of the stream.
    public static var types: [String] { decoders.keys.sorted() }

    private typealias Decode = @Sendable ([UInt8]) throws -> DomainEvent

    private static func entry<Payload: Decodable & Sendable>(
        _ wrap: @escaping @Sendable (Payload) -> DomainEvent
    ) -> Decode {
        { bytes in
            wrap(try JSONDecoder().decode(Payload.self, from: Data(bytes)))
        }
    }

    private static let decoders: [String: Decode] =
        ticketDecoders
        .merging(customerDecoders) { first, _ in first }
        .merging(slaDecoders) { first, _ in first }
        .merging(otherDecoders) { first, _ in first }

    private static let ticketDecoders: [String: Decode] = [
        "ticket_opened": entry { .ticket(.opened($0)) },
        "message_received": entry { .ticket(.messageReceived($0)) },
        "message_written": entry { .ticket(.messageWritten($0)) },
        "note_written": entry { .ticket(.noteWritten($0)) },
        "message_joined": entry { .ticket(.messageJoined($0)) },
        "ticket_assigned": entry { .ticket(.assigned($0)) },
        "ticket_unassigned": entry { .ticket(.unassigned($0)) },
        "ticket_queued": entry { .ticket(.queued($0)) },
        "ticket_transferred": entry { .ticket(.transferred($0)) },
        "ticket_status_changed": entry { .ticket(.statusChanged($0)) },
        "ticket_snoozed": entry { .ticket(.snoozed($0)) },
        "ticket_woken": entry { .ticket(.woken($0)) },
        "ticket_tagged": entry { .ticket(.tagged($0)) },
        "ticket_prioritised": entry { .ticket(.prioritised($0)) },
        "ticket_classified": entry { .ticket(.classified($0)) },
        "participant_added": entry { .ticket(.participantAdded($0)) },
        "participant_removed": entry { .ticket(.participantRemoved($0)) },
        "ticket_linked": entry { .ticket(.linked($0)) },
        "callback_requested": entry { .ticket(.callbackRequested($0)) },
        "callback_attempted": entry { .ticket(.callbackAttempted($0)) },
        "callback_completed": entry { .ticket(.callbackCompleted($0)) },
        "wrap_up_begun": entry { .ticket(.wrapUpBegun($0)) },
        "ticket_merged": entry { .ticket(.merged($0)) },
        "ticket_merge_undone": entry { .ticket(.mergeUndone($0)) },
        "ticket_split": entry { .ticket(.split($0)) },
        "ticket_split_undone": entry { .ticket(.splitUndone($0)) },
        "messages_moved": entry { .ticket(.messagesMoved($0)) },
        "reply_returned": entry { .ticket(.replyReturned($0)) },
        "rules_applied": entry { .ticket(.rulesApplied($0)) },
        "agent_mentioned": entry { .ticket(.agentMentioned($0)) },
        "ticket_watched": entry { .ticket(.watchBegun($0)) },
        "ticket_unwatched": entry { .ticket(.watchEnded($0)) },
        "reminder_set": entry { .ticket(.reminderSet($0)) },
        "reminder_due": entry { .ticket(.reminderDue($0)) },
        "reminder_removed": entry { .ticket(.reminderRemoved($0)) },
        "message_redacted": entry { .ticket(.messageRedacted($0)) },
    ]

    private static let customerDecoders: [String: Decode] = [
        "customer_created": entry { .customer(.created($0)) },
        "customer_named": entry { .customer(.named($0)) },
        "identity_linked": entry { .customer(.identityLinked($0)) },
        "identity_suggested": entry { .customer(.identitySuggested($0)) },
        "customer_updated": entry { .customer(.updated($0)) },
        "identity_undeliverable": entry { .customer(.identityUndeliverable($0)) },
        "identity_deliverable": entry { .customer(.identityDeliverable($0)) },
        "identity_marked": entry { .customer(.identityMarked($0)) },
        "suggestion_settled": entry { .customer(.suggestionSettled($0)) },
        "customer_merged": entry { .customer(.merged($0)) },
        "customer_unmerged": entry { .customer(.unmerged($0)) },
        "customer_erased": entry { .customer(.erased($0)) },
        "customer_exported": entry { .customer(.exported($0)) },
    ]

    private static let slaDecoders: [String: Decode] = [
        "sla_started": entry { .sla(.started($0)) },
        "sla_paused": entry { .sla(.paused($0)) },
        "sla_resumed": entry { .sla(.resumed($0)) },
        "sla_warned": entry { .sla(.warned($0)) },
        "sla_breached": entry { .sla(.breached($0)) },
        "sla_stopped": entry { .sla(.stopped($0)) },
        "sla_cancelled": entry { .sla(.cancelled($0)) },
        "sla_replanned": entry { .sla(.replanned($0)) },
        "promise_given": entry { .promise(.given($0)) },
        "promise_revised": entry { .promise(.revised($0)) },
        "promise_kept": entry { .promise(.kept($0)) },
        "promise_broken": entry { .promise(.broken($0)) },
        "promise_revision_skipped": entry { .promise(.revisionSkipped($0)) },
    ]

    private static let otherDecoders: [String: Decode] = [
        "delivery_queued": entry { .delivery(.queued($0)) },
        "delivery_attempted": entry { .delivery(.attempted($0)) },
        "delivery_settled": entry { .delivery(.settled($0)) },
        "delivery_receipt_arrived": entry { .delivery(.receiptArrived($0)) },
        "acknowledgement_skipped": entry { .delivery(.acknowledgementSkipped($0)) },
        "delivery_reported": entry { .delivery(.reported($0)) },
        "reading_awaited": entry { .delivery(.readingAwaited($0)) },
        "reading_ended": entry { .delivery(.readingEnded($0)) },
        "survey_scheduled": entry { .survey(.scheduled($0)) },
        "survey_skipped": entry { .survey(.skipped($0)) },
        "survey_cancelled": entry { .survey(.cancelled($0)) },
        "survey_postponed": entry { .survey(.postponed($0)) },
        "survey_reminded": entry { .survey(.reminded($0)) },
        "survey_answered_in_words": entry { .survey(.answeredInWords($0)) },
        "survey_consent_changed": entry { .survey(.consentChanged($0)) },
        "survey_sent": entry { .survey(.sent($0)) },
        "survey_answered": entry { .survey(.answered($0)) },
        "recovery_opened": entry { .survey(.recoveryOpened($0)) },
        "recovery_taken": entry { .survey(.recoveryTaken($0)) },
        "recovery_done": entry { .survey(.recoveryDone($0)) },
        "presence_changed": entry { .desk(.presenceChanged($0)) },
        "screen_changed": entry { .desk(.screenChanged($0)) },
        "message_quarantined": entry { .desk(.messageQuarantined($0)) },
        "quarantine_resolved": entry { .desk(.quarantineResolved($0)) },
        "notices_stopped": entry { .desk(.noticesStopped($0)) },
        "notices_resumed": entry { .desk(.noticesResumed($0)) },
        "agent_noticed": entry { .desk(.agentNoticed($0)) },
        "notices_digested": entry { .desk(.noticesDigested($0)) },
        "macro_set": entry { .desk(.macroSet($0)) },
        "macro_removed": entry { .desk(.macroRemoved($0)) },
        "store_restored": entry { .desk(.restored($0)) },
        "retention_applied": entry { .desk(.retentionApplied($0)) },
        "alarm_began": entry { .desk(.alarmBegan($0)) },
        "alarm_ended": entry { .desk(.alarmEnded($0)) },
    ]
}
