internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore
internal import Hummingbird

/// A person's rights: everything that is known of them, and to be forgotten.
extension DeskAPI {
    var privacyOperations: [String: Operation] {
        [
            "exportCustomer": exportCustomer, "eraseCustomer": eraseCustomer,
            "redactMessage": redactMessage,
        ]
    }

    func eraseCustomer(_ request: DeskRequest) async throws -> DeskAnswer {
        let id = try request.number("customer", as: CustomerID.self)
        let erasure = try await CustomerErasing(desk).erase(id, by: try request.caller())
        return try .document(
            API.Erasure(
                customers: erasure.customers, contents: erasure.words.contents,
                blobs: erasure.words.blobs, deliveries: erasure.words.deliveries,
                at: Timestamp(erasure.at)))
    }

    func redactMessage(_ request: DeskRequest) async throws -> DeskAnswer {
        let id = try request.number("message", as: MessageID.self)
        let body = try request.document(API.RedactRequest.self)
        let row = try await MessageRedacting(desk).redact(
            id, body.words.map { .words($0) } ?? .everything, by: try request.caller(),
            command: request.command)
        return try .document(API.Message(row))
    }

    /// One JSON object a line: the card, then every row of words in the order they were kept. Written piece by piece, so that a
    /// long history needs no memory.
    func exportCustomer(_ request: DeskRequest) async throws -> DeskAnswer {
        let id = try request.number("customer", as: CustomerID.self)
        let exporting = CustomerExporting(desk)
        let customers = try await exporting.begin(id, by: try request.caller())
        let card = try await read { reader throws(StoreError) in
            try reader.customer(id, viewer: .system)
        }
        let at = Timestamp(now)
        return DeskAnswer(contentType: "application/x-ndjson") { writer in
            try await writer.write(
                Self.line([
                    JSONMember("type", .string("customer")),
                    JSONMember("exported_at", .string(at.text)),
                    JSONMember("card", try card.map { try Self.value(API.Customer($0)) } ?? .null),
                ]))
            for customer in customers {
                var last = ContentID(rawValue: 0)
                while true {
                    let page = try await exporting.contents(of: customer, after: last)
                    for row in page.rows {
                        last = row.id
                        try await writer.write(Self.line(Self.members(row, of: customer)))
                    }
                    if page.isLast { break }
                }
            }
            try await writer.write(Self.line([JSONMember("type", .string("end"))]))
            try await writer.finish(nil)
        }
    }

    private static func value(_ document: some Encodable) throws -> JSONValue {
        try JSONReader.value(of: try WireJSON.encode(document))
    }

    private static func line(_ members: [JSONMember]) -> ByteBuffer {
        ByteBuffer(bytes: JSONText.bytes(of: .object(members)) + [0x0A])
    }

    private static func members(
        _ row: ExportedContent, of customer: CustomerID
    ) -> [JSONMember] {
        let body = (try? JSONReader.value(of: Array(row.body.utf8))) ?? .string(row.body)
        // A name that reads like JSON is a name.
        let isDocument = [.message, .delivery, .attributes].contains(row.kind)
        var members = [
            JSONMember("type", .string(row.kind.rawValue)),
            JSONMember("customer", .integer(customer.rawValue)),
            JSONMember("content", isDocument ? body : .string(row.body)),
        ]
        guard let message = row.message else { return members }
        members += [
            JSONMember("message", .integer(message.id.rawValue)),
            JSONMember("ticket", .integer(message.ticket.rawValue)),
            JSONMember("direction", .string(message.direction.rawValue)),
            JSONMember("channel", message.channel.map { .string($0) } ?? .null),
            JSONMember("inbox", message.inbox.map { .string($0) } ?? .null),
            JSONMember("at", .string(Timestamp(message.at).text)),
            JSONMember(
                "raw",
                message.raw == nil
                    ? .null : .string("\(APIRoute.base)/messages/\(message.id.rawValue)/raw")),
            JSONMember(
                "attachments",
                .array(
                    message.attachments.map { file in
                        .object([
                            JSONMember("id", .integer(file.id.rawValue)),
                            JSONMember("sha256", .string(file.sha256.rawValue)),
                            JSONMember("size", .integer(file.size)),
                            JSONMember(
                                "path",
                                .string("\(APIRoute.base)/attachments/\(file.id.rawValue)")),
                        ])
                    })),
        ]
        return members
    }
}
