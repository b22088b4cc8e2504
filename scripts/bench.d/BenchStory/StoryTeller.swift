import HelpdeskCore
import HelpdeskStore

/// Who has come into a story so far, under the names that the story has for them.
struct StoryCast: Sendable {
    struct Answer: Sendable {
        let message: MessageID
        let delivery: DeliveryID
    }

    var customers: [Int64: CustomerID] = [:]
    var invitations: [Int64: InvitationID] = [:]
    var recoveries: [Int64: RecoveryID] = [:]
    /// The last answer of each ticket.
    var answers: [TicketNumber: Answer] = [:]
    var tickets = 0
    var messages = 0
}

/// Turns lines of a story into events, within a transaction.
struct StoryTeller {
    let transaction: StoreTransaction
    var cast: StoryCast
    let salt: [UInt8]

    static let inbox = InboxID(rawValue: "support-mail")
    /// Later than any story: nothing is due in it.
    static let never = Instant(milliseconds: 4_000_000_000_000)

    mutating func tell(_ line: StoryLine) throws {
        transaction.letTimePass(until: line.at)
        switch line.verb {
        case "open": try open(line)
        case "hear", "call": try hear(line)
        case "write": try write(line)
        case "arrive", "fail": try settle(line)
        case "return": try comeBack(line)
        case "give", "take", "move", "turn", "tag", "class", "merge": try handle(line)
        case "clock", "stop", "promise", "keep": try promise(line)
        default: try survey(line)
        }
    }

    @discardableResult
    func append(
        _ event: DomainEvent, _ ticket: TicketNumber?, of customer: CustomerID? = nil,
        by actor: Actor = .system
    ) throws(StoreError) -> RecordedEvent {
        try transaction.append(event, ticket: ticket, customer: customer, by: actor)
    }

    func customer(of ticket: TicketNumber) throws -> CustomerID {
        guard let row = try transaction.reader.ticket(ticket, viewer: .system) else {
            throw StoryTrouble(text: "ticket \(ticket.rawValue) is not there yet")
        }
        return row.ticket.customer
    }

    // MARK: a ticket and what is said in it

    private mutating func open(_ line: StoryLine) throws {
        let number = transaction.nextTicket()
        guard try line.ticket(0) == number else {
            throw line.trouble("the next ticket is \(number.rawValue)")
        }
        let customer = try known(try line.integer(1))
        let subject = try transaction.keep(
            "Order \(number.rawValue)", as: .subject, of: customer, salt: salt)
        try append(
            .ticket(
                .opened(
                    TicketOpened(
                        team: line.value(3), inbox: Self.inbox, channel: line.value(2),
                        customer: customer, origin: line.value(5), ticketClass: .regular,
                        status: .new, priority: .normal, language: "en", subject: subject,
                        isPrivate: line.word(4) == "1"))), number, of: customer)
        cast.tickets += 1
    }

    mutating func known(_ name: Int64) throws -> CustomerID {
        if let customer = cast.customers[name] { return customer }
        let customer = transaction.nextCustomer()
        cast.customers[name] = customer
        try append(
            .customer(.created(CustomerCreated(customer: customer, inbox: Self.inbox))), nil,
            of: customer)
        return customer
    }

    private static let phrases = [
        "the parcel has not arrived and nobody answers the phone",
        "my card was charged twice for the same order",
        "I cannot sign in since the change of my number",
        "thank you, and one more question about the invoice",
        "please send the receipt to my new address",
    ]

    private mutating func words(_ message: MessageID, of customer: CustomerID) throws -> ContentRef
    {
        cast.messages += 1
        let phrase = Self.phrases[Int(message.rawValue % Int64(Self.phrases.count))]
        return try transaction.keep(
            json: MessageContent(text: "\(phrase) (\(message.rawValue))"), as: .message,
            of: customer, salt: salt)
    }

    private mutating func hear(_ line: StoryLine) throws {
        let ticket = try line.ticket(0)
        let customer = try customer(of: ticket)
        let isCall = line.verb == "call"
        let message = transaction.nextMessage()
        try append(
            .ticket(
                .messageReceived(
                    MessageReceived(
                        message: message, inbox: Self.inbox, channel: line.value(1),
                        kind: isCall ? .call : .message, author: .customer, identity: nil,
                        senderAuth: .verified, autoSubmitted: .no, sentAt: line.at, origin: .live,
                        content: words(message, of: customer), raw: nil, attachments: [],
                        fingerprint: "\(message.rawValue)",
                        threading: ThreadingDecision(
                            rule: .none, outcome: .joined, ticket: ticket, steps: []),
                        call: isCall
                            ? CallFigures(
                                direction: .inbound, outcome: .answered, durationSeconds: 60)
                            : nil))), ticket, of: customer, by: .customer(customer))
    }

    private mutating func write(_ line: StoryLine) throws {
        let (ticket, agent) = (try line.ticket(0), try line.agent(1))
        let customer = try customer(of: ticket)
        let message = transaction.nextMessage()
        try append(
            .ticket(
                .messageWritten(
                    MessageWritten(
                        message: message, inbox: Self.inbox, channel: .email, agent: agent,
                        content: words(message, of: customer), attachments: [], answers: nil))),
            ticket, of: customer, by: .agent(agent))
        cast.answers[ticket] = StoryCast.Answer(
            message: message,
            delivery: try queue(.reply, ticket, customer, message: message, invitation: nil))
    }

    func queue(
        _ purpose: DeliveryPurpose, _ ticket: TicketNumber?, _ customer: CustomerID,
        message: MessageID?, invitation: InvitationID?
    ) throws -> DeliveryID {
        let delivery = transaction.nextDelivery()
        let content = try transaction.keep(
            json: DeliveryContent(
                recipients: ["c\(customer.rawValue)@outside.example"], subject: nil,
                messageID: "\(delivery.rawValue)@desk.example"), as: .delivery, of: customer,
            salt: salt)
        try append(
            .delivery(
                .queued(
                    DeliveryQueued(
                        delivery: delivery, purpose: purpose, inbox: Self.inbox, message: message,
                        invitation: invitation, content: content, due: transaction.now))), ticket,
            of: customer)
        return delivery
    }

    func settle(
        _ delivery: DeliveryID, _ state: DeliveryState, _ ticket: TicketNumber?,
        _ customer: CustomerID
    ) throws {
        try append(
            .delivery(.attempted(DeliveryAttempted(delivery: delivery, attempt: 1))), ticket,
            of: customer)
        try append(
            .delivery(
                .settled(
                    DeliverySettled(
                        delivery: delivery, state: state, attempt: 1, next: nil,
                        code: state == .sent ? "250" : "550", detail: nil))), ticket, of: customer)
    }

    private func answer(in ticket: TicketNumber, _ line: StoryLine) throws -> StoryCast.Answer {
        guard let answer = cast.answers[ticket] else {
            throw line.trouble("nothing was written in \(ticket.rawValue)")
        }
        return answer
    }

    private func settle(_ line: StoryLine) throws {
        let ticket = try line.ticket(0)
        try settle(
            try answer(in: ticket, line).delivery, line.verb == "arrive" ? .sent : .failed, ticket,
            customer(of: ticket))
    }

    private func comeBack(_ line: StoryLine) throws {
        let ticket = try line.ticket(0)
        let answer = try answer(in: ticket, line)
        let customer = try customer(of: ticket)
        try append(
            .delivery(
                .reported(
                    DeliveryReported(
                        delivery: answer.delivery, verdict: .bouncedForEver,
                        report: answer.message, code: "5.1.1", detail: nil))), ticket, of: customer)
        try append(
            .ticket(
                .replyReturned(
                    ReplyReturned(
                        message: answer.message, delivery: answer.delivery, code: "5.1.1"))),
            ticket, of: customer)
    }
}
