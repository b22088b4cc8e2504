public import HelpdeskCore
internal import HelpdeskStore

/// What a customer's survey page shows.
public struct SurveyPageState: Hashable, Sendable {
    public let kind: SurveyKind
    public let language: String
    public let ticket: TicketNumber?
    public let brand: String?
    public let score: Int?
    public let isLow: Bool
}

/// The survey page's two requests, and the recoveries that low scores open.
public struct SurveyDesk: Sendable {
    /// Of a comment, in UTF-8 bytes; longer ones are cut.
    public static let maximumComment = 4_000

    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    /// Looks only: what a link scanner opens changes nothing.
    public func page(token: String) async throws(DeskFailure) -> SurveyPageState {
        guard let found = try await find(token) else { throw .notFound("this survey") }
        guard desk.now < found.invitation.expires else {
            throw .gone("the time to answer this survey is over")
        }
        return state(found)
    }

    /// Records an answer; the same answer again changes nothing. Can be corrected until the survey expires.
    public func answer(
        token: String, score: Int, comment: String?
    ) async throws(DeskFailure) -> SurveyPageState {
        guard Self.isToken(token) else { throw .notFound("this survey") }
        let hash = SurveyToken.hash(token)
        let text = comment.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
            .map { String($0.prefix(Self.maximumComment)) }
        let desk = desk
        let found = try await desk.write { transaction in
            guard let found = try transaction.reader.invitation(tokenHash: hash) else {
                throw DeskFailure.notFound("this survey")
            }
            try SurveyResponding(
                session: TicketSession(desk, transaction, by: .customer(found.customer)),
                found: found
            ).record(score: score, comment: text)
            return try transaction.reader.invitation(tokenHash: hash) ?? found
        }
        return state(found)
    }

    private func find(_ token: String) async throws(DeskFailure) -> SentInvitation? {
        guard Self.isToken(token) else { return nil }
        let hash = SurveyToken.hash(token)
        return try await desk.read { reader throws(StoreError) in
            try reader.invitation(tokenHash: hash)
        }
    }

    private static func isToken(_ token: String) -> Bool {
        (22...64).contains(token.utf8.count)
    }

    private func state(_ found: SentInvitation) -> SurveyPageState {
        let policy = desk.policy
        var score: Int?
        if case .answered(let given, _) = found.invitation.response { score = given }
        return SurveyPageState(
            kind: found.invitation.kind, language: found.language, ticket: found.ticket,
            brand: found.inbox.flatMap { policy.inboxes[$0]?.brand }, score: score,
            isLow: score.map { $0 <= policy.survey.lowScore } ?? false)
    }
}

extension SurveyDesk {
    public func takeRecovery(
        _ id: RecoveryID, by caller: Caller
    ) async throws(DeskFailure) {
        let desk = desk
        try await desk.write { transaction in
            let recovery = try Self.visible(id, transaction, caller)
            guard recovery.state != "done" else {
                throw DeskFailure.conflict("recovery \(id.rawValue) is done already")
            }
            guard recovery.owner != caller.agent || recovery.state != "taken" else {
                throw DeskFailure.conflict("recovery \(id.rawValue) is yours already")
            }
            try transaction.append(
                .survey(
                    .recoveryTaken(RecoveryTaken(recovery: id, owner: caller.agent))),
                ticket: recovery.ticket, customer: recovery.customer, by: caller.actor)
        }
    }

    public func finishRecovery(
        _ id: RecoveryID, outcome: String, by caller: Caller
    ) async throws(DeskFailure) {
        guard outcome.utf8.contains(where: { $0 > 0x20 }) else {
            throw .invalid(field: "outcome", expected: "what came of it, in a few words")
        }
        let desk = desk
        try await desk.write { transaction in
            let recovery = try Self.visible(id, transaction, caller)
            guard recovery.state != "done" else {
                throw DeskFailure.conflict("recovery \(id.rawValue) is done already")
            }
            if let owner = recovery.owner, owner != caller.agent,
                !Permission.allows(caller.role, .ownOthersRecovery)
            {
                throw DeskFailure.forbidden(
                    "finish a recovery of \(owner.rawValue); take it first")
            }
            let content = try transaction.keep(
                outcome, as: .outcome, of: recovery.customer, salt: desk.salt())
            try transaction.append(
                .survey(
                    .recoveryDone(
                        RecoveryDone(recovery: id, ending: .worked, outcome: content))),
                ticket: recovery.ticket, customer: recovery.customer, by: caller.actor)
        }
    }

    private static func visible(
        _ id: RecoveryID, _ transaction: StoreTransaction, _ caller: Caller
    ) throws -> RecoveryRow {
        guard let recovery = try transaction.reader.recovery(id) else {
            throw DeskFailure.notFound("recovery \(id.rawValue)")
        }
        if let ticket = recovery.ticket,
            try transaction.reader.ticket(ticket, viewer: caller.viewer) == nil
        {
            throw DeskFailure.notFound("recovery \(id.rawValue)")
        }
        return recovery
    }
}
