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
    /// The desk's own question by language; none: ours.
    public let questions: [LanguageCode: String]
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

    /// The customer wants no more surveys, of whatever kind, for ever. Said twice, it is still once.
    public func stop(token: String) async throws(DeskFailure) -> SurveyPageState {
        guard Self.isToken(token) else { throw .notFound("this survey") }
        let hash = SurveyToken.hash(token)
        let desk = desk
        let found = try await desk.write { transaction in
            guard let found = try transaction.reader.invitation(tokenHash: hash) else {
                throw DeskFailure.notFound("this survey")
            }
            guard try !transaction.reader.refusesSurveys(found.customer) else { return found }
            try transaction.append(
                .survey(
                    .consentChanged(
                        SurveyConsentChanged(
                            customer: found.customer, consent: .withdrawn,
                            invitation: found.invitation.id))),
                ticket: found.ticket, customer: found.customer, by: .customer(found.customer))
            return found
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
        let survey = policy.surveys.policy(named: found.policy, kind: found.invitation.kind)
        var score: Int?
        if case .answered(let given, _) = found.invitation.response { score = given }
        return SurveyPageState(
            kind: found.invitation.kind, language: found.language, ticket: found.ticket,
            brand: found.inbox.flatMap { policy.inboxes[$0]?.brand }, score: score,
            isLow: score.map { survey.isLow($0, found.invitation.kind) } ?? false,
            questions: survey.questions)
    }
}
