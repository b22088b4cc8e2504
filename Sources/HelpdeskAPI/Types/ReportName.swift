extension API {
    /// The reports there are, `GET /reports/{name}` (Docs/Reports.md).
    public enum ReportName: String, Hashable, Sendable, CaseIterable {
        case overview, csat, nps, ces, own, agents, topics, sla, backlog, promises, channels, hours
        case funnel

        /// Answers to surveys, with a document of their own (`ScoreReport`).
        public var isOfScores: Bool {
            switch self {
            case .csat, .nps, .ces, .own: true
            default: false
            }
        }
    }
}
