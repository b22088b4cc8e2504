public import HelpdeskAPI
public import HelpdeskCore

extension HelpdeskClient {
    /// A ticket whose messages are handed over one by one, the oldest first, and are not in what is returned: a thread
    /// may have thousands, and read whole they are several times as much as their text. Throws `ClientFailure`; some
    /// messages may have been handed over by then.
    public func ticket(
        _ number: TicketNumber, each take: (API.Message) -> Void
    ) async throws(ClientFailure) -> API.TicketDetail {
        let answer = try await bytes(.get, Self.path(number))
        guard let pieces = JSONPieces(answer, list: "messages") else {
            throw .notUnderstood("a ticket was expected, with the list «messages»")
        }
        let head = try Self.decode(API.TicketDetail.self, pieces.head)
        for piece in pieces.pieces {
            for message in try Self.decode([API.Message].self, piece) { take(message) }
        }
        return head
    }
}
