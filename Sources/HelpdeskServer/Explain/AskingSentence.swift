internal import HelpdeskAPI
internal import HelpdeskCore

/// Decisions about surveys and acknowledgements in plain English.
struct AskingSentence: Hashable {
    var decision: String
    var reason: String?
    var sentence: String

    private init(_ decision: String, _ sentence: String, reason: String? = nil) {
        self.decision = decision
        self.sentence = sentence
        self.reason = reason
    }

    /// Nil for events that decide neither.
    static func of(_ event: DomainEvent) -> AskingSentence? {
        switch event {
        case .survey(let event): of(event)
        case .delivery(.queued(let queued)) where queued.purpose == .acknowledgement:
            AskingSentence(
                "sent", "The customer's message was acknowledged by \(queued.inbox.rawValue).")
        case .delivery(.acknowledgementSkipped(let skipped)):
            AskingSentence(
                "skipped", "No acknowledgement was sent: \(because(skipped.reason)).",
                reason: skipped.reason.rawValue)
        case .delivery(.readingEnded(let ended)):
            AskingSentence(
                ended.outcome == .mailed ? "mailed" : "left",
                "An answer was not read in the chat: \(because(ended.outcome)).",
                reason: ended.outcome.rawValue)
        default: nil
        }
    }

    private static func because(_ outcome: ReadingEnded.Outcome) -> String {
        switch outcome {
        case .mailed: "it went to the verified mail address too, once"
        case .customerWrote: "the customer wrote meanwhile, so it did not go by mail"
        case .noVerifiedMail: "no verified mail address is known, so it stays there"
        case .undeliverable: "mail to their verified address comes back, so it stays there"
        case .refused: "no inbox of the team could mail it, so it stays there"
        case .restored:
            "it was due before a backup was put back, and may have been mailed in the time that is gone"
        }
    }

    private static func of(_ event: SurveyEvent) -> AskingSentence? {
        switch event {
        case .scheduled(let scheduled):
            AskingSentence(
                "scheduled",
                "The customer will be asked (\(scheduled.kind.rawValue)) at \(RFC3339.text(scheduled.due)), unless the ticket opens again."
            )
        case .skipped(let skipped):
            AskingSentence(
                "skipped", "The customer was not asked: \(because(skipped.reason)).",
                reason: skipped.reason.rawValue)
        case .postponed(let postponed):
            AskingSentence(
                "postponed",
                "It was a quiet hour for the customer: they will be asked at \(RFC3339.text(postponed.due)).",
                reason: "quiet_hours")
        case .cancelled(let cancelled):
            AskingSentence(
                "cancelled",
                "The customer will not be asked after all: \(because(cancelled.reason)).",
                reason: cancelled.reason.rawValue)
        case .sent(let sent):
            AskingSentence(
                "sent",
                "The customer was asked by \(sent.inbox.rawValue)\(sent.agent.map { " about \($0.rawValue)" } ?? ""); the answer counts until \(RFC3339.text(sent.expires))."
            )
        case .reminded(let reminded):
            AskingSentence(
                reminded.delivery == nil ? "not_reminded" : "reminded",
                reminded.delivery == nil
                    ? "The customer was not reminded: \(reminded.reason.map(because) ?? "there was no need")."
                    : "The customer was reminded, once.", reason: reminded.reason?.rawValue)
        case .answeredInWords:
            AskingSentence(
                "answered_in_words",
                "The customer answered in words, which are no score: somebody should read them.")
        case .consentChanged(let change):
            AskingSentence(
                change.consent == .withdrawn ? "opted_out" : "opted_in",
                change.consent == .withdrawn
                    ? "The customer wants no more surveys."
                    : "The customer may be asked again.")
        case .answered(let answered):
            AskingSentence(
                "answered",
                "The customer gave \(answered.score)\(answered.way == .message ? " by a message" : "")\(answered.previous.map { ", instead of \($0) before" } ?? "")."
            )
        case .recoveryOpened(let recovery):
            AskingSentence(
                "recovery_opened",
                "The score of \(recovery.score) opened recovery \(recovery.recovery.rawValue)\(recovery.owner.map { " for \($0.rawValue)" } ?? ""), due \(RFC3339.text(recovery.due))."
            )
        case .recoveryTaken(let recovery):
            AskingSentence(
                "recovery_taken",
                "\(recovery.owner.rawValue) took recovery \(recovery.recovery.rawValue).")
        case .recoveryDone(let recovery):
            AskingSentence(
                "recovery_done",
                "Recovery \(recovery.recovery.rawValue) is done: \(recovery.ending == .corrected ? "the customer corrected the score" : "somebody took care of it").",
                reason: recovery.ending.rawValue)
        }
    }

    private static func because(_ reason: SurveySkipReason) -> String {
        switch reason {
        case .disabled: "surveys are off"
        case .notAnswered: "no agent wrote to them"
        case .automatic: "a machine opened the ticket"
        case .notRegular: "it is spam or bulk mail"
        case .history: "the ticket is history"
        case .cooldown: "they were asked a short while ago"
        case .notSampled: "this ticket is not in the sample"
        case .noReachableChannel: "there is no verified way to reach them"
        case .closingReason: "it was closed for a reason that is not asked about"
        case .optedOut: "they asked not to be asked"
        case .alreadyAsked: "they were asked about this ticket before"
        case .blocked: "they are blocked"
        case .restored:
            "it was due before a backup was put back, and they may have been asked in the time that is gone"
        case .noPolicy: "no survey policy is for them"
        case .merged: "the ticket was merged into another one"
        case .reopened: "the ticket is open again"
        }
    }

    private static func because(_ reason: SurveyCancelled.Reason) -> String {
        switch reason {
        case .reopened: "the ticket was opened again"
        case .spam: "it is spam"
        case .erased: "the customer was erased"
        case .merged: "the ticket was merged into another one"
        }
    }

    private static func because(_ reason: AcknowledgementSkipped.Reason) -> String {
        switch reason {
        case .automatic: "a machine sent the message"
        case .notRegular: "it is spam or bulk mail"
        case .history: "the message is history"
        case .dailyLimit: "this address has had enough of them today"
        case .noAddress: "there is no address to send it to"
        case .ownAddress: "the message came from an address of ours"
        case .receiveOnly: "the inbox only receives"
        case .disabled: "acknowledgements are off"
        case .weeklyLimit: "this address has had enough of them this week"
        case .paused: "the desk sent as many in the last hour as it may, and pauses"
        case .undeliverable: "mail to this address came back less than 60 days ago"
        case .tooMany: "this ticket sent the address enough automatic mail for now"
        case .restored:
            "it was sent before a backup was put back, and may have been acknowledged in the time that is gone"
        }
    }
}
