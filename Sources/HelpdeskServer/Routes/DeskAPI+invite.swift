internal import HelpdeskAPI
internal import HelpdeskCore

extension DeskAPI {
    /// Asks a customer from outside. The request is checked in full; the use case itself is not there yet.
    func invite(_ request: DeskRequest) async throws -> DeskAnswer {
        let body = try request.document(API.InvitationRequest.self)
        if body.ticket == nil { _ = try Self.customer(body.customer, body.address) }
        throw DeskProblem(
            501, .unavailable, "this version asks only on its own, when a ticket closes")
    }
}
