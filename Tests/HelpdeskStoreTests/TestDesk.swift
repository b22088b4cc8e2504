import Foundation
import HelpdeskCore
import Testing

@testable import HelpdeskStore

/// A store in a temporary folder, written by hand through events with fixed ids, times and salts.
final class TestDesk {
    let store: Store
    let folder: URL
    /// The time of the next write; each write moves it on by a minute.
    private(set) var now = Instant(milliseconds: 1_800_000_000_000)

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("hamdel-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try Store(
            path: folder.appendingPathComponent("desk.db").path, now: now,
            seed: StoreSeed(signingKey: [UInt8](repeating: 1, count: 32)))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    static let start = Instant(milliseconds: 1_800_000_000_000)

    /// One command of its own, a minute after the one before.
    @discardableResult
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (StoreTransaction) throws -> Value
    ) throws -> Value {
        now = now + .minutes(1)
        return try store.writer.submitNow(at: now, failing: Never.self, body)
    }

    /// SQL behind the store's back: what damages it, or a team.
    func execute(_ sql: String, _ parameters: [any SQLBindable] = []) throws {
        _ = try store.database.write { connection throws(StoreError) in
            try connection.execute(sql, parameters)
        }
    }

    func read<Value: Sendable>(
        _ body: (StoreReader) throws(StoreError) -> Value
    ) throws -> Value {
        try store.readNow(body)
    }

    /// Two teams, one private, and who is in them: `sara` in support, `hami` in people, `lea` in both.
    func addStaff() throws {
        for (team, isPrivate) in [("support", 0), ("people", 1)] {
            try execute("INSERT INTO teams (name, private) VALUES ($1, $2)", [team, isPrivate])
        }
        for (login, teams) in [
            ("sara", ["support"]), ("hami", ["people"]), ("lea", ["people", "support"]),
        ] {
            try execute(
                """
                INSERT INTO agents (login, name, role, capacity, extension, state, created_at)
                VALUES ($1, $2, 'agent', 5, NULL, 'active', 0)
                """, [login, login.capitalized])
            for team in teams {
                try execute(
                    "INSERT INTO agent_teams (agent, team) VALUES ($1, $2)", [login, team])
            }
        }
    }
}

extension Viewer {
    static let sara = Viewer.agent(.sara)
    static let hami = Viewer.agent(AgentID(rawValue: "hami"))
    static let lea = Viewer.agent(AgentID(rawValue: "lea"))
}

extension AgentID { static let sara = AgentID(rawValue: "sara") }

extension TeamID {
    static let support = TeamID(rawValue: "support")
    static let people = TeamID(rawValue: "people")
}

extension InboxID {
    static let mail = InboxID(rawValue: "support-mail")
    static let chat = InboxID(rawValue: "site-chat")
    static let phones = InboxID(rawValue: "phones")
}

/// What a test message is made of; the rest has one fixed value.
struct Letter: Sendable {
    var text = "Hello"
    var subject: String?
    var channel = ChannelKind.email
    var inbox = InboxID.mail
    var kind = MessageKind.message
    var auth = SenderAuth.verified
    var origin = Origin.live
    var sentAt: Instant?
    var externalID: String?
    var conversation: String?
    var messageID: String?
    var raw: [UInt8]?
    var files: [MessageContent.File] = []
    var attachments: [AttachmentRef] = []
    var call: Call?
    var threading = ThreadingDecision(rule: .none, outcome: .opened, ticket: nil, steps: [])
}

extension StoreTransaction {
    static let salt = [UInt8](repeating: 7, count: 16)

    @discardableResult
    func add(
        _ event: DomainEvent, _ ticket: TicketNumber?, _ customer: CustomerID?,
        by actor: Actor = .system
    ) throws -> RecordedEvent {
        try append(event, ticket: ticket, customer: customer, by: actor)
    }

    func makeCustomer(
        _ name: String?, _ address: IdentityAddress? = nil,
        verification: IdentityLinked.Verification = .verified, scope: InboxID? = nil
    ) throws -> CustomerID {
        let customer = nextCustomer()
        try add(
            .customer(.created(CustomerCreated(customer: customer, inbox: .mail))), nil, customer)
        if let name {
            let content = try keep(name, as: .name, of: customer, salt: Self.salt)
            try add(
                .customer(.named(CustomerNamed(customer: customer, name: content))), nil, customer)
        }
        if let address {
            let content = try keep(address.value, as: .address, of: customer, salt: Self.salt)
            try add(
                .customer(
                    .identityLinked(
                        IdentityLinked(
                            identity: nextIdentity(), customer: customer, kind: address.kind,
                            verification: verification, evidence: .firstContact, scope: scope,
                            address: content))), nil, customer)
        }
        return customer
    }

    func open(
        _ customer: CustomerID, team: TeamID = .support, _ subject: String? = nil,
        inbox: InboxID = .mail, channel: ChannelKind = .email, origin: Origin = .live,
        ticketClass: TicketClass = .regular, status: TicketStatus = .new
    ) throws -> TicketNumber {
        let number = nextTicket()
        let content = try subject.map {
            try keep($0, as: .subject, of: customer, salt: Self.salt)
        }
        try add(
            .ticket(
                .opened(
                    TicketOpened(
                        team: team, inbox: inbox, channel: channel, customer: customer,
                        origin: origin, ticketClass: ticketClass, status: status,
                        priority: .normal, language: "en", subject: content,
                        isPrivate: team == .people))), number, customer)
        return number
    }

    @discardableResult
    func receive(
        _ ticket: TicketNumber, _ customer: CustomerID, _ letter: Letter = Letter()
    ) throws -> MessageID {
        let message = nextMessage()
        let content = MessageContent(
            externalID: letter.externalID ?? "ext-\(message.rawValue)",
            conversation: letter.conversation, subject: letter.subject,
            authorName: "Writer \(customer.rawValue)", address: "email:w\(customer.rawValue)@x.ir",
            text: letter.text, fullText: letter.text + "\n> quoted", files: letter.files,
            mail: letter.channel != .email
                ? nil
                : MessageContent.Mail(
                    from: [.init(name: nil, address: "w\(customer.rawValue)@x.ir")], to: [],
                    cc: [], replyTo: [], date: nil,
                    messageID: letter.messageID ?? "m\(message.rawValue)@x.ir", inReplyTo: [],
                    references: []),
            call: letter.call)
        var hash: BlobHash?
        if let raw = letter.raw {
            let found = VerificationRun.hash(raw)
            try keep(blob: raw, hash: found)
            hash = found
        }
        try add(
            .ticket(
                .messageReceived(
                    MessageReceived(
                        message: message, inbox: letter.inbox, channel: letter.channel,
                        kind: letter.kind, author: .customer, identity: nil,
                        senderAuth: letter.auth, autoSubmitted: .no, sentAt: letter.sentAt,
                        origin: letter.origin,
                        content: try keep(
                            json: content, as: .message, of: customer, salt: Self.salt),
                        raw: hash, attachments: letter.attachments,
                        fingerprint: "f\(message.rawValue)", threading: letter.threading,
                        call: letter.call.map {
                            CallFigures(
                                direction: $0.direction, outcome: $0.outcome,
                                durationSeconds: $0.durationSeconds)
                        }))), ticket, customer, by: .customer(customer))
        return message
    }

    @discardableResult
    func answer(
        _ ticket: TicketNumber, _ customer: CustomerID, _ text: String, by agent: AgentID = .sara,
        inbox: InboxID = .mail, channel: ChannelKind = .email
    ) throws -> (message: MessageID, delivery: DeliveryID) {
        let message = nextMessage()
        let messageID = "out\(message.rawValue)@desk"
        let content = MessageContent(
            externalID: messageID, subject: "Re", text: text, fullText: text,
            mail: MessageContent.Mail(
                from: [], to: [], cc: [], replyTo: [], date: nil, messageID: messageID,
                inReplyTo: [], references: []))
        try add(
            .ticket(
                .messageWritten(
                    MessageWritten(
                        message: message, inbox: inbox, channel: channel, agent: agent,
                        content: try keep(
                            json: content, as: .message, of: customer, salt: Self.salt),
                        attachments: [], answers: nil))), ticket, customer, by: .agent(agent))
        let delivery = try queue(.reply, message, ticket, customer, messageID: messageID)
        return (message, delivery)
    }

    @discardableResult
    func queue(
        _ purpose: DeliveryPurpose, _ message: MessageID?, _ ticket: TicketNumber?,
        _ customer: CustomerID, messageID: String
    ) throws -> DeliveryID {
        let delivery = nextDelivery()
        let content = DeliveryContent(
            recipients: ["w\(customer.rawValue)@x.ir"], subject: "Re", messageID: messageID)
        try add(
            .delivery(
                .queued(
                    DeliveryQueued(
                        delivery: delivery, purpose: purpose, inbox: .mail, message: message,
                        invitation: nil,
                        content: try keep(
                            json: content, as: .delivery, of: customer, salt: Self.salt),
                        due: now))), ticket, customer)
        return delivery
    }

    func note(_ ticket: TicketNumber, _ customer: CustomerID, _ text: String) throws -> MessageID {
        let message = nextMessage()
        try add(
            .ticket(
                .noteWritten(
                    NoteWritten(
                        message: message, agent: .sara,
                        content: try keep(
                            json: MessageContent(text: text), as: .message, of: customer,
                            salt: Self.salt)))), ticket, customer, by: .agent(.sara))
        return message
    }

    func close(_ ticket: TicketNumber, _ customer: CustomerID) throws {
        try add(
            .ticket(
                .statusChanged(
                    StatusChanged(from: .open, to: .closed, reason: .solved, cause: .agent))),
            ticket, customer, by: .agent(.sara))
    }

    func assign(_ ticket: TicketNumber, _ customer: CustomerID, to agent: AgentID) throws {
        try add(
            .ticket(
                .assigned(TicketAssigned(agent: agent, previous: nil, by: .agent, decision: nil))),
            ticket, customer, by: .agent(agent))
    }

    /// Asked and answered.
    @discardableResult
    func score(
        _ score: Int, _ ticket: TicketNumber, _ customer: CustomerID, _ comment: String? = nil,
        agent: AgentID = .sara
    ) throws -> InvitationID {
        let invitation = nextInvitation()
        try add(
            .survey(
                .scheduled(SurveyScheduled(invitation: invitation, kind: .csat, due: now))),
            ticket, customer)
        try add(
            .survey(
                .sent(
                    SurveySent(
                        invitation: invitation, delivery: nextDelivery(), inbox: .mail,
                        agent: agent, language: "en", expires: now + .days(14),
                        tokenHash: "t\(invitation.rawValue)"))), ticket, customer)
        try add(
            .survey(
                .answered(
                    SurveyAnswered(
                        invitation: invitation, score: score, previous: nil,
                        comment: try comment.map {
                            try keep($0, as: .comment, of: customer, salt: Self.salt)
                        }))), ticket, customer, by: .customer(customer))
        return invitation
    }
}
