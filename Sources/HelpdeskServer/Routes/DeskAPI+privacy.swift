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

    func exportCustomer(_ request: DeskRequest) async throws -> DeskAnswer {
        let id = try request.number("customer", as: CustomerID.self)
        let exporting = CustomerExporting(desk)
        let customers = try await exporting.begin(id, by: try request.caller())
        let card = try await read { reader throws(StoreError) in
            try reader.customer(id, viewer: .system)
        }
        let document = CustomerDocument(
            exporting: exporting, customers: customers, card: card, at: Timestamp(now))
        return DeskAnswer(contentType: "application/x-ndjson") { writer in
            try await document.write(to: &writer)
        }
    }
}
