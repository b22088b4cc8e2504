/// `[auto_reply]`: the acknowledgement of a new ticket.
public struct AutoReplyConfiguration: Equatable, Sendable {
    public enum Switch: Equatable, Sendable { case on, off }
    public let acknowledgements: Switch
    /// Of the whole desk; 0: no limit.
    public let perHour: Int
}

enum AutoReplyKeys {
    static let enabled = DefaultedKey<Bool>(
        "enabled", .flag, default: true, written: "true",
        "Whether a new ticket is acknowledged, once, to a person and never to a machine. An inbox can be left out by its auto_reply.",
        example: "false")
    static let perHour = DefaultedKey<Int>(
        "per_hour", .number(0...1_000_000), default: 200, written: "200",
        "Acknowledgements of the whole desk within an hour; then they pause, and the desk says so. A sender has limits of their own: 5 a day when verified, else 1 a day and 3 a week. 0: no limit.",
        example: "1000")
    static let section = SectionDescription(
        "auto_reply", .table, "The acknowledgement of a new ticket.",
        keys: [enabled.description, perHour.description])
}

extension ConfigurationReader {
    mutating func autoReply(_ section: SectionTable) -> AutoReplyConfiguration {
        AutoReplyConfiguration(
            acknowledgements: read(AutoReplyKeys.enabled, section) ? .on : .off,
            perHour: read(AutoReplyKeys.perHour, section))
    }
}
