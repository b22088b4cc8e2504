extension MigrationStep {
    /// An invitation had its team from the sending on; now it has it from the decision on, and reports by team count those that
    /// were never sent as well.
    static let surveyTeams = MigrationStep(
        title: "teams of surveys from their decision on",
        statements: [
            """
            UPDATE invitations
            SET team = (SELECT t.team FROM tickets t WHERE t.number = invitations.ticket)
            WHERE team IS NULL AND ticket IS NOT NULL
            """
        ])
}
