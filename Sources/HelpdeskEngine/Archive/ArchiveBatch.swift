public import HelpdeskCore

/// Lines of an archive, as a command reads them.
public struct ArchiveBatch: Codable, Sendable {
    /// Lines of one transaction.
    public static let most = 256
    /// Bytes of one line.
    public static let longestLine = 8 << 20

    public struct Line: Codable, Sendable {
        /// Where it stands in the file, from 1.
        public var number: Int
        public var text: String

        public init(number: Int, text: String) {
            self.number = number
            self.text = text
        }
    }

    public enum Mode: String, Codable, Sendable {
        case take
        /// Nothing is written: what would come is said.
        case look
    }

    public var lines: [Line]
    public var mode: Mode
    /// Whose tickets those become whose own team is not configured here.
    public var team: TeamID?

    public init(lines: [Line], mode: Mode, team: TeamID?) {
        self.lines = lines
        self.mode = mode
        self.team = team
    }
}

/// What became of a line.
public struct ArchiveOutcome: Codable, Hashable, Sendable {
    public enum Result: String, Codable, Hashable, Sendable {
        /// It is here now; of `look`: it would be.
        case taken
        /// It was brought in before.
        case known
        /// Nothing of it belongs into this desk: its agents and teams, or a snooze that is over.
        case left
        case rejected
    }

    public var line: Int
    public var result: Result
    public var kind: ArchiveRecord.Kind?
    public var id: String?
    public var reason: String?
    /// Of `look`: records it names that are not here, and so must stand before it in the archive.
    public var needs: [String]

    init(
        line: Int, _ result: Result, kind: ArchiveRecord.Kind? = nil, id: String? = nil,
        reason: String? = nil, needs: [String] = []
    ) {
        self.line = line
        self.result = result
        self.kind = kind
        self.id = id
        self.reason = reason
        self.needs = needs
    }
}
