internal import ChannelKit
internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine

extension DeskAPI {
    /// Asks a customer from outside: scheduled, or skipped with the reason, under the same policy as any other survey.
    func invite(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let body = try request.document(API.InvitationRequest.self)
        let customer: CustomerChoice? =
            body.ticket != nil && body.customer == nil && body.address == nil
            ? nil : try Self.customer(body.customer, body.address)
        if body.ticket != nil, customer != nil {
            throw DeskProblem.invalid("ticket", "either a ticket or a customer, not both")
        }
        let language = try body.language.map { text throws(DeskProblem) in
            guard let code = LanguageCode(text) else {
                throw DeskProblem.invalid("language", "a language such as en or fa was expected")
            }
            return code
        }
        let outcome = try await SurveyDesk(desk).ask(
            SurveyRequest(
                customer: customer, ticket: body.ticket, kind: body.kind, policy: body.policy,
                inbox: try inbox(of: body), at: body.at?.instant, language: language),
            by: caller, command: request.command)
        return try .document(API.Invitation(outcome, body), status: 201)
    }

    private func inbox(of body: API.InvitationRequest) throws -> InboxID? {
        guard let channel = body.channel, body.inbox == nil else { return body.inbox }
        let able = desk.policy.inboxes.values.filter {
            $0.channel == channel && $0.capabilities.sending == .supported
        }
        guard let inbox = able.min(by: { $0.id < $1.id }) else {
            throw DeskProblem.invalid(
                "channel", "no inbox of channel \(channel.rawValue) can send")
        }
        return inbox.id
    }
}

extension API.Invitation {
    init(_ outcome: SurveyRequestOutcome, _ body: API.InvitationRequest) {
        var reason: String?
        var due: Timestamp?
        switch outcome.decision {
        case .ask(let at): due = Timestamp(at)
        case .skip(let skipped): reason = skipped.rawValue
        }
        self.init(
            id: outcome.invitation, kind: body.kind, policy: outcome.policy,
            customer: outcome.customer, ticket: body.ticket,
            decision: reason == nil ? "scheduled" : "skipped", reason: reason, due: due)
    }
}
