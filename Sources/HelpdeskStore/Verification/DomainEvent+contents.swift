internal import HelpdeskCore

/// Every content row an event refers to; a test holds it against what the stored JSON names.
extension DomainEvent {
    var contents: [ContentRef] {
        switch self {
        case .ticket(let event): event.contents
        case .customer(let event): event.contents
        case .delivery(let event): event.contents
        case .survey(let event): event.contents
        case .sla, .promise: []
        case .desk(let event): event.contents
        }
    }
}

extension TicketEvent {
    fileprivate var contents: [ContentRef] {
        switch self {
        case .opened(let opened): [opened.subject].compactMap { $0 }
        case .messageReceived(let message): [message.content]
        case .messageWritten(let message): [message.content]
        case .noteWritten(let note): [note.content]
        case .transferred(let transferred): [transferred.brief].compactMap { $0 }
        case .rulesApplied(let applied): [applied.matches].compactMap { $0 }
        case .snoozed(let snoozed): [snoozed.note].compactMap { $0 }
        case .reminderSet(let reminder): [reminder.note].compactMap { $0 }
        case .messageRedacted(let redacted):
            [redacted.content, redacted.subject].compactMap { $0 }
        case .messageJoined, .assigned, .unassigned, .queued, .statusChanged, .woken,
            .tagged, .prioritised, .classified, .participantAdded, .participantRemoved, .linked,
            .callbackRequested, .callbackAttempted, .callbackCompleted, .wrapUpBegun, .merged,
            .mergeUndone, .split, .splitUndone, .messagesMoved, .replyReturned, .agentMentioned,
            .watchBegun, .watchEnded, .reminderDue, .reminderRemoved:
            []
        }
    }
}

extension CustomerEvent {
    fileprivate var contents: [ContentRef] {
        switch self {
        case .named(let named): [named.name]
        case .identityLinked(let linked): [linked.address]
        case .identitySuggested(let suggested): [suggested.address]
        case .updated(let updated):
            [updated.attributes, updated.externalID].compactMap { $0 }
        case .merged(let merged): [merged.reason].compactMap { $0 }
        case .unmerged(let unmerged): [unmerged.reason].compactMap { $0 }
        case .identityMarked, .suggestionSettled: []
        case .created, .erased, .exported, .identityUndeliverable, .identityDeliverable: []
        }
    }
}

extension DeliveryEvent {
    fileprivate var contents: [ContentRef] {
        switch self {
        case .queued(let queued): [queued.content]
        case .settled(let settled): [settled.detail, settled.remaining].compactMap { $0 }
        case .reported(let reported): [reported.detail].compactMap { $0 }
        case .receiptArrived(let receipt): [receipt.detail].compactMap { $0 }
        case .attempted, .acknowledgementSkipped, .readingAwaited, .readingEnded: []
        }
    }
}

extension SurveyEvent {
    fileprivate var contents: [ContentRef] {
        switch self {
        case .answered(let answered): [answered.comment].compactMap { $0 }
        case .recoveryDone(let done): [done.outcome].compactMap { $0 }
        case .scheduled, .skipped, .postponed, .cancelled, .sent, .reminded, .answeredInWords,
            .consentChanged, .recoveryOpened, .recoveryTaken:
            []
        }
    }
}

extension DeskEvent {
    fileprivate var contents: [ContentRef] {
        switch self {
        case .messageQuarantined(let quarantined): [quarantined.detail]
        case .macroSet(let macro): [macro.content]
        case .presenceChanged, .screenChanged, .quarantineResolved, .noticesStopped,
            .noticesResumed, .agentNoticed, .noticesDigested, .macroRemoved, .restored,
            .retentionApplied, .alarmBegan, .alarmEnded:
            []
        }
    }
}
