import HelpdeskCore

@testable import HelpdeskStore

/// A desk on which every read has something to find: one customer of the support team, one of the private team, one of both.
struct FullDesk {
    static let raw = Array("Subject: lamp\r\n\r\naGVsbG8=\r\n".utf8)
    let desk: TestDesk

    // Fixed by the order of writing.
    static let open = CustomerID(rawValue: 1)
    static let hidden = CustomerID(rawValue: 2)
    static let both = CustomerID(rawValue: 3)
    static let openTicket = TicketNumber(rawValue: 1)
    static let hiddenTicket = TicketNumber(rawValue: 2)
    static let bothOpen = TicketNumber(rawValue: 3)
    static let bothHidden = TicketNumber(rawValue: 4)

    init() throws {
        desk = try TestDesk()
        try desk.addStaff()
        try desk.write {
            let open = try $0.makeCustomer("Sara Ahmadi", .email("sara@example.ir"))
            let hidden = try $0.makeCustomer("Nima Rad", .email("nima@example.ir"))
            let both = try $0.makeCustomer("Mina Rad", .phone("+989121234567"))
            try Self.fill($0, open, .support, "lamp", score: 5)
            try Self.fill($0, hidden, .people, "salary", score: 1)
            try Self.fill($0, both, .support, "invoice", score: 4)
            try Self.fill($0, both, .people, "contract", score: 2)
            for (ticket, other) in [(3, 4), (4, 3)] as [(Int64, Int64)] {
                try $0.add(
                    .ticket(
                        .linked(
                            TicketLinked(
                                other: TicketNumber(rawValue: other), relation: .hint,
                                message: nil))), TicketNumber(rawValue: ticket), both)
            }
            try Self.quarantine($0)
            _ = try $0.keepDraft(
                DraftBody(kind: .reply, text: "Dear Sara, your lamp"), CommandID(rawValue: "k"),
                of: .sara, on: Self.openTicket, version: 1)
        }
    }

    /// A ticket with a mail, an answer, a note, a tag, an assignment, a score and, where it is low, a recovery.
    private static func fill(
        _ transaction: StoreTransaction, _ customer: CustomerID, _ team: TeamID, _ word: String,
        score: Int
    ) throws {
        let ticket = try transaction.open(customer, team: team, "About \(word)")
        let decision = ThreadingDecision(
            rule: .subjectTag, outcome: .hinted, ticket: hiddenTicket,
            steps: [.init(rule: .subjectTag, ticket: hiddenTicket, verdict: .notParticipant)])
        try transaction.receive(
            ticket, customer,
            Letter(
                text: "My \(word) is wrong", subject: "About \(word)", externalID: "mail-\(word)",
                messageID: "\(word)@x.ir", raw: raw,
                files: [.init(name: "hello.txt", contentType: "text/plain", contentID: nil)],
                attachments: [
                    AttachmentRef(
                        id: transaction.nextAttachment(),
                        sha256: VerificationRun.hash(Array("hello".utf8)), size: 5,
                        place: .range(offset: 17, length: 10, encoding: "base64"))
                ], threading: decision))
        let agent = team == .people ? AgentID(rawValue: "hami") : .sara
        try transaction.assign(ticket, customer, to: agent)
        try transaction.add(
            .ticket(.tagged(TicketTagged(added: [word, "all"], removed: []))), ticket, customer)
        try transaction.answer(ticket, customer, "We look at the \(word)", by: agent)
        try transaction.queue(
            .acknowledgement, nil, ticket, customer, messageID: "ack-\(word)@desk")
        _ = try transaction.note(ticket, customer, "Secret \(word)")
        let invitation = try transaction.score(
            score, ticket, customer, "comment \(word)", agent: agent)
        if score <= 2 {
            try transaction.add(
                .survey(
                    .recoveryOpened(
                        RecoveryOpened(
                            recovery: transaction.nextRecovery(), invitation: invitation,
                            score: score, owner: nil, due: transaction.now + .hours(24)))),
                ticket, customer)
        }
    }

    private static func quarantine(_ transaction: StoreTransaction) throws {
        let bytes = Array("not a mail".utf8)
        try transaction.keep(blob: bytes, hash: VerificationRun.hash(bytes))
        for inbox in [InboxID.mail, InboxID(rawValue: "people-mail")] {
            try transaction.add(
                .desk(
                    .messageQuarantined(
                        MessageQuarantined(
                            quarantine: transaction.nextQuarantine(), inbox: inbox,
                            raw: VerificationRun.hash(bytes), code: "no_header",
                            detail: try transaction.keep(
                                "no header in 10 bytes", as: .quarantineDetail, of: nil,
                                salt: StoreTransaction.salt)))), nil, nil)
        }
    }
}
