public import HelpdeskCore

/// What became of the surveys that were decided on within a period, of one kind or all.
public struct SurveyFunnel: Hashable, Sendable {
    public var decided = 0
    public var asked = 0
    public var answered = 0
    public var waiting = 0
    public var cancelled = 0
    /// By reason.
    public var skipped: [String: Int] = [:]
}

/// What came of the repairs that were opened within a period.
public struct RecoveryFigures: Hashable, Sendable {
    public var opened = 0
    public var done = 0
    public var late = 0
    /// The customer corrected the score, or gave a good one when asked again.
    public var recovered = 0
    /// Asked again and answered.
    public var askedAgain = 0
}

extension StoreReader {
    static let funnelQuery = """
        SELECT i.state, COALESCE(i.skip_reason, ''), COUNT(*) FROM invitations i
        WHERE i.decided_at >= $1 AND i.decided_at < $2
          AND \(ReportFilter.invitationCondition)
        GROUP BY 1, 2
        """

    public func surveyFunnel(
        _ filter: ReportFilter, viewer: Viewer
    ) throws(StoreError) -> SurveyFunnel {
        var funnel = SurveyFunnel()
        try connection.rows(Self.funnelQuery, filter.parameters(viewer)) {
            row throws(StoreError) in
            let count = Int(clamping: try row.integer(2))
            funnel.decided += count
            switch try row.text(0) {
            case "sent": funnel.asked += count
            case "answered":
                funnel.asked += count
                funnel.answered += count
            case "skipped": funnel.skipped[try row.text(1), default: 0] += count
            case "cancelled": funnel.cancelled += count
            default: funnel.waiting += count
            }
            return .next
        }
        return funnel
    }

    static let recoveriesQuery = """
        SELECT r.state, r.due, r.done_at, r.ending, r.second_score, i.kind
        FROM recoveries r JOIN invitations i ON i.id = r.invitation
        WHERE r.opened_at >= $1 AND r.opened_at < $2
          AND \(ReportFilter.invitationCondition)
        """

    public func recoveryFigures(
        _ filter: ReportFilter, at now: Instant, viewer: Viewer
    ) throws(StoreError) -> RecoveryFigures {
        var figures = RecoveryFigures()
        try connection.rows(Self.recoveriesQuery, filter.parameters(viewer)) {
            row throws(StoreError) in
            figures.opened += 1
            let kind = try row.word(5, as: SurveyKind.self)
            let second = row.optionalInteger(4).map { Int(clamping: $0) }
            if try row.text(0) == "done" { figures.done += 1 }
            if try row.instant(1) < (row.optionalInstant(2) ?? now) { figures.late += 1 }
            if second != nil { figures.askedAgain += 1 }
            let isGood = second.map { !kind.bad.contains($0) } ?? false
            if row.optionalText(3) == "corrected" || isGood { figures.recovered += 1 }
            return .next
        }
        return figures
    }
}
