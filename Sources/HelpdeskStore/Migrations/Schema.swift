/// The tables, in the common subset of SQLite and PostgreSQL but for what `Dialect` provides. Forward only: a released step
/// never changes, a change is a new step at the end.
enum Schema {
    static let steps: [MigrationStep] = [.first, .archives, .drafts, .surveyTeams]
    static var version: Int { steps.count }
}

/// One forward step, run in one transaction.
struct MigrationStep: Sendable {
    let title: String
    let statements: [String]
}

extension MigrationStep {
    static let first = MigrationStep(
        title: "stream, content, projections, outbox, search",
        statements: StreamTables.statements + ProjectionTables.statements
            + WorkTables.statements + Dialect.searchTables)
}
