import HelpdeskCore
import Testing

/// The table of DESIGN §4, cell by cell.
@Suite("Threading")
struct ThreadingTableTests {
    typealias Facts = ThreadingFacts
    typealias Outcome = ThreadingDecision.Outcome
    typealias Rule = ThreadingDecision.Rule

    static let now = Instant(milliseconds: 1_795_341_600_000)
    static let policy = ThreadingPolicy(reopenWindow: .days(14), continuity: .hours(72))

    enum Evidence: CaseIterable, Sendable {
        case token, reference, conversation, subjectTag, continuity
    }

    static func candidate(
        _ sender: Facts.Candidate.Sender = .participant, number: Int64 = 7,
        standing: Facts.Candidate.Standing = .active, spoken: Instant = now - .hours(1),
        ticketClass: TicketClass = .regular
    ) -> Facts.Candidate {
        Facts.Candidate(
            ticket: TicketNumber(rawValue: number), standing: standing, sender: sender,
            lastSpoken: spoken, ticketClass: ticketClass)
    }

    static func facts(
        _ evidence: Evidence, _ candidate: Facts.Candidate, auth: SenderAuth,
        kind: MessageKind = .message, ticketClass: TicketClass = .regular,
        reopening: Facts.Reopening = .allowed, conversations: ConversationKind = .session
    ) -> Facts {
        var facts = Facts(
            senderAuth: auth, kind: kind, ticketClass: ticketClass,
            conversationKind: conversations, reopening: reopening)
        switch evidence {
        case .token: facts.token = .genuine(candidate)
        case .reference: facts.references = [candidate]
        case .conversation: facts.conversation = candidate
        case .subjectTag: facts.subjectTag = candidate
        case .continuity: facts.active = [candidate]
        }
        return facts
    }

    static func decide(_ facts: Facts, _ policy: ThreadingPolicy = policy) -> ThreadingDecision {
        Threading.decide(facts, policy: policy, at: now)
    }

    struct Cell: Sendable, CustomStringConvertible {
        let evidence: Evidence
        let sender: Facts.Candidate.Sender
        let auth: SenderAuth
        let outcome: Outcome
        let mark: ThreadingDecision.Mark?
        var description: String { "\(evidence) \(sender) \(auth)" }
    }

    static let cells: [Cell] = Evidence.allCases.flatMap { evidence in
        [Facts.Candidate.Sender.participant, .stranger].flatMap { sender in
            [SenderAuth.verified, .unchecked, .failed].map { auth in
                let isStrong = [.token, .reference, .conversation].contains(evidence)
                let joins =
                    sender == .participant && (isStrong ? auth != .failed : auth == .verified)
                return Cell(
                    evidence: evidence, sender: sender, auth: auth,
                    outcome: joins ? .joined : isStrong ? .linked : .hinted,
                    mark: joins && auth == .unchecked ? .uncheckedSender : nil)
            }
        }
    }

    @Test("gives each cell of the table its outcome", arguments: cells)
    func cell(cell: Cell) {
        let decision = Self.decide(
            Self.facts(cell.evidence, Self.candidate(cell.sender), auth: cell.auth))
        #expect(decision.outcome == cell.outcome)
        #expect(decision.mark == cell.mark)
        #expect(decision.ticket == TicketNumber(rawValue: 7))
        #expect(decision.joins == (cell.outcome == .joined))
        let verdicts = decision.steps.filter { $0.verdict != .absent }
        #expect(verdicts.count == 1, "one step had evidence: \(decision.steps)")
    }

    @Test("without evidence opens, and says what was looked for")
    func nothing() {
        let decision = Self.decide(Facts(senderAuth: .verified, kind: .message))
        #expect(
            decision
                == ThreadingDecision(
                    rule: .none, outcome: .opened, ticket: nil,
                    steps: [Rule.token, .reference, .conversation, .subjectTag, .continuity].map {
                        ThreadingDecision.Step(rule: $0, ticket: nil, verdict: .absent)
                    }))
    }

    @Test(
        "reopens to the last moment of the window and follows up after it",
        arguments: [
            (Evidence.token, Int64(0), Outcome.reopened), (.token, 1, .followUp),
            (.reference, 0, .reopened), (.reference, 1, .followUp), (.conversation, 0, .reopened),
            (.conversation, 1, .followUp), (.subjectTag, 0, .reopened), (.subjectTag, 1, .followUp),
        ])
    func reopening(evidence: Evidence, late: Int64, outcome: Outcome) {
        let closed = Self.now - .days(14) - TimeSpan(milliseconds: late)
        let decision = Self.decide(
            Self.facts(evidence, Self.candidate(standing: .closed(at: closed)), auth: .verified))
        #expect(decision.outcome == outcome)
        #expect(decision.ticket == TicketNumber(rawValue: 7))
    }

    @Test(
        "never reopens for thanks alone or a machine, whenever they come",
        arguments: [Int64(0), 1, 400])
    func withheld(days: Int64) {
        let decision = Self.decide(
            Self.facts(
                .token, Self.candidate(standing: .closed(at: Self.now - .days(days))),
                auth: .verified,
                reopening: .withheld))
        #expect(decision.outcome == .joinedClosed)
    }

    @Test(
        "takes in by continuity to the last moment of the window",
        arguments: [
            (SenderAuth.verified, Int64(0), Outcome.joined), (.verified, 1, .opened),
            (.unchecked, 0, .hinted),
            (.unchecked, 1, .opened), (.failed, 0, .hinted),
        ])
    func continuity(auth: SenderAuth, late: Int64, outcome: Outcome) {
        let spoken = Self.now - .hours(72) - TimeSpan(milliseconds: late)
        let decision = Self.decide(
            Self.facts(.continuity, Self.candidate(spoken: spoken), auth: auth))
        #expect(decision.outcome == outcome)
    }

    @Test("has no continuity where the inbox has none")
    func noContinuity() {
        let decision = Self.decide(
            Self.facts(.continuity, Self.candidate(), auth: .verified), ThreadingPolicy())
        #expect(decision.outcome == .opened)
    }

    @Test("continues the ticket last spoken in, of several; spam is none of them")
    func severalActive() {
        var facts = Facts(senderAuth: .verified, kind: .message)
        facts.active = [
            Self.candidate(number: 3, spoken: Self.now - .hours(5)),
            Self.candidate(number: 4, spoken: Self.now - .hours(2)),
            Self.candidate(number: 9, spoken: Self.now - .hours(1), ticketClass: .spam),
            Self.candidate(number: 5, spoken: Self.now - .hours(2)),
        ]
        #expect(Self.decide(facts).ticket == TicketNumber(rawValue: 5))
    }

    @Test(
        "attaches a call by its number and marks it, unless the network says it is forged",
        arguments: [
            (SenderAuth.unchecked, Outcome.joined), (.verified, .joined), (.failed, .hinted),
        ])
    func calls(auth: SenderAuth, outcome: Outcome) {
        let decision = Self.decide(
            Self.facts(.continuity, Self.candidate(), auth: auth, kind: .call))
        #expect(decision.outcome == outcome)
        #expect(decision.mark == (outcome == .joined ? .callByNumber : nil))
    }

    @Test(
        "keeps a perpetual conversation for a day after closing, whatever the inbox's window",
        arguments: [
            (Int64(0), TimeSpan.days(14), Outcome.reopened), (1, .days(14), .opened),
            (0, .hours(1), .reopened),
        ])
    func perpetual(late: Int64, window: TimeSpan, outcome: Outcome) {
        let closed = Self.now - .hours(24) - TimeSpan(milliseconds: late)
        let decision = Self.decide(
            Self.facts(
                .conversation, Self.candidate(standing: .closed(at: closed)), auth: .verified,
                conversations: .perpetual),
            ThreadingPolicy(reopenWindow: window, continuity: .hours(72)))
        #expect(decision.outcome == outcome)
        if outcome == .opened {
            #expect(decision.steps.map(\.verdict).contains(.conversationRested))
        }
    }

    @Test("goes on with an active perpetual conversation for ever")
    func perpetualActive() {
        let decision = Self.decide(
            Self.facts(
                .conversation, Self.candidate(spoken: Self.now - .days(900)), auth: .unchecked,
                conversations: .perpetual))
        #expect(decision.outcome == .joined)
    }

    @Test(
        "lets spam into no work by any evidence, nor bulk that is no machine's answer",
        arguments: Evidence.allCases)
    func spam(evidence: Evidence) {
        for (ticketClass, reopening) in [
            (TicketClass.spam, Facts.Reopening.allowed), (.spam, .withheld), (.bulk, .allowed),
        ] {
            let decision = Self.decide(
                Self.facts(
                    evidence, Self.candidate(), auth: .verified, ticketClass: ticketClass,
                    reopening: reopening))
            #expect(decision.outcome == .hinted, "\(ticketClass) \(reopening)")
        }
    }

    @Test("lets a machine's answer to us join what it answers")
    func bounce() {
        let decision = Self.decide(
            Self.facts(
                .token, Self.candidate(), auth: .unchecked, ticketClass: .bulk, reopening: .withheld
            ))
        #expect(decision.outcome == .joined)
    }

    @Test("goes on to the next evidence when one fails, and points to the first that failed")
    func goesOn() {
        var facts = Facts(senderAuth: .verified, kind: .message)
        facts.token = .genuine(Self.candidate(.stranger, number: 1))
        facts.references = [Self.candidate(.stranger, number: 2), Self.candidate(number: 3)]
        let joined = Self.decide(facts)
        #expect(joined.rule == .reference)
        #expect(joined.ticket == TicketNumber(rawValue: 3))
        #expect(joined.steps.map(\.verdict) == [.notParticipant, .notParticipant, .matched])
        facts.references = [Self.candidate(.stranger, number: 2)]
        facts.subjectTag = Self.candidate(.stranger, number: 4)
        let linked = Self.decide(facts)
        #expect(linked.outcome == .linked)
        #expect(linked.ticket == TicketNumber(rawValue: 1))
        facts.token = .damaged
        #expect(Self.decide(facts).ticket == TicketNumber(rawValue: 2))
        #expect(Self.decide(facts).steps.first?.verdict == .damagedToken)
    }
}
