/// One survey invitation as the core sees it when an answer comes in.
public struct Invitation: Hashable, Sendable {
    public enum Response: Hashable, Sendable {
        case open
        case answered(score: Int, at: Instant)
    }

    public var id: InvitationID
    public var kind: SurveyKind
    public var expires: Instant
    public var response: Response

    public init(id: InvitationID, kind: SurveyKind, expires: Instant, response: Response) {
        self.id = id
        self.kind = kind
        self.expires = expires
        self.response = response
    }
}

public enum ResponseRejection: Error, Hashable, Sendable {
    case expired
    case scoreOutOfRange(SurveyKind)
    /// The same score and comment again: nothing to record, and nothing wrong.
    case unchanged
}

/// The repair a customer's answers call for.
public enum RecoveryStep: Hashable, Sendable {
    case none
    case open(due: Instant)
    /// The customer corrected the score.
    case close(RecoveryID)
}

extension SurveyPolicy {
    /// Whether a score on this policy's own scale calls for a repair.
    public func isLow(_ score: Int, _ kind: SurveyKind) -> Bool {
        kind == self.kind && score <= lowScore
    }
}

extension Invitation {
    /// What an answer leads to: the event, and whether a recovery opens or closes. Changeable until expiry; a
    /// corrected score closes the recovery it opened; one recovery at a time per customer.
    public func answer(
        score: Int, comment: ContentRef?, by way: ResponseWay = .page, openRecovery: RecoveryID?,
        policy: SurveyPolicy, at now: Instant
    ) throws(ResponseRejection) -> (answered: SurveyAnswered, step: RecoveryStep) {
        guard now < expires else { throw .expired }
        guard kind.scores.contains(score) else { throw .scoreOutOfRange(kind) }
        var previous: Int?
        if case .answered(let earlier, _) = response {
            if earlier == score && comment == nil { throw .unchanged }
            previous = earlier
        }
        let answered = SurveyAnswered(
            invitation: id, score: score, previous: previous, comment: comment, way: way)
        let step: RecoveryStep =
            switch (policy.isLow(score, kind), openRecovery) {
            case (true, nil): .open(due: now + policy.recoveryDue)
            case (true, .some): .none
            case (false, nil): .none
            case (false, .some(let recovery)): .close(recovery)
            }
        return (answered, step)
    }
}
