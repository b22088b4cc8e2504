/// What became of a file, in the words of `hamdeld import phone-log --json`.
public struct PhoneLogReport: Sendable, Equatable {
    public struct Rejection: Sendable, Equatable {
        /// Where the row began, from 1.
        public var line: Int
        public var reason: String

        public init(line: Int, reason: String) {
            self.line = line
            self.reason = reason
        }
    }

    /// Rejections told one by one; beyond that they are only counted.
    public static let maximumRejections = 10_000

    /// New in the stream.
    public var imported = 0
    /// Kept before.
    public var duplicates = 0
    /// Internal calls, which concern no customer, and rings of a call that another row tells of.
    public var skipped = 0
    public var rejected: [Rejection] = []
    /// Rejections beyond `maximumRejections`.
    public var furtherRejections = 0

    public init() {}

    mutating func reject(_ line: Int, _ reason: String) {
        guard rejected.count < Self.maximumRejections else {
            furtherRejections += 1
            return
        }
        rejected.append(Rejection(line: line, reason: reason))
    }
}
