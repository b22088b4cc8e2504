internal import HelpdeskCore

/// Why a message went where it went, in plain English.
enum ThreadingSentence {
    static func of(_ decision: ThreadingDecision, message: MessageID) -> String {
        let message = "Message \(message.rawValue)"
        let ticket = named(decision.ticket)
        let mark = decision.mark.map { " (\(of($0)))" } ?? ""
        let because = evidence(decision.rule)
        if decision.joins, let sentTo = decision.sentTo {
            return
                "\(message) was sent to ticket \(sentTo.rawValue) by \(because); that is merged into \(ticket), so it is here\(mark)."
        }
        return switch decision.outcome {
        case .joined: "\(message) joined \(ticket) by \(because)\(mark)."
        case .reopened: "\(message) joined \(ticket) by \(because) and reopened it\(mark)."
        case .joinedClosed where decision.rule == .delivery || decision.rule == .sameMail:
            "\(message) joined \(ticket) by \(because) and changed nothing there\(mark)."
        case .joinedClosed:
            "\(message) joined \(ticket) by \(because) and left it closed: it only says thanks, or a machine sent it\(mark)."
        case .followUp:
            "\(message) follows \(ticket) by \(because), but that was closed too long ago: this is a new ticket, linked with it."
        case .linked:
            "\(message) points to \(ticket) by \(because), but its writer may not join there: this is a new ticket, linked with it."
        case .hinted where decision.rule == .notice:
            "\(message) answers a notification about \(ticket), but was not taken as the agent's: this is a new ticket with a hint."
        case .hinted:
            "\(message) seems to belong to \(ticket), but nothing proves it: this is a new ticket with a hint."
        case .opened:
            "\(message) opened this ticket: nothing tied it to an earlier one."
        }
    }

    static func of(_ step: ThreadingDecision.Step) -> String {
        let what = subject(step.rule)
        let ticket = step.ticket.map { " for ticket \($0.rawValue)" } ?? ""
        return switch step.verdict {
        case .absent: "\(what): none."
        case .matched: "\(what): matches\(ticket)."
        case .damagedToken: "\(what): damaged or not ours, so it proves nothing."
        case .notParticipant: "\(what): found\(ticket), but the writer is not a participant there."
        case .failedSender:
            "\(what): found\(ticket), but the sender failed the check of who they are."
        case .notVerified: "\(what): found\(ticket), but nobody vouches for the sender."
        case .outsideWindow: "\(what): found\(ticket), but too much time has passed."
        case .noWindow: "\(what): not asked, because this inbox joins nothing without evidence."
        case .notRegular: "\(what): found\(ticket), but spam and bulk mail join nothing this way."
        case .conversationRested:
            "\(what): found\(ticket), but it was closed too long ago to go on in it."
        case .expired: "\(what): found\(ticket), but it was answered too late."
        case .automatic: "\(what): found\(ticket), but a machine answered."
        case .notTheAgent:
            "\(what): found\(ticket), but not from the agent whom it was for, or they may not see that ticket."
        case .aboutSeveral: "\(what): found\(ticket), but it told of several tickets."
        }
    }

    private static func of(_ mark: ThreadingDecision.Mark) -> String {
        switch mark {
        case .uncheckedSender: "nobody vouches for the sender"
        case .callByNumber: "by the caller's number alone, which can be forged"
        }
    }

    private static func named(_ ticket: TicketNumber?) -> String {
        ticket.map { "ticket \($0.rawValue)" } ?? "a ticket you may not see"
    }

    private static func evidence(_ rule: ThreadingDecision.Rule) -> String {
        switch rule {
        case .token: "our signed token"
        case .reference: "a reference to a message known there"
        case .conversation: "the conversation it came in"
        case .subjectTag: "the ticket number in its subject"
        case .continuity: "continuity (the customer's active ticket)"
        case .sameMail: "being the same mail that came to another inbox"
        case .delivery: "the delivery it reports on"
        case .notice: "our token for answers to a notification"
        case .survey: "answering a survey with a score"
        case .stated: "being put there by name"
        case .none: "no evidence"
        }
    }

    private static func subject(_ rule: ThreadingDecision.Rule) -> String {
        switch rule {
        case .token: "Our signed token"
        case .reference: "A reference to a known message"
        case .conversation: "A known conversation"
        case .subjectTag: "A ticket number in the subject"
        case .continuity: "An active ticket of this customer"
        case .sameMail: "The same mail to another inbox"
        case .delivery: "A delivery that it reports on"
        case .notice: "A notification to an agent"
        case .survey: "A score in the conversation of a survey"
        case .stated: "A ticket named by an agent or the API"
        case .none: "Evidence"
        }
    }
}
