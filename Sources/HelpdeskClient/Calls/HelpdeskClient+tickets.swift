public import HelpdeskAPI
public import HelpdeskCore

/// Every call sends one request; all throw `ClientFailure`.
extension HelpdeskClient {
    public func tickets(_ query: TicketQuery) async throws(ClientFailure) -> API.Page<API.Ticket> {
        try await document(API.Page<API.Ticket>.self, .get, "/tickets" + query.text)
    }

    public func ticket(_ number: TicketNumber) async throws(ClientFailure) -> API.TicketDetail {
        try await document(API.TicketDetail.self, .get, Self.path(number))
    }

    public func open(_ ticket: API.NewTicket) async throws(ClientFailure) -> API.TicketDetail {
        try await document(API.TicketDetail.self, .post, "/tickets", body: ticket)
    }

    public func update(
        _ number: TicketNumber, _ patch: API.TicketPatch, _ conditions: Conditions = Conditions()
    ) async throws(ClientFailure) -> API.Ticket {
        try await document(
            API.Ticket.self, .patch, Self.path(number), body: patch, conditions: conditions)
    }

    public func reply(
        to number: TicketNumber, _ reply: API.ReplyRequest, _ conditions: Conditions = Conditions()
    ) async throws(ClientFailure) -> API.Message {
        try await document(
            API.Message.self, .post, Self.path(number) + "/replies", body: reply,
            conditions: conditions)
    }

    public func note(
        on number: TicketNumber, _ note: API.NoteRequest, _ conditions: Conditions = Conditions()
    ) async throws(ClientFailure) -> API.Message {
        try await document(
            API.Message.self, .post, Self.path(number) + "/notes", body: note,
            conditions: conditions)
    }

    /// Every other change of a ticket.
    public func change(
        _ number: TicketNumber, _ action: TicketAction, _ conditions: Conditions = Conditions()
    ) async throws(ClientFailure) -> API.Ticket {
        let body = try action.body()
        let answer = try await bytes(
            .post, Self.path(number) + "/" + action.word, body: body, conditions: conditions)
        return try Self.decode(API.Ticket.self, answer)
    }

    public func events(
        of number: TicketNumber, cursor: String? = nil
    ) async throws(ClientFailure) -> API.Page<API.Event> {
        let query = PercentEncoding.query([("cursor", cursor)])
        return try await document(
            API.Page<API.Event>.self, .get, Self.path(number) + "/events" + query)
    }

    public func explanation(
        of number: TicketNumber
    ) async throws(ClientFailure) -> API.Explanation {
        try await document(API.Explanation.self, .get, Self.path(number) + "/explain")
    }

    /// Where an answer would go, by the inbox asked for or by the daemon's choice.
    public func replyPreview(
        of number: TicketNumber, inbox: InboxID? = nil
    ) async throws(ClientFailure) -> API.ReplyPreview {
        let query = PercentEncoding.query([("inbox", inbox?.rawValue)])
        return try await document(
            API.ReplyPreview.self, .get, Self.path(number) + "/reply-channel" + query)
    }

    static func path(_ number: TicketNumber) -> String { "/tickets/\(number.rawValue)" }
}
