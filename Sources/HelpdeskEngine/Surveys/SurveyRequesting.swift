public import HelpdeskCore
internal import HelpdeskStore

/// A survey that a program outside wants asked: a week after a purchase, after three months of silence.
public struct SurveyRequest: Hashable, Sendable {
    /// About whom; nil: the customer of the ticket.
    public var customer: CustomerChoice?
    public var ticket: TicketNumber?
    public var kind: SurveyKind
    /// A policy by its name; nil: the first that fits the kind.
    public var policy: String?
    /// Through which inbox; nil: as the customer is best reached.
    public var inbox: InboxID?
    /// Nil: now.
    public var at: Instant?
    public var language: LanguageCode?

    public init(
        customer: CustomerChoice?, ticket: TicketNumber?, kind: SurveyKind, policy: String? = nil,
        inbox: InboxID? = nil, at: Instant? = nil, language: LanguageCode? = nil
    ) {
        self.customer = customer
        self.ticket = ticket
        self.kind = kind
        self.policy = policy
        self.inbox = inbox
        self.at = at
        self.language = language
    }
}

/// What came of a request.
public struct SurveyRequestOutcome: Hashable, Sendable {
    public let invitation: InvitationID
    public let customer: CustomerID
    public let policy: String
    public let decision: SurveyDecision
}

extension SurveyDesk {
    /// How far ahead a survey can be asked for.
    public static let furthest = TimeSpan.days(366)

    /// Decides about a survey that somebody asks for, under the same policy as any other.
    public func ask(
        _ request: SurveyRequest, by caller: Caller, command: CommandID?
    ) async throws(DeskFailure) -> SurveyRequestOutcome {
        if let at = request.at, at > desk.now + Self.furthest {
            throw .invalid(field: "at", expected: "a time within a year")
        }
        let desk = desk
        return try await desk.write { transaction in
            let session = TicketSession(desk, transaction, by: caller.actor, command: command)
            return try SurveyRequesting(session: session, caller: caller).ask(request)
        }
    }
}

struct SurveyRequesting {
    let session: TicketSession
    let caller: Caller

    func ask(_ request: SurveyRequest) throws -> SurveyRequestOutcome {
        let target = try target(request)
        let policy = try policy(request, target)
        if let inbox = request.inbox, session.policy.inboxes[inbox] == nil {
            throw DeskFailure.notFound("inbox \(inbox.rawValue)")
        }
        let outcome = try SurveyDispatch(session: session).decide(
            target, policy, .request,
            wishes: SurveyDispatch.Wishes(
                inbox: request.inbox, language: request.language?.rawValue,
                at: request.at.map { max($0, session.now) }))
        return SurveyRequestOutcome(
            invitation: outcome.invitation, customer: target.customer, policy: policy.name,
            decision: outcome.decision)
    }

    private func target(_ request: SurveyRequest) throws -> SurveyTarget {
        if let number = request.ticket {
            guard let row = try session.reader.ticket(number, viewer: caller.viewer) else {
                throw DeskFailure.notFound("ticket \(number.rawValue)")
            }
            return SurveyTarget(about: row)
        }
        switch request.customer {
        case .id(let id):
            guard try session.reader.customerExists(id, viewer: caller.viewer) else {
                throw DeskFailure.notFound("customer \(id.rawValue)")
            }
            return try SurveyTarget(id, session)
        case .address(let address):
            guard let folded = IdentityFolding.fold(address) else {
                throw DeskFailure.invalid(
                    field: "address", expected: "an address such as a@b.example")
            }
            let known = try session.reader.identity(folded, scope: nil)?.customer
            return try SurveyTarget(
                known ?? NewCustomer(session: session).create(folded).customer, session)
        case nil:
            throw DeskFailure.invalid(
                field: "customer", expected: "a customer's id, an address or a ticket")
        }
    }

    private func policy(_ request: SurveyRequest, _ target: SurveyTarget) throws -> SurveyPolicy {
        guard let name = request.policy else {
            let subject = try SurveyFinding(session: session).subject(target)
            return session.policy.surveys.requested(request.kind, for: subject)
        }
        guard let policy = session.policy.surveys.policy(named: name), policy.kind == request.kind
        else {
            throw DeskFailure.invalid(
                field: "policy", expected: "the name of a survey of kind \(request.kind.rawValue)")
        }
        return policy
    }
}
