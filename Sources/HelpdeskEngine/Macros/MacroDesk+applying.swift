public import HelpdeskCore
internal import HelpdeskStore

/// How somebody applies a macro.
public struct MacroUse: Sendable {
    public var language: LanguageCode?
    /// The answer as the agent changed it; nil: as the macro has it.
    public var text: String?
    public var inbox: InboxID?
    public var cc: [String]
    public var attachments: [AttachmentID]
    public var answers: MessageID?

    public init(
        language: LanguageCode? = nil, text: String? = nil, inbox: InboxID? = nil,
        cc: [String] = [], attachments: [AttachmentID] = [], answers: MessageID? = nil
    ) {
        self.language = language
        self.text = text
        self.inbox = inbox
        self.cc = cc
        self.attachments = attachments
        self.answers = answers
    }

    func draft(_ text: String, _ then: TicketCommand.AfterReply) -> ReplyDraft {
        ReplyDraft(
            text: text, inbox: inbox, cc: cc, attachments: attachments, answers: answers,
            then: then)
    }
}

extension MacroDesk {
    /// What it would do now; nothing is changed.
    public func preview(
        _ name: MacroID, on number: TicketNumber, _ use: MacroUse, by caller: Caller
    ) async throws(DeskFailure) -> MacroPlan {
        let desk = desk
        let result = try await desk.read {
            reader throws(StoreError) -> Result<MacroPlan, DeskFailure> in
            guard let row = try reader.ticket(number, viewer: caller.viewer) else {
                return .failure(.notFound("ticket \(number.rawValue)"))
            }
            return try MacroPlanning(reader: reader, desk: desk, caller: caller)
                .plan(name, on: row, use)
        }
        return try result.get()
    }

    /// Carries it out in one transaction: all of it, or where one thing is refused, nothing. What was done, and the answer.
    public func apply(
        _ name: MacroID, on number: TicketNumber, _ use: MacroUse, by caller: Caller,
        ifVersion: Int64?, command: CommandID?
    ) async throws(DeskFailure) -> (plan: MacroPlan, message: MessageID?) {
        // The text comes out of the macro; what the agent adds to it is looked at before anything is queued.
        let copies = try ReplyDesk.check(
            use.draft(use.text.flatMap { $0.isEmpty ? nil : $0 } ?? "-", .keep))
        let desk = desk
        return try await desk.write { transaction in
            let session = TicketSession(desk, transaction, by: caller.actor, command: command)
            let row = try session.unchanged(number, to: caller, seen: ifVersion)
            let plan = try MacroPlanning(reader: session.reader, desk: desk, caller: caller)
                .plan(name, on: row, use).get()
            let message = try MacroApplying(
                session: session, caller: caller, use: use, copies: copies
            ).carryOut(plan, on: number)
            return (plan, message)
        }
    }
}

/// Collects what a plan is made from.
struct MacroPlanning {
    let reader: StoreReader
    let desk: Desk
    let caller: Caller

    func plan(
        _ name: MacroID, on row: TicketRow, _ use: MacroUse
    ) throws(StoreError) -> Result<MacroPlan, DeskFailure> {
        let policy = desk.policy
        let ticket = row.ticket
        guard let macro = try reader.macro(name)?.macro,
            try MacroSight(reader, policy, caller).mayRead(macro)
        else { return .failure(.notFound("macro \(name.rawValue)")) }
        guard macro.isFor(ticket.team) else {
            let teams = macro.teams.map(\.rawValue).joined(separator: ", ")
            return .failure(
                .conflict(
                    "macro \(name.rawValue) is for tickets of \(teams); ticket \(ticket.number.rawValue) is with \(ticket.team.rawValue)"
                ))
        }
        if let target = ticket.mergedInto {
            return .failure(.rejected(.merged(ticket.number, into: target)))
        }
        if let asked = use.language, macro.texts[asked] == nil {
            let known = macro.texts.keys.map(\.rawValue).sorted().joined(separator: ", ")
            return .failure(.invalid(field: "language", expected: "one of \(known)"))
        }
        let inbox = policy.inboxes[ticket.inbox]
        let summary = try reader.ticketSummary(ticket.number, viewer: caller.viewer)
        let agent = try reader.agent(caller.agent, viewer: caller.viewer)
        let facts = MacroPlan.Facts(
            ticket: ticket, applier: caller.agent,
            language: row.language.flatMap(LanguageCode.init),
            inboxLanguage: inbox?.language ?? .english, asked: use.language,
            parameters: TextParameters(
                ticket: ticket.number, brand: inbox?.brand,
                agent: agent?.name ?? caller.agent.rawValue, team: ticket.team.rawValue,
                customer: summary?.customer.name, subject: summary?.subject),
            text: use.text)
        // A zone's table is made anew each time: only where it is asked for.
        let clock =
            macro.snooze == nil
            ? WhenText.utc(at: desk.now)
            : try AgentClock(reader: reader, desk: desk).when(caller.agent, row.ticket.inbox)
        return .success(MacroPlan.make(macro, for: facts, when: clock))
    }
}

/// Carries out a plan within the transaction.
struct MacroApplying {
    let session: TicketSession
    let caller: Caller
    let use: MacroUse
    let copies: [IdentityAddress]

    func carryOut(_ plan: MacroPlan, on number: TicketNumber) throws -> MessageID? {
        var message: MessageID?
        var isFree = false
        for planned in plan.steps where planned.skipped == nil {
            switch planned.step {
            case .transfer, .unassign: isFree = true
            case .assign: isFree = false
            default: break
            }
            if case .reply(let text, let then) = planned.step {
                message = try ReplyWriting(
                    session: session, row: try session.row(number), caller: caller
                ).write(use.draft(text, then), copies: copies)
            } else {
                try session.settle(try events(planned.step, try session.row(number)), on: number)
            }
        }
        // Once, when all is done: nobody is given what the next step takes away again.
        if isFree { try actions.routeIfFree(number) }
        return message
    }

    private var actions: TicketActions { TicketActions(session: session, caller: caller) }

    private func events(_ step: MacroPlan.Step, _ row: TicketRow) throws -> [RecordedEvent] {
        switch step {
        case .tag(let add, let remove):
            try session.perform(.tag(add: add, remove: remove), on: row)
        case .prioritise(let priority): try session.perform(.prioritise(priority), on: row)
        case .transfer(let team): try actions.transfer(team, nil, row)
        case .assign(let agent): try actions.assign(agent, row)
        case .unassign: try session.perform(.unassign(.agent), on: row)
        case .note(let text): try actions.note(text, row)
        case .pending: try session.perform(.setPending, on: row)
        case .close(let reason): try session.perform(.close(reason, cause: .agent), on: row)
        case .snooze(let until): try session.perform(.snooze(until: until, note: nil), on: row)
        case .reply: []
        }
    }
}
