internal import ChannelKit
internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore

extension DeskAPI {
    var ticketOperations: [String: Operation] {
        [
            "listTickets": listTickets, "createTicket": createTicket, "getTicket": getTicket,
            "updateTicket": updateTicket, "listTicketEvents": listTicketEvents,
            "explainTicket": explainTicket, "previewReply": previewReply,
        ]
    }

    func listTickets(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let filter = try TicketQuery.filter(
            request.query, for: caller.agent, views: settings.views)
        let cursor = try request.query.cursor(as: TicketNumber.self)
        let limit = try request.query.limit()
        let page = try await read { reader throws(StoreError) in
            try reader.tickets(filter, after: cursor, limit: limit, viewer: caller.viewer)
        }
        return try .page(page, cursor: { "\($0.rawValue)" }) { API.Ticket($0) }
    }

    func getTicket(_ request: DeskRequest) async throws -> DeskAnswer {
        try await detail(try request.ticketNumber(), try request.viewer())
    }

    /// A ticket with its messages; those beyond the newest page are on `/messages` and in the timeline.
    func detail(
        _ number: TicketNumber, _ viewer: Viewer, status: Int = 200
    ) async throws -> DeskAnswer {
        let found = try await read {
            reader throws(StoreError) -> (TicketSummary, Handover?, [MessageRow])? in
            guard let summary = try reader.ticketSummary(number, viewer: viewer) else {
                return nil
            }
            var messages: [MessageRow] = []
            var cursor: MessageID?
            // Ten pages are more than anybody reads; the bound is for the memory.
            for _ in 0..<10 {
                let page = try reader.messages(of: number, after: cursor, viewer: viewer)
                messages += page.rows
                cursor = page.next
                if cursor == nil { break }
            }
            return (summary, try reader.handover(of: number), messages)
        }
        guard let (summary, handover, messages) = found else {
            throw DeskProblem.notFound("ticket \(number.rawValue)")
        }
        return try .document(
            API.TicketDetail(summary, handover, messages), status: status,
            version: summary.row.ticket.version)
    }

    func createTicket(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let body = try request.document(API.NewTicket.self)
        let number = try await TicketDesk(desk).open(
            TicketRequest(
                customer: try Self.customer(body.customer, body.address), subject: body.subject,
                text: body.text, inbox: body.inbox, team: body.team,
                assignee: body.assignee.map { $0.rawValue == "me" ? caller.agent : $0 },
                priority: body.priority ?? .normal, tags: body.tags),
            by: caller, command: request.command)
        return try await detail(number, caller.viewer, status: 201)
    }

    static func customer(
        _ id: CustomerID?, _ address: String?
    ) throws(DeskProblem) -> CustomerChoice {
        switch (id, address) {
        case (.some(let id), nil): return .id(id)
        case (nil, .some(let address)): return .address(try Address.read(address, "address"))
        case (nil, nil): throw .invalid("customer", "a customer's id or an address was expected")
        case (.some, .some): throw .invalid("address", "either customer or address, not both")
        }
    }

    func listTicketEvents(_ request: DeskRequest) async throws -> DeskAnswer {
        let number = try request.ticketNumber()
        let viewer = try request.viewer()
        let cursor = try request.query.cursor(as: Position.self) ?? .start
        let limit = try request.query.limit()
        let found = try await read { reader throws(StoreError) -> [StoredEvent]? in
            guard try reader.ticket(number, viewer: viewer) != nil else { return nil }
            return try reader.events(of: number, after: cursor, limit: limit + 1)
        }
        guard let found else { throw DeskProblem.notFound("ticket \(number.rawValue)") }
        let events = found.prefix(limit)
        let next = found.count > limit ? events.last?.position : nil
        return try .document(
            API.Page(events.map { API.Event($0) }, nextCursor: next.map { "\($0.rawValue)" }))
    }

    func explainTicket(_ request: DeskRequest) async throws -> DeskAnswer {
        let number = try request.ticketNumber()
        let viewer = try request.viewer()
        let material = try await read { reader throws(StoreError) in
            try reader.explainMaterial(number, viewer: viewer)
        }
        guard let material else { throw DeskProblem.notFound("ticket \(number.rawValue)") }
        return try .document(API.Explanation(material))
    }

    func previewReply(_ request: DeskRequest) async throws -> DeskAnswer {
        let number = try request.ticketNumber()
        let caller = try request.caller()
        let inbox = request.query["inbox"].map { InboxID(rawValue: $0) }
        do {
            let route = try await ReplyDesk(desk).preview(number, inbox: inbox, by: caller)
            return try .document(API.ReplyPreview(route))
        } catch DeskFailure.outbound(let refusal) {
            return try .document(API.ReplyPreview.unreachable(refusal.detail))
        }
    }
}

/// Addresses as people write them: `email:sara@example.ir`, `tel:+98912…`, or a bare mail address.
enum Address {
    static func read(_ text: String, _ place: String) throws(DeskProblem) -> IdentityAddress {
        if let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) {
            let kind = String(text[..<colon])
            let value = String(text[text.utf8.index(after: colon)...])
            let isKind =
                (1...32).contains(kind.utf8.count)
                && kind.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x5F }
            if isKind, !value.isEmpty { return IdentityAddress(kind: kind, value: value) }
        } else if text.utf8.contains(UInt8(ascii: "@")) {
            return .email(text)
        }
        throw .invalid(place, "an address like email:sara@example.ir was expected")
    }
}
