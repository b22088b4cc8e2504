/// Which question is asked, and so on which scale. Every kind is counted on its own.
public enum SurveyKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// How satisfied with one ticket, 1 to 5.
    case csat
    /// How likely to recommend us, 0 to 10: of the relationship, not of a ticket.
    case nps
    /// How easy it was to get it solved, 1 to 7.
    case ces
    /// A question of the desk's own, 1 to 5.
    case own
}

extension SurveyKind {
    public var scores: ClosedRange<Int> {
        switch self {
        case .csat, .own: 1...5
        case .nps: 0...10
        case .ces: 1...7
        }
    }

    /// What counts as content: 4 and 5; promoters, 9 and 10; easy, 5 to 7.
    public var good: ClosedRange<Int> {
        switch self {
        case .csat, .own: 4...5
        case .nps: 9...10
        case .ces: 5...7
        }
    }

    /// What counts as discontent: 1 and 2; detractors, 0 to 6; hard, 1 to 3.
    public var bad: ClosedRange<Int> {
        switch self {
        case .csat, .own: 1...2
        case .nps: 0...6
        case .ces: 1...3
        }
    }
}
