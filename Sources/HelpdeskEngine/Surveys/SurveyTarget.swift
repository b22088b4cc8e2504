internal import HelpdeskCore
internal import HelpdeskStore

/// Whom a question is for, what it is about, and beside which ticket it is sent.
struct SurveyTarget {
    let customer: CustomerID
    /// The ticket that is asked about; nil: the relationship, or something outside.
    let ticket: TicketRow?
    /// The same, or else the customer's newest ticket that everybody may see: an answer in words finds people who know
    /// them. Nil for somebody without one.
    let anchor: TicketRow?

    init(about ticket: TicketRow) {
        customer = ticket.ticket.customer
        self.ticket = ticket
        anchor = ticket
    }

    init(_ customer: CustomerID, _ session: TicketSession) throws {
        self.customer = customer
        ticket = nil
        anchor = try session.reader.newestOpenlySeenTicket(of: customer)
            .map { try session.row($0) }
    }

    init(_ due: DueInvitation, _ session: TicketSession) throws {
        if let number = due.ticket {
            self.init(about: try session.row(number))
        } else {
            try self.init(due.customer, session)
        }
    }
}

/// Looks up what a survey's policy may look at, within the transaction.
struct SurveyFinding {
    let session: TicketSession

    func subject(_ target: SurveyTarget) throws -> SurveySubject {
        let root = try session.reader.root(of: target.customer)
        let known = try session.reader.settings(of: root)
        let standing = try session.reader.service(of: target.customer).standing
        return SurveySubject(
            team: target.ticket?.ticket.team, inbox: target.ticket?.ticket.inbox,
            segments: Set(known.segments).union(standing == .vip ? ["vip"] : []),
            tags: Set(target.ticket?.ticket.tags ?? []))
    }

    func facts(
        _ target: SurveyTarget, policy: SurveyPolicy, occasion: SurveyOccasion,
        reach: SurveyFacts.Reach
    ) throws -> SurveyFacts {
        let isDrawn = occasion == .closing || occasion == .relationship
        return SurveyFacts(
            ticket: try target.ticket.map(ticketFacts), reach: reach,
            consent: try session.reader.refusesSurveys(target.customer) ? .withdrawn : .given,
            standing: try session.reader.isBlocked(target.customer) ? .blocked : .welcome,
            lastAsked: try session.reader.service(of: target.customer).lastAsked,
            cooling: occasion == .recovery ? .waived : .counts,
            sample: isDrawn
                ? SurveySample.place(
                    of: target.ticket?.ticket.number.rawValue ?? target.customer.rawValue) : 0,
            zone: try zone(target, policy))
    }

    private func ticketFacts(_ row: TicketRow) throws -> SurveyFacts.TicketFacts {
        let ticket = row.ticket
        let messages = try session.reader.answerable(in: ticket.number)
        let isMachine = !messages.isEmpty && messages.allSatisfy { $0.autoSubmitted != .no }
        return SurveyFacts.TicketFacts(
            ticketClass: ticket.ticketClass, origin: ticket.origin,
            closingReason: ticket.closingReason, answer: try answer(ticket),
            maker: isMachine ? .machine : .person,
            place: ticket.mergedInto == nil ? .own : .merged)
    }

    /// A conversation on the phone is an answer.
    private func answer(_ ticket: Ticket) throws -> Ticket.Answer {
        guard ticket.answer == .unanswered, let agent = ticket.assignee,
            let at = try session.reader.lastConversationByPhone(in: ticket.number)
        else { return ticket.answer }
        return .answered(first: at, last: at, by: agent)
    }

    /// The customer's own, as the CRM or an agent says; else that of the inbox. Asked for only where it decides something.
    func zone(_ target: SurveyTarget, _ policy: SurveyPolicy) throws -> ZoneRules {
        guard policy.quiet != nil else { return .utc }
        let root = try session.reader.root(of: target.customer)
        let attributes = try session.reader.customerAttributes(root)
        if let zone = attributes["timezone"].flatMap(session.desk.environment.zone) { return zone }
        return target.anchor.flatMap { session.policy.inboxes[$0.ticket.inbox]?.zone } ?? .utc
    }
}
