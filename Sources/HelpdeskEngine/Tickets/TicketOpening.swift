internal import ChannelKit
public import HelpdeskCore
internal import HelpdeskStore

/// Whom a ticket opened by hand is for.
public enum CustomerChoice: Hashable, Sendable {
    case id(CustomerID)
    case address(IdentityAddress)
}

public struct TicketRequest: Hashable, Sendable {
    public var customer: CustomerChoice
    public var subject: String?
    /// What the customer is written; nil: the ticket waits for somebody to ring or write.
    public var text: String?
    public var inbox: InboxID?
    public var team: TeamID?
    public var assignee: AgentID?
    public var priority: TicketPriority
    public var tags: [String]

    public init(
        customer: CustomerChoice, subject: String?, text: String? = nil, inbox: InboxID? = nil,
        team: TeamID? = nil, assignee: AgentID? = nil, priority: TicketPriority = .normal,
        tags: [String] = []
    ) {
        self.customer = customer
        self.subject = subject
        self.text = text
        self.inbox = inbox
        self.team = team
        self.assignee = assignee
        self.priority = priority
        self.tags = tags
    }
}

/// Opens a ticket that no message opened.
struct TicketOpening {
    let session: TicketSession
    let caller: Caller

    func open(_ request: TicketRequest) throws -> TicketNumber {
        let inbox = try inbox(request)
        let team = request.team ?? inbox.team
        guard let policy = session.policy.teams[team] else {
            throw DeskFailure.notFound("team \(team.rawValue)")
        }
        guard try policy.privacy == .open || session.reader.isMember(caller.agent, of: team) else {
            throw DeskFailure.notFound("team \(team.rawValue)")
        }
        let customer = try customer(request.customer)
        let number = session.transaction.nextTicket()
        let subject = try request.subject.flatMap { text in
            text.isEmpty ? nil : try session.keep(text, as: .subject, of: customer)
        }
        let language = LanguageGuess.language(of: request.text ?? request.subject ?? "")
        try session.append(
            [
                .opened(
                    TicketOpened(
                        team: team, inbox: inbox.id, channel: inbox.channel, customer: customer,
                        origin: .agent, ticketClass: .regular, status: .new,
                        priority: request.priority, language: language?.rawValue,
                        subject: subject, isPrivate: policy.privacy == .restricted))
            ], to: nil, number: number, customer: customer)
        let actions = TicketActions(session: session, caller: caller)
        if !request.tags.isEmpty {
            try actions.carryOut(
                .tag(add: request.tags, remove: []), on: try session.row(number))
        }
        try TicketRules(session: session).opened(
            number,
            words: TicketRules.Words(subject: request.subject, text: request.text, sender: nil),
            chooser: request.team == nil ? .inbox : .person, cause: nil)
        if let assignee = request.assignee {
            try actions.carryOut(.assign(assignee), on: try session.row(number))
        } else {
            try TicketRouting(session: session).route(try session.row(number))
        }
        if let text = request.text, text.utf8.contains(where: { $0 > 0x20 }) {
            try write(text, number, inbox)
        }
        return number
    }

    /// The first word is ours: it goes out through the ticket's inbox, as an agent's reply would.
    private func write(_ text: String, _ number: TicketNumber, _ inbox: InboxPolicy) throws {
        let draft = ReplyDraft(
            text: text,
            inbox: inbox.capabilities.sending == .supported ? inbox.id : nil)
        _ = try ReplyWriting(session: session, row: try session.row(number), caller: caller)
            .write(draft, copies: [])
    }

    /// The named inbox, or the first of the named team, else of the agent's own teams, that can reach a customer in writing.
    private func inbox(_ request: TicketRequest) throws -> InboxPolicy {
        if let id = request.inbox {
            guard let inbox = session.policy.inboxes[id] else {
                throw DeskFailure.notFound("inbox \(id.rawValue)")
            }
            return inbox
        }
        let inboxes = session.policy.inboxes.values.sorted { $0.id < $1.id }
        let own = try session.reader.teams(of: caller.agent)
        let fitting = inboxes.filter { inbox in
            guard let team = request.team else {
                return own.contains(inbox.team)
            }
            return inbox.team == team
        }
        let open = inboxes.filter { session.policy.teams[$0.team]?.privacy != .restricted }
        let candidates = fitting.isEmpty ? open : fitting
        let writing = candidates.first {
            $0.channel == .email && $0.capabilities.sending == .supported
        }
        guard let inbox = writing ?? candidates.first else {
            throw DeskFailure.invalid(field: "inbox", expected: "a configured inbox")
        }
        return inbox
    }

    private func customer(_ choice: CustomerChoice) throws -> CustomerID {
        switch choice {
        case .id(let id):
            guard try session.reader.customerExists(id, viewer: caller.viewer) else {
                throw DeskFailure.notFound("customer \(id.rawValue)")
            }
            return id
        case .address(let address):
            guard let folded = IdentityFolding.fold(address) else {
                throw DeskFailure.invalid(
                    field: "customer", expected: "an id or an address such as a@b.example")
            }
            if let known = try session.reader.identity(folded, scope: nil) {
                return known.customer
            }
            return try NewCustomer(session: session).create(folded).customer
        }
    }
}

/// A customer whom an agent named by an address.
struct NewCustomer {
    let session: TicketSession

    func create(
        _ address: IdentityAddress
    ) throws -> (customer: CustomerID, identity: IdentityID) {
        let customer = session.transaction.nextCustomer()
        let identity = session.transaction.nextIdentity()
        try append(.created(CustomerCreated(customer: customer, inbox: nil)), customer)
        try append(
            .identityLinked(
                IdentityLinked(
                    identity: identity, customer: customer, kind: address.kind,
                    verification: .unverified, evidence: .agent, scope: nil,
                    address: try session.keep(address.value, as: .address, of: customer))),
            customer)
        return (customer, identity)
    }

    private func append(_ event: CustomerEvent, _ customer: CustomerID) throws {
        try session.transaction.append(
            .customer(event), ticket: nil, customer: customer, by: session.actor,
            command: session.command)
    }
}
