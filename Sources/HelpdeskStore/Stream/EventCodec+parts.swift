internal import HelpdeskCore

extension EventCodec {
    /// The type name and payload of an event. A new case gets its line here and its decoder in `EventCodec`; a test
    /// holds that both agree.
    static func parts(_ event: DomainEvent) -> (type: String, payload: any Encodable & Sendable) {
        switch event {
        case .ticket(let event): parts(event)
        case .customer(let event): parts(event)
        case .delivery(let event): parts(event)
        case .survey(let event): parts(event)
        case .sla(let event): parts(event)
        case .promise(let event): parts(event)
        case .desk(let event): parts(event)
        }
    }

    private static func parts(
        _ event: TicketEvent
    ) -> (type: String, payload: any Encodable & Sendable) {
        switch event {
        case .opened(let payload): ("ticket_opened", payload)
        case .messageReceived(let payload): ("message_received", payload)
        case .messageWritten(let payload): ("message_written", payload)
        case .noteWritten(let payload): ("note_written", payload)
        case .messageJoined(let payload): ("message_joined", payload)
        case .assigned(let payload): ("ticket_assigned", payload)
        case .unassigned(let payload): ("ticket_unassigned", payload)
        case .queued(let payload): ("ticket_queued", payload)
        case .transferred(let payload): ("ticket_transferred", payload)
        case .statusChanged(let payload): ("ticket_status_changed", payload)
        case .snoozed(let payload): ("ticket_snoozed", payload)
        case .woken(let payload): ("ticket_woken", payload)
        case .tagged(let payload): ("ticket_tagged", payload)
        case .prioritised(let payload): ("ticket_prioritised", payload)
        case .classified(let payload): ("ticket_classified", payload)
        case .participantAdded(let payload): ("participant_added", payload)
        case .participantRemoved(let payload): ("participant_removed", payload)
        case .linked(let payload): ("ticket_linked", payload)
        case .callbackRequested(let payload): ("callback_requested", payload)
        case .callbackAttempted(let payload): ("callback_attempted", payload)
        case .callbackCompleted(let payload): ("callback_completed", payload)
        case .wrapUpBegun(let payload): ("wrap_up_begun", payload)
        case .merged(let payload): ("ticket_merged", payload)
        case .mergeUndone(let payload): ("ticket_merge_undone", payload)
        case .split(let payload): ("ticket_split", payload)
        case .splitUndone(let payload): ("ticket_split_undone", payload)
        case .messagesMoved(let payload): ("messages_moved", payload)
        case .replyReturned(let payload): ("reply_returned", payload)
        case .rulesApplied(let payload): ("rules_applied", payload)
        case .agentMentioned(let payload): ("agent_mentioned", payload)
        case .watchBegun(let payload): ("ticket_watched", payload)
        case .watchEnded(let payload): ("ticket_unwatched", payload)
        case .reminderSet(let payload): ("reminder_set", payload)
        case .reminderDue(let payload): ("reminder_due", payload)
        case .reminderRemoved(let payload): ("reminder_removed", payload)
        case .messageRedacted(let payload): ("message_redacted", payload)
        }
    }

    private static func parts(
        _ event: CustomerEvent
    ) -> (type: String, payload: any Encodable & Sendable) {
        switch event {
        case .created(let payload): ("customer_created", payload)
        case .named(let payload): ("customer_named", payload)
        case .identityLinked(let payload): ("identity_linked", payload)
        case .identitySuggested(let payload): ("identity_suggested", payload)
        case .updated(let payload): ("customer_updated", payload)
        case .identityUndeliverable(let payload): ("identity_undeliverable", payload)
        case .identityDeliverable(let payload): ("identity_deliverable", payload)
        case .identityMarked(let payload): ("identity_marked", payload)
        case .suggestionSettled(let payload): ("suggestion_settled", payload)
        case .merged(let payload): ("customer_merged", payload)
        case .unmerged(let payload): ("customer_unmerged", payload)
        case .erased(let payload): ("customer_erased", payload)
        case .exported(let payload): ("customer_exported", payload)
        }
    }

    private static func parts(
        _ event: DeliveryEvent
    ) -> (type: String, payload: any Encodable & Sendable) {
        switch event {
        case .queued(let payload): ("delivery_queued", payload)
        case .attempted(let payload): ("delivery_attempted", payload)
        case .settled(let payload): ("delivery_settled", payload)
        case .receiptArrived(let payload): ("delivery_receipt_arrived", payload)
        case .acknowledgementSkipped(let payload): ("acknowledgement_skipped", payload)
        case .reported(let payload): ("delivery_reported", payload)
        case .readingAwaited(let payload): ("reading_awaited", payload)
        case .readingEnded(let payload): ("reading_ended", payload)
        }
    }

    private static func parts(
        _ event: SurveyEvent
    ) -> (type: String, payload: any Encodable & Sendable) {
        switch event {
        case .scheduled(let payload): ("survey_scheduled", payload)
        case .skipped(let payload): ("survey_skipped", payload)
        case .cancelled(let payload): ("survey_cancelled", payload)
        case .postponed(let payload): ("survey_postponed", payload)
        case .reminded(let payload): ("survey_reminded", payload)
        case .answeredInWords(let payload): ("survey_answered_in_words", payload)
        case .consentChanged(let payload): ("survey_consent_changed", payload)
        case .sent(let payload): ("survey_sent", payload)
        case .answered(let payload): ("survey_answered", payload)
        case .recoveryOpened(let payload): ("recovery_opened", payload)
        case .recoveryTaken(let payload): ("recovery_taken", payload)
        case .recoveryDone(let payload): ("recovery_done", payload)
        }
    }

    private static func parts(
        _ event: SLAEvent
    ) -> (type: String, payload: any Encodable & Sendable) {
        switch event {
        case .started(let payload): ("sla_started", payload)
        case .paused(let payload): ("sla_paused", payload)
        case .resumed(let payload): ("sla_resumed", payload)
        case .warned(let payload): ("sla_warned", payload)
        case .breached(let payload): ("sla_breached", payload)
        case .stopped(let payload): ("sla_stopped", payload)
        case .cancelled(let payload): ("sla_cancelled", payload)
        case .replanned(let payload): ("sla_replanned", payload)
        }
    }

    private static func parts(
        _ event: PromiseEvent
    ) -> (type: String, payload: any Encodable & Sendable) {
        switch event {
        case .given(let payload): ("promise_given", payload)
        case .revised(let payload): ("promise_revised", payload)
        case .kept(let payload): ("promise_kept", payload)
        case .broken(let payload): ("promise_broken", payload)
        case .revisionSkipped(let payload): ("promise_revision_skipped", payload)
        }
    }

    private static func parts(
        _ event: DeskEvent
    ) -> (type: String, payload: any Encodable & Sendable) {
        switch event {
        case .presenceChanged(let payload): ("presence_changed", payload)
        case .screenChanged(let payload): ("screen_changed", payload)
        case .messageQuarantined(let payload): ("message_quarantined", payload)
        case .quarantineResolved(let payload): ("quarantine_resolved", payload)
        case .noticesStopped(let payload): ("notices_stopped", payload)
        case .noticesResumed(let payload): ("notices_resumed", payload)
        case .agentNoticed(let payload): ("agent_noticed", payload)
        case .noticesDigested(let payload): ("notices_digested", payload)
        case .macroSet(let payload): ("macro_set", payload)
        case .macroRemoved(let payload): ("macro_removed", payload)
        case .restored(let payload): ("store_restored", payload)
        case .retentionApplied(let payload): ("retention_applied", payload)
        case .alarmBegan(let payload): ("alarm_began", payload)
        case .alarmEnded(let payload): ("alarm_ended", payload)
        }
    }
}
