/// `[limits]`: how much of anything is taken. Counts of zero are off.
public struct LimitsConfiguration: Equatable, Sendable {
    /// Requests of one agent.
    public let apiPerMinute: Int
    /// Requests to one inbox.
    public let webhookPerSecond: Int
    /// Answers from one address.
    public let surveyPostsPerMinute: Int
    /// New tickets of one sender: the From of the header.
    public let ticketsPerSenderHour: Int
    /// Bytes.
    public let messageSize: Int
    /// Bytes.
    public let webhookSize: Int
    /// Bytes.
    public let attachmentSize: Int
    /// Bytes that must be free on the disk of the database for mail to be taken.
    public let freeSpace: Int
}

enum LimitsKeys {
    private static let counts = 0...1_000_000
    private static let mebibyte = 1_048_576

    static let apiPerMinute = DefaultedKey<Int>(
        "api_per_minute", .number(counts), default: 600, written: "600",
        "Requests to the API by one agent. 0: no limit.", example: "1200")
    static let webhookPerSecond = DefaultedKey<Int>(
        "webhook_per_second", .number(counts), default: 20, written: "20",
        "Requests to one webhook inbox. 0: no limit.", example: "50")
    static let surveyPostsPerMinute = DefaultedKey<Int>(
        "survey_posts_per_minute", .number(counts), default: 10, written: "10",
        "Survey answers from one address. 0: no limit.", example: "30")
    static let ticketsPerSenderHour = DefaultedKey<Int>(
        "tickets_per_sender_hour", .number(counts), default: 30, written: "30",
        "New tickets of one sender (the From of the header); what comes beyond is kept, unrouted. 0: no limit.",
        example: "100")
    static let messageSize = DefaultedKey<Int>(
        "message_size", .size(65_536...1_073_741_824, example: "25MiB"), default: 25 * mebibyte,
        written: "\"25MiB\"", "The largest mail taken; larger ones are refused with 552.")
    static let webhookSize = DefaultedKey<Int>(
        "webhook_size", .size(65_536...1_073_741_824, example: "25MiB"), default: 25 * mebibyte,
        written: "\"25MiB\"", "The largest webhook taken, attachments included.")
    static let attachmentSize = DefaultedKey<Int>(
        "attachment_size", .size(65_536...1_073_741_824, example: "25MiB"), default: 25 * mebibyte,
        written: "\"25MiB\"", "The largest file an agent can attach.")
    static let freeSpace = DefaultedKey<Int>(
        "free_space", .size(0...1_099_511_627_776, example: "256MiB"), default: 256 * mebibyte,
        written: "\"256MiB\"",
        "With less than this free beside the database, mail is put off with 452 rather than half kept."
    )
    static let section = SectionDescription(
        "limits", .table, "How much of anything is taken.",
        keys: [
            apiPerMinute.description, webhookPerSecond.description,
            surveyPostsPerMinute.description, ticketsPerSenderHour.description,
            messageSize.description, webhookSize.description, attachmentSize.description,
            freeSpace.description,
        ])
}

extension ConfigurationReader {
    mutating func limits(_ section: SectionTable) -> LimitsConfiguration {
        LimitsConfiguration(
            apiPerMinute: read(LimitsKeys.apiPerMinute, section),
            webhookPerSecond: read(LimitsKeys.webhookPerSecond, section),
            surveyPostsPerMinute: read(LimitsKeys.surveyPostsPerMinute, section),
            ticketsPerSenderHour: read(LimitsKeys.ticketsPerSenderHour, section),
            messageSize: read(LimitsKeys.messageSize, section),
            webhookSize: read(LimitsKeys.webhookSize, section),
            attachmentSize: read(LimitsKeys.attachmentSize, section),
            freeSpace: read(LimitsKeys.freeSpace, section))
    }
}
