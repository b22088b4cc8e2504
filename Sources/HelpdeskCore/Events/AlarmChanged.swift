/// Something that a person should look at began, or is over. Its numbers and words are where it is looked at: `hamdeld doctor`.
public struct AlarmChanged: Hashable, Sendable, Codable {
    /// `way_down`, `inbox_silent`, …; new ones may come.
    public var kind: String
    /// Whom or what it is about.
    public var subject: String

    public init(kind: String, subject: String) {
        self.kind = kind
        self.subject = subject
    }
}
