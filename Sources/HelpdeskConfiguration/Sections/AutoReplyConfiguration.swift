public import HelpdeskCore

/// `[auto_reply]`: the acknowledgement of a new ticket.
public struct AutoReplyConfiguration: Equatable, Sendable {
    public enum Switch: Equatable, Sendable { case on, off }
    public let acknowledgements: Switch
    /// Of the whole desk; 0: no limit.
    public let perHour: Int
    /// 0: never.
    public let revisions: Int
    public let reviseBefore: TimeSpan
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
    static let revisions = DefaultedKey<Int>(
        "revisions", .number(0...PromiseRevision.most), default: 1, written: "1",
        "How many times, at most, a customer is told a later time by itself when no answer is on its way and the time that the acknowledgement told is about to pass. The later time is as much working time again as was promised. It counts as an acknowledgement, so the limits above hold. 0: never; agents can always tell one (hamdel ticket promise).",
        example: "2")
    static let reviseBefore = DefaultedKey<TimeSpan>(
        "revise_before", .duration(.minutes(1) ... .hours(24), example: "30m"),
        default: .minutes(30), written: "\"30m\"",
        "How long before the told time; a quarter of the promise where that is less.")
    static let section = SectionDescription(
        "auto_reply", .table, "The acknowledgement of a new ticket, and the time that it tells.",
        keys: [
            enabled.description, perHour.description, revisions.description,
            reviseBefore.description,
        ])
}

extension ConfigurationReader {
    mutating func autoReply(_ section: SectionTable) -> AutoReplyConfiguration {
        AutoReplyConfiguration(
            acknowledgements: read(AutoReplyKeys.enabled, section) ? .on : .off,
            perHour: read(AutoReplyKeys.perHour, section),
            revisions: read(AutoReplyKeys.revisions, section),
            reviseBefore: read(AutoReplyKeys.reviseBefore, section))
    }
}
