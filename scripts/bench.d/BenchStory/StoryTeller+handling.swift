import HelpdeskCore
import HelpdeskStore

extension StoryTeller {
    // MARK: what the house does with a ticket

    func handle(_ line: StoryLine) throws {
        let ticket = try line.ticket(0)
        let event: TicketEvent
        switch line.verb {
        case "give":
            event = .assigned(
                TicketAssigned(
                    agent: try line.agent(1), previous: try line.maybeAgent(2), by: .agent,
                    decision: nil))
        case "take":
            event = .unassigned(
                TicketUnassigned(previous: try line.agent(1), reason: try line.value(2)))
        case "move":
            event = .transferred(
                TicketTransferred(
                    from: try line.value(1), to: try line.value(2),
                    isPrivate: try line.word(3) == "1", brief: nil))
        case "turn":
            event = .statusChanged(
                StatusChanged(
                    from: try line.value(1), to: try line.value(2),
                    reason: try line.maybe(3) == nil ? nil : try line.value(3),
                    cause: try line.value(4)))
        case "tag":
            event = .tagged(
                TicketTagged(
                    added: try line.word(1).split(separator: ",").map(String.init), removed: []))
        case "class":
            event = .classified(
                TicketClassified(from: try line.value(1), to: try line.value(2)))
        default:
            event = .merged(
                TicketMerged(
                    into: try line.ticket(1), status: try line.value(2), participants: []))
        }
        try append(.ticket(event), ticket, of: customer(of: ticket))
    }

    // MARK: what was promised

    func promise(_ line: StoryLine) throws {
        let ticket = try line.ticket(0)
        let customer = try customer(of: ticket)
        let event: DomainEvent
        switch line.verb {
        case "clock":
            event = .sla(
                .started(
                    SLAStarted(
                        target: try line.value(1), policy: try line.word(2), allowance: .hours(8),
                        deadline: SLADeadline(due: Self.never, warning: nil))))
        case "stop":
            event = .sla(
                .stopped(
                    SLAStopped(
                        target: try line.value(1), outcome: try line.value(2), used: .hours(1))))
        case "promise":
            let delivery = try queue(
                .acknowledgement, ticket, customer, message: nil, invitation: nil)
            try settle(delivery, .sent, ticket, customer)
            let given = PromiseGiven(until: try line.moment(1), delivery: delivery)
            event = .promise(try line.word(2) == "anew" ? .revised(given) : .given(given))
        default:
            let ended = PromiseEnded(until: try line.moment(1))
            event = .promise(try line.word(2) == "kept" ? .kept(ended) : .broken(ended))
        }
        try append(event, ticket, of: customer)
    }

    // MARK: what customers are asked

    private func invitation(_ line: StoryLine) throws -> InvitationID {
        guard let invitation = cast.invitations[try line.integer(0)] else {
            throw line.trouble("nobody planned this survey")
        }
        return invitation
    }

    private func recovery(_ line: StoryLine) throws -> RecoveryID {
        guard let recovery = cast.recoveries[try line.integer(0)] else {
            throw line.trouble("nobody opened this recovery")
        }
        return recovery
    }

    /// Words of each line: the survey's or recovery's name, its ticket or `-`, its customer, and what else it wants.
    mutating func survey(_ line: StoryLine) throws {
        let ticket = try line.maybe(1) == nil ? nil : try line.ticket(1)
        let customer = try known(try line.integer(2))
        let event: SurveyEvent
        switch line.verb {
        case "plan":
            let invitation = transaction.nextInvitation()
            cast.invitations[try line.integer(0)] = invitation
            let again = try line.maybe(6) == nil ? nil : cast.recoveries[try line.integer(6)]
            event = .scheduled(
                SurveyScheduled(
                    invitation: invitation, kind: try line.value(3), due: try line.moment(5),
                    policy: "survey", occasion: try line.value(4), recovery: again))
        case "skip":
            event = .skipped(
                SurveySkipped(
                    invitation: transaction.nextInvitation(), reason: try line.value(5),
                    kind: try line.value(3), policy: "survey", occasion: try line.value(4)))
        case "cancel":
            event = .cancelled(
                SurveyCancelled(invitation: try invitation(line), reason: .reopened))
        case "ask": event = .sent(try ask(line, ticket, customer))
        case "score":
            event = .answered(
                SurveyAnswered(
                    invitation: try invitation(line), score: Int(try line.integer(3)),
                    previous: try line.maybe(4).flatMap { Int($0) }, comment: nil, way: .page))
        case "recover":
            let recovery = transaction.nextRecovery()
            cast.recoveries[try line.integer(0)] = recovery
            event = .recoveryOpened(
                RecoveryOpened(
                    recovery: recovery, invitation: try invitation(line),
                    score: Int(try line.integer(3)), owner: try line.maybeAgent(4),
                    due: try line.moment(5)))
        case "mend":
            event = .recoveryDone(
                RecoveryDone(
                    recovery: try recovery(line), ending: try line.value(3), outcome: nil))
        default: throw line.trouble("nobody knows the verb \(line.verb)")
        }
        try append(.survey(event), ticket, of: customer)
    }

    private func ask(
        _ line: StoryLine, _ ticket: TicketNumber?, _ customer: CustomerID
    ) throws -> SurveySent {
        let invitation = try invitation(line)
        let delivery = try queue(
            .survey, ticket, customer, message: nil, invitation: invitation)
        try settle(delivery, .sent, ticket, customer)
        return SurveySent(
            invitation: invitation, delivery: delivery, inbox: Self.inbox,
            agent: try line.maybeAgent(3), language: "en",
            expires: transaction.now + .days(14), tokenHash: "story \(invitation.rawValue)")
    }
}
