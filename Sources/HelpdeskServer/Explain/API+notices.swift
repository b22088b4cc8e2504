internal import HelpdeskAPI
internal import HelpdeskCore

extension API.Explanation.Step {
    /// Nil for an event that told nobody anything.
    init?(notice event: RecordedEvent) {
        guard case .desk(.agentNoticed(let noticed)) = event.event else { return nil }
        var parts: [String] = []
        if !noticed.ways.isEmpty { parts.append("by \(Self.list(noticed.ways))") }
        if !noticed.held.isEmpty, let until = noticed.until {
            let why =
                noticed.because == .tooMany
                ? "they were told enough within the hour" : "these are their quiet hours"
            parts.append(
                "by \(Self.list(noticed.held)) with a digest not before \(RFC3339.text(until)), for \(why)"
            )
        }
        self.init(
            position: event.position, at: Timestamp(event.at),
            decision: noticed.ways.isEmpty ? "held" : "told", reason: noticed.kind.rawValue,
            sentence:
                "\(noticed.agent.rawValue) is told (\(noticed.kind.rawValue)) \(parts.joined(separator: ", and "))."
        )
    }

    private static func list(_ ways: [NoticeWay]) -> String {
        ways.map(\.rawValue).joined(separator: " and ")
    }
}
