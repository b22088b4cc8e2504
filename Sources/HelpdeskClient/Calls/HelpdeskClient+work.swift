public import HelpdeskAPI
public import HelpdeskCore

/// Macros, reminders, and who is looking; all throw `ClientFailure`.
extension HelpdeskClient {
    /// Those for one ticket's team, or all that the caller may use.
    public func macros(
        for ticket: TicketNumber? = nil, cursor: String? = nil
    ) async throws(ClientFailure) -> API.Page<API.Macro> {
        let query = PercentEncoding.query([
            ("ticket", ticket.map { String($0.rawValue) }), ("cursor", cursor), ("limit", "500"),
        ])
        return try await document(API.Page<API.Macro>.self, .get, "/macros" + query)
    }

    /// Applies a macro, or with `preview` says what it would do.
    public func apply(
        macro name: String, to number: TicketNumber, _ request: API.ApplyMacroRequest,
        _ conditions: Conditions = Conditions()
    ) async throws(ClientFailure) -> API.MacroOutcome {
        try await document(
            API.MacroOutcome.self, .post,
            Self.path(number) + "/macros/" + PercentEncoding.segment(name), body: request,
            conditions: conditions)
    }

    /// Says what the caller does with a ticket, to be repeated about every 8 s; who else looks at it.
    /// - Parameter state: nil: no longer.
    public func attend(
        to number: TicketNumber, _ state: API.Attention.State?
    ) async throws(ClientFailure) -> API.Attention {
        try await document(
            API.Attention.self, .put, Self.path(number) + "/attention",
            body: API.AttentionRequest(state: state?.rawValue ?? "none"))
    }

    /// What the caller began at any seat and did not send: everything, at most 500.
    public func drafts() async throws(ClientFailure) -> API.Page<API.Draft> {
        try await document(API.Page<API.Draft>.self, .get, "/drafts?limit=500")
    }

    /// Throws a problem of status 410 once it was sent or discarded, 404 where the desk knows nothing of it.
    public func draft(_ key: String) async throws(ClientFailure) -> API.Draft {
        try await document(API.Draft.self, .get, "/drafts/" + PercentEncoding.segment(key))
    }

    /// Keeps a draft for the caller's other seats.
    /// - Parameter version: the one it was written on from; nil: whatever is there is replaced.
    public func keep(
        draft request: API.DraftRequest, _ key: String, ifVersion version: Int64?
    ) async throws(ClientFailure) -> API.Draft {
        try await document(
            API.Draft.self, .put, "/drafts/" + PercentEncoding.segment(key), body: request,
            conditions: Conditions(version: version))
    }

    public func discard(draft key: String) async throws(ClientFailure) {
        _ = try await bytes(.delete, "/drafts/" + PercentEncoding.segment(key))
    }

    public func reminders(
        cursor: String? = nil
    ) async throws(ClientFailure) -> API.Page<API.Reminder> {
        let query = PercentEncoding.query([("cursor", cursor)])
        return try await document(API.Page<API.Reminder>.self, .get, "/reminders" + query)
    }

    public func remind(
        of number: TicketNumber, _ request: API.ReminderRequest
    ) async throws(ClientFailure) -> API.Reminder {
        try await document(
            API.Reminder.self, .put, Self.path(number) + "/reminder", body: request)
    }
}
