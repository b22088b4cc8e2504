import HelpdeskCore
import Testing

@testable import HelpdeskStore

@Suite struct MessageReadTests {
    @Test func aTicketsMessagesComeInOrderWithWordsFilesAndDelivery() throws {
        let desk = try TestDesk()
        try desk.addStaff()
        let raw = FullDesk.raw
        let call = Call(direction: .inbound, outcome: .answered, durationSeconds: 61)
        try desk.write {
            let sara = try $0.makeCustomer("Sara", .email("sara@x.ir"))
            let ticket = try $0.open(sara, "Lamp")
            try $0.receive(
                ticket, sara,
                Letter(
                    text: "Broken", subject: "Lamp", auth: .unchecked, externalID: "a@x.ir",
                    messageID: "a@x.ir", raw: raw,
                    files: [.init(name: "hello.txt", contentType: "text/plain", contentID: "c1")],
                    attachments: [
                        AttachmentRef(
                            id: $0.nextAttachment(),
                            sha256: VerificationRun.hash(Array("hello".utf8)), size: 5,
                            place: .range(offset: 17, length: 10, encoding: "base64"))
                    ],
                    threading: ThreadingDecision(
                        rule: .token, outcome: .joined, ticket: ticket, mark: .uncheckedSender,
                        steps: [])))
            let sent = try $0.answer(ticket, sara, "On its way")
            try $0.add(
                .delivery(.attempted(DeliveryAttempted(delivery: sent.delivery, attempt: 1))),
                ticket, sara)
            try $0.add(
                .delivery(
                    .settled(
                        DeliverySettled(
                            delivery: sent.delivery, state: .retrying, attempt: 1,
                            next: $0.now + .hours(1), code: "451",
                            detail: try $0.keep(
                                "451 later", as: .deliveryDetail, of: sara,
                                salt: StoreTransaction.salt)))), ticket, sara)
            _ = try $0.note(ticket, sara, "Aha")
            try $0.receive(
                ticket, sara,
                Letter(
                    text: "", channel: .phoneLog, inbox: .phones, kind: .call,
                    sentAt: $0.now - .hours(3), call: call))
        }
        let ticket = TicketNumber(rawValue: 1)
        let page = try desk.read { reader throws(StoreError) in
            try reader.messages(of: ticket, viewer: .sara)
        }
        #expect(page.next == nil)
        let rows = page.rows
        try #require(rows.count == 4)
        #expect(rows.map(\.direction) == [.inbound, .outbound, .note, .inbound])
        #expect(rows.map(\.kind) == [.message, .message, .message, .call])
        #expect(rows.map(\.channel) == [.email, .email, .email, .phoneLog])
        #expect(rows.map(\.inbox) == [.mail, .mail, .mail, .phones])
        let customer = CustomerID(rawValue: 1)
        #expect(
            rows.map(\.author) == [
                .customer(customer), .agent(.sara), .agent(.sara), .customer(customer),
            ])
        #expect(rows.map(\.authorName) == ["Writer 1", "Sara", "Sara", "Writer 1"])
        #expect(rows.map(\.mark) == [.uncheckedSender, nil, nil, nil])
        #expect(rows[0].senderAuth == .unchecked)
        #expect(rows[0].content?.text == "Broken")
        #expect(rows[0].content?.mail?.messageID == "a@x.ir")
        #expect(
            rows[0].attachments == [
                AttachmentRow(
                    id: AttachmentID(rawValue: 1), name: "hello.txt", contentType: "text/plain",
                    contentID: "c1", size: 5, sha256: VerificationRun.hash(Array("hello".utf8)))
            ])
        #expect(rows[1].delivery?.state == .retrying)
        #expect(rows[1].delivery?.attempts == 1)
        #expect(rows[1].delivery?.detail == "451 later")
        #expect(rows[1].delivery?.code == "451")
        #expect(rows[1].delivery?.nextAttemptAt == desk.now + .hours(1))
        #expect(rows[1].delivery?.content?.recipients == ["w1@x.ir"])
        #expect(rows[2].delivery == nil)
        #expect(rows[3].content?.call == call)
        #expect(rows[3].happenedAt == desk.now - .hours(3))
        #expect(rows[3].receivedAt == desk.now)

        let single = try desk.read { reader throws(StoreError) in
            try reader.message(MessageID(rawValue: 2), viewer: .sara)
        }
        #expect(single == rows[1])
    }

    @Test func pagesOfMessagesGoOnBehindTheirCursor() throws {
        let desk = try TestDesk()
        try desk.write {
            let customer = try $0.makeCustomer("A")
            let ticket = try $0.open(customer)
            for number in 1...5 { try $0.receive(ticket, customer, Letter(text: "\(number)")) }
        }
        let ticket = TicketNumber(rawValue: 1)
        let first = try desk.read { reader throws(StoreError) in
            try reader.messages(of: ticket, limit: 3, viewer: .system)
        }
        let second = try desk.read { reader throws(StoreError) in
            try reader.messages(of: ticket, after: first.next, limit: 3, viewer: .system)
        }
        #expect(first.rows.compactMap(\.content?.text) == ["1", "2", "3"])
        #expect(first.next == MessageID(rawValue: 3))
        #expect(second.rows.compactMap(\.content?.text) == ["4", "5"])
        #expect(second.next == nil)
    }

    @Test func messagesAreFoundByTheirIDOnTheChannel() throws {
        let desk = try FullDesk().desk
        func found(_ id: String, _ inbox: InboxID?) throws -> [Int64] {
            try desk.read { reader throws(StoreError) in
                try reader.messages(externalID: id, inbox: inbox, viewer: .system)
                    .map(\.id.rawValue)
            }
        }
        #expect(try found("mail-lamp", .mail) == [1])
        #expect(try found("mail-lamp", nil) == [1])
        #expect(try found("mail-lamp", .chat) == [])
        #expect(try found("out2@desk", .mail) == [2])
        #expect(try found("out2@desk", .chat) == [])
        #expect(try found("nothing", nil) == [])
    }

    @Test func rawBytesAndAttachmentsComeBackByteForByte() throws {
        let desk = try TestDesk()
        let file = Array(0...255).map { UInt8($0) }
        try desk.write {
            let customer = try $0.makeCustomer("A")
            let ticket = try $0.open(customer)
            let hash = VerificationRun.hash(file)
            try $0.keep(blob: file, hash: hash)
            try $0.receive(
                ticket, customer,
                Letter(
                    raw: FullDesk.raw,
                    files: [
                        .init(name: "range.txt", contentType: "text/plain", contentID: nil),
                        .init(name: nil, contentType: "image/png", contentID: nil),
                    ],
                    attachments: [
                        AttachmentRef(
                            id: $0.nextAttachment(),
                            sha256: VerificationRun.hash(Array("hello".utf8)), size: 5,
                            place: .range(offset: 17, length: 10, encoding: "base64")),
                        AttachmentRef(
                            id: $0.nextAttachment(), sha256: hash, size: 256, place: .blob),
                    ]))
        }
        let (raw, range, blob, none) = try desk.read { reader throws(StoreError) in
            (
                try reader.rawMessage(MessageID(rawValue: 1), viewer: .system),
                try reader.attachment(AttachmentID(rawValue: 1), viewer: .system),
                try reader.attachment(AttachmentID(rawValue: 2), viewer: .system),
                try reader.attachment(AttachmentID(rawValue: 3), viewer: .system)
            )
        }
        #expect(raw == FullDesk.raw)
        #expect(range?.bytes == Array("hello".utf8))
        #expect(range?.attachment.name == "range.txt")
        #expect(blob?.bytes == file)
        #expect(blob?.attachment.contentType == "image/png")
        #expect(blob?.message == MessageID(rawValue: 1))
        #expect(none == nil)
    }

    @Test(arguments: [
        (Int64(17), Int64(10_000), "hello"), (Int64(10_000), Int64(5), ""),
        (Int64(-1), Int64(5), nil), (Int64.max, Int64.max, nil),
    ])
    func aRangeOutsideTheMessageIsCutNotTrapped(
        _ offset: Int64, _ length: Int64, _ expected: String?
    ) throws {
        let desk = try TestDesk()
        try desk.write {
            let customer = try $0.makeCustomer("A")
            let ticket = try $0.open(customer)
            try $0.receive(
                ticket, customer,
                Letter(
                    raw: FullDesk.raw,
                    files: [.init(name: nil, contentType: "text/plain", contentID: nil)],
                    attachments: [
                        AttachmentRef(
                            id: $0.nextAttachment(), sha256: BlobHash(rawValue: "none"), size: 5,
                            place: .range(offset: offset, length: length, encoding: "base64"))
                    ]))
        }
        let found = try desk.read { reader throws(StoreError) in
            try reader.attachment(AttachmentID(rawValue: 1), viewer: .system)?.bytes
        }
        #expect(found == expected.map { Array($0.utf8) })
    }

    @Test func aMovedMessageIsReadInItsNewTicket() throws {
        let desk = try TestDesk()
        try desk.write {
            let first = try $0.makeCustomer("First")
            let second = try $0.makeCustomer("Second")
            let target = try $0.open(first, "Target")
            let source = try $0.open(second, "Source", channel: .chatWebhook)
            let moved = try $0.receive(
                source, second, Letter(text: "moved", channel: .chatWebhook, inbox: .chat))
            try $0.add(
                .ticket(.messageJoined(MessageJoined(message: moved, from: source))), target,
                first)
        }
        let (target, source, summary, report) = try desk.read { reader throws(StoreError) in
            (
                try reader.messages(of: TicketNumber(rawValue: 1), viewer: .system).rows,
                try reader.messages(of: TicketNumber(rawValue: 2), viewer: .system).rows,
                try reader.ticketSummary(TicketNumber(rawValue: 1), viewer: .system),
                try reader.explainMaterial(TicketNumber(rawValue: 1), viewer: .system)
            )
        }
        #expect(target.map(\.content?.text) == ["moved"])
        #expect(target.map(\.author) == [.customer(CustomerID(rawValue: 2))])
        #expect(source.isEmpty)
        #expect(summary?.row.channels == [.chatWebhook])
        #expect(summary?.row.lastDirection == .inbound)
        #expect(summary?.row.isUnread == true)
        #expect(report?.threading.count == 1)
        #expect(report?.links.count == 1)
        #expect(try desk.store.verify().isIntact)
    }
}
