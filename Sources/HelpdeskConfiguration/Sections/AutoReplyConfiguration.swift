/// `[auto_reply]`: the acknowledgement of a new ticket.
public struct AutoReplyConfiguration: Equatable, Sendable {
    public enum Switch: Equatable, Sendable { case on, off }
    public let acknowledgements: Switch
}

enum AutoReplyKeys {
    static let enabled = DefaultedKey<Bool>(
        "enabled", .flag, default: true, written: "true",
        "Whether a new ticket is acknowledged, once, to a person and never to a machine. An inbox can be left out by its auto_reply.",
        example: "false")
    static let section = SectionDescription(
        "auto_reply", .table, "The acknowledgement of a new ticket.", keys: [enabled.description])
}

extension ConfigurationReader {
    mutating func autoReply(_ section: SectionTable) -> AutoReplyConfiguration {
        AutoReplyConfiguration(acknowledgements: read(AutoReplyKeys.enabled, section) ? .on : .off)
    }
}
