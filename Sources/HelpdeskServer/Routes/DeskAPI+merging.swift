internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore

/// Customers and tickets that belong together, or not after all.
extension DeskAPI {
    func mergeCustomer(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let id = try request.number("customer", as: CustomerID.self)
        let body = try request.document(API.CustomerMergeRequest.self)
        try await CustomerDesk(desk).merge(
            id, into: body.into, reason: body.reason, by: caller, command: request.command)
        return try await customer(body.into, caller.viewer)
    }

    func unmergeCustomer(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let id = try request.number("customer", as: CustomerID.self)
        let body = try request.document(API.CustomerUnmergeRequest.self)
        try await CustomerDesk(desk).unmerge(
            id, reason: body.reason, by: caller, command: request.command)
        return try await customer(id, caller.viewer)
    }

    func acceptSuggestion(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let id = try request.number("customer", as: CustomerID.self)
        try await CustomerDesk(desk).accept(
            try suggestion(request), of: id, by: caller, command: request.command)
        return try await customer(id, caller.viewer)
    }

    func refuseSuggestion(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let id = try request.number("customer", as: CustomerID.self)
        try await CustomerDesk(desk).refuse(
            try suggestion(request), of: id, by: caller, command: request.command)
        return try await customer(id, caller.viewer)
    }

    private func suggestion(_ request: DeskRequest) throws -> ContentID {
        let text = try request.parameter(1)
        guard let value = Int64(PersianDigits.ascii(text)), value > 0 else {
            throw DeskProblem.notFound("suggestion \(text)")
        }
        return ContentID(rawValue: value)
    }

    /// Answers with the ticket that holds everything now.
    func merge(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let body = try request.document(API.TicketMergeRequest.self)
        let target = try await TicketDesk(desk).merge(
            try request.ticketNumber(), into: body.into,
            differentCustomers: body.confirm == true ? .confirmed : .refused, by: caller,
            ifVersion: try request.version(), command: request.command)
        return try await summary(target, caller)
    }

    /// Answers with the new ticket.
    func split(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let body = try request.document(API.SplitRequest.self)
        guard (body.subject?.utf8.count ?? 0) <= 1_000 else {
            throw DeskProblem.invalid("subject", "at most 1000 bytes were expected")
        }
        let number = try await TicketDesk(desk).split(
            try request.ticketNumber(), from: body.message, subject: body.subject, by: caller,
            ifVersion: try request.version(), command: request.command)
        return try await summary(number, caller, status: 201)
    }

    func undo(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let number = try request.ticketNumber()
        try await TicketDesk(desk).undo(
            number, by: caller, ifVersion: try request.version(), command: request.command)
        return try await summary(number, caller)
    }
}
