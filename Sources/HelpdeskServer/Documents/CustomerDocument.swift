internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore
internal import Hummingbird

/// Everything that is known of a person, one JSON object a line: the card, then every row of words in the order they were kept.
/// Written piece by piece, so that a long history needs no memory.
///
/// Each piece is a function of its own: of one closure with the loops within each other the optimiser of Swift 6.3.1 makes nothing
/// but a crash (coroutine splitting, `emitSetAndGetSwiftErrorValueAround`).
struct CustomerDocument: Sendable {
    let exporting: CustomerExporting
    let customers: [CustomerID]
    let card: CustomerCard?
    let at: Timestamp

    func write(to writer: inout any ResponseBodyWriter) async throws {
        try await writer.write(try head())
        for customer in customers { try await write(customer, to: &writer) }
        try await writer.write(Self.line([JSONMember("type", .string("end"))]))
        try await writer.finish(nil)
    }

    private func head() throws -> ByteBuffer {
        Self.line([
            JSONMember("type", .string("customer")),
            JSONMember("exported_at", .string(at.text)),
            JSONMember("card", try card.map { try Self.value(API.Customer($0)) } ?? .null),
        ])
    }

    private func write(
        _ customer: CustomerID, to writer: inout any ResponseBodyWriter
    ) async throws {
        var last: ContentID? = ContentID(rawValue: 0)
        while let place = last {
            let (bytes, next) = try await page(of: customer, after: place)
            if bytes.readableBytes > 0 { try await writer.write(bytes) }
            last = next
        }
    }

    /// The lines of one page, and from where to go on; nil: there is no more.
    private func page(
        of customer: CustomerID, after place: ContentID
    ) async throws -> (ByteBuffer, ContentID?) {
        let page = try await exporting.contents(of: customer, after: place)
        var bytes = ByteBuffer()
        for row in page.rows {
            bytes.writeImmutableBuffer(Self.line(Self.members(row, of: customer)))
        }
        return (bytes, page.isLast ? nil : page.rows.last?.id)
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
