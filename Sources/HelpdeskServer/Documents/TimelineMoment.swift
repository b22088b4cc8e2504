internal import HelpdeskCore

/// Something that happened to a customer, beside what was said: one word for programs, one plain sentence for people.
struct TimelineMoment: Hashable {
    var kind: String
    var summary: String
    var score: Int?

    init(_ kind: String, _ summary: String, score: Int? = nil) {
        self.kind = kind
        self.summary = summary
        self.score = score
    }

    init(_ event: DomainEvent, words: String?) {
        switch event {
        case .ticket(let event): self.init(event, words: words)
        case .survey(let event): self.init(event, words: words)
        case .customer(let event): self.init(event)
        case .delivery(let event): self.init(event)
        case .sla, .promise, .desk: self.init("event", "something changed")
        }
    }

    private init(_ event: TicketEvent, words: String?) {
        switch event {
        case .opened(let opened):
            let origin = opened.origin == .history ? "imported" : "opened"
            self.init("opened", words.map { "\(origin): \($0)" } ?? origin)
        case .assigned(let assigned):
            self.init("assigned", "given to \(assigned.agent.rawValue)")
        case .unassigned(let change):
            self.init("unassigned", "taken from \(change.previous.rawValue)")
        case .queued(let queued):
            self.init("queued", "waits in team \(queued.team.rawValue)")
        case .transferred(let change):
            let brief = words.map { ": \($0)" } ?? ""
            self.init("transferred", "handed to team \(change.to.rawValue)\(brief)")
        case .statusChanged(let change): self.init(change)
        case .snoozed: self.init("snoozed", "put away for later")
        case .woken: self.init("woken", "back on the desk")
        case .tagged(let change):
            let words = change.added.map { "+\($0)" } + change.removed.map { "-\($0)" }
            self.init("tagged", words.joined(separator: " "))
        case .prioritised(let change):
            self.init("prioritised", "priority \(change.to.rawValue)")
        case .classified(let change): self.init("classified", "marked as \(change.to.rawValue)")
        case .participantAdded: self.init("participant_added", "somebody was let in")
        case .participantRemoved: self.init("participant_removed", "somebody was taken out")
        case .linked(let link):
            self.init("linked", "linked with ticket \(link.other.rawValue)")
        case .callbackRequested(let request):
            let count = request.calls == 1 ? "a missed call" : "\(request.calls) missed calls"
            self.init("callback_requested", "\(count) to return")
        case .callbackAttempted: self.init("callback_attempted", "rung back, not reached")
        case .callbackCompleted: self.init("callback_completed", "rung back")
        case .merged(let merged):
            self.init("merged", "merged into ticket \(merged.into.rawValue)")
        case .mergeUndone(let undone):
            self.init(
                "merge_undone", "taken out of ticket \(undone.from.rawValue) again")
        case .split(let split):
            self.init("split", "partly split off into ticket \(split.into.rawValue)")
        case .splitUndone(let undone):
            self.init(
                "split_undone", "back in ticket \(undone.into.rawValue), which it was split from")
        case .messagesMoved(let moved):
            self.init(
                "messages_moved", "messages came from or went to ticket \(moved.other.rawValue)")
        case .agentMentioned(let mention):
            self.init("mentioned", "\(mention.agent.rawValue) was mentioned")
        case .watchBegun(let change):
            self.init("watched", "\(change.agent.rawValue) watches it")
        case .watchEnded(let change):
            self.init("unwatched", "\(change.agent.rawValue) watches it no more")
        case .reminderSet(let reminder):
            self.init("reminder", "\(reminder.agent.rawValue) wants to be reminded")
        case .reminderDue(let change):
            self.init("reminder", "\(change.agent.rawValue) was reminded")
        case .reminderRemoved(let change):
            self.init("reminder", "\(change.agent.rawValue) put a reminder away")
        case .wrapUpBegun: self.init("wrap_up", "the call waits for its summary")
        case .rulesApplied(let applied):
            self.init("rules_applied", "rules: \(applied.rules.joined(separator: ", "))")
        case .replyReturned(let returned):
            self.init(
                "reply_returned",
                "an answer came back\(returned.code.map { " (\($0))" } ?? ""): they do not have it")
        case .messageRedacted(let redacted):
            self.init(
                "redacted", "words of message \(redacted.message.rawValue) were taken away")
        case .messageReceived, .messageWritten, .noteWritten, .messageJoined:
            self.init("message", "a message")
        }
    }

    private init(_ change: StatusChanged) {
        switch change.to {
        case .closed:
            let reason = change.reason.map { ", \($0.rawValue)" } ?? ""
            self.init("closed", "closed\(reason)")
        case .new, .open:
            if change.from == .closed {
                self.init("reopened", "reopened")
            } else {
                self.init("status", "open")
            }
        case .pending: self.init("status", "waits for the customer")
        }
    }

    private init(_ event: SurveyEvent, words: String?) {
        let comment = words.map { ": \($0)" } ?? ""
        switch event {
        case .scheduled: self.init("survey", "will be asked how it went")
        case .skipped(let skip): self.init("survey", "was not asked: \(skip.reason.rawValue)")
        case .postponed: self.init("survey", "will be asked after the quiet hours")
        case .cancelled: self.init("survey", "will not be asked after all")
        case .reminded(let reminded):
            self.init(
                "survey",
                reminded.delivery == nil ? "was not reminded of it" : "was reminded of it")
        case .answeredInWords: self.init("survey", "answered in words instead of a score")
        case .consentChanged(let change):
            self.init(
                "survey",
                change.consent == .withdrawn ? "wants no more surveys" : "may be asked again")
        case .sent: self.init("survey", "was asked how it went")
        case .answered(let answer):
            let before = answer.previous.map { ", before \($0)" } ?? ""
            self.init(
                "score", "gave \(answer.score)\(before)\(comment)", score: answer.score)
        case .recoveryOpened(let recovery):
            self.init(
                "recovery", "recovery opened after a score of \(recovery.score)",
                score: recovery.score)
        case .recoveryTaken(let recovery):
            self.init("recovery", "recovery taken by \(recovery.owner.rawValue)")
        case .recoveryDone: self.init("recovery", "recovery done\(comment)")
        }
    }

    private init(_ event: CustomerEvent) {
        switch event {
        case .created: self.init("customer_created", "first contact")
        case .named: self.init("customer_named", "has a name")
        case .identityLinked(let link):
            self.init("identity_linked", "another address (\(link.kind))")
        case .identitySuggested(let suggestion):
            self.init("identity_suggested", "an address that may be theirs (\(suggestion.kind))")
        case .updated: self.init("customer_updated", "the card was changed")
        case .identityMarked(let mark):
            self.init(
                "identity_marked",
                mark.sharing == .shared
                    ? "an address is many people's" : "an address is theirs alone")
        case .suggestionSettled(let settled):
            self.init("suggestion_settled", "a suggestion was \(settled.outcome.rawValue)")
        case .merged(let merged):
            self.init("customer_merged", "merged into customer \(merged.into.rawValue)")
        case .unmerged(let unmerged):
            self.init(
                "customer_unmerged", "taken out of customer \(unmerged.from.rawValue) again")
        case .identityUndeliverable(let failed):
            self.init(
                "identity_undeliverable",
                "mail to an address of theirs comes back\(failed.code.map { " (\($0))" } ?? "")")
        case .identityDeliverable(let restored):
            let cause = restored.cause == .agent ? "an agent says so" : "they wrote from it"
            self.init("identity_deliverable", "mail may go to an address of theirs again: \(cause)")
        case .erased: self.init("customer_erased", "erased")
        case .exported: self.init("customer_exported", "exported")
        }
    }

    private init(_ event: DeliveryEvent) {
        switch event {
        case .queued(let queued): self.init("delivery", "\(queued.purpose.rawValue) queued")
        case .attempted: self.init("delivery", "sending")
        case .settled(let settled): self.init("delivery", settled.state.rawValue)
        case .receiptArrived(let receipt): self.init("delivery", receipt.kind.rawValue)
        case .readingAwaited: self.init("delivery", "waits to be read")
        case .readingEnded(let ended):
            self.init(
                "delivery",
                ended.outcome == .mailed
                    ? "not read in the chat: sent by mail too" : "not read in the chat")
        case .acknowledgementSkipped: self.init("acknowledgement", "not acknowledged")
        case .reported(let reported):
            self.init(
                "delivery",
                "\(reported.verdict.rawValue)\(reported.code.map { " (\($0))" } ?? "")")
        }
    }
}
