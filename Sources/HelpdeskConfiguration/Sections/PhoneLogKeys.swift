/// The keys of `[[inbox]]` that say how a phone log is to be read. Their values go to the adapter as they are.
enum PhoneLogKeys {
    private static let phone = [InboxChannel.phoneLog.rawValue]

    enum DateOrder: String, CaseIterable, Sendable { case ymd, dmy, mdy }
    enum Delimiter: String, CaseIterable, Sendable {
        case comma = ","
        case semicolon = ";"
        case bar = "|"
        case tab
    }

    static let region = OptionalKey<String>(
        "region", .region, absent: "only numbers with a country code are read",
        "The country whose numbers are written without a country code.", example: "\"IR\"",
        only: phone)
    static let mapping = OptionalKey<[String: SettingValue]>(
        "mapping", .columns, absent: "by the usual names of columns",
        "With preset generic: which column of the CSV holds what.",
        example: "{ id = \"Call ID\", started_at = \"Start\", from = \"Caller\", to = \"Called\" }",
        only: phone)
    static let dateOrder = DefaultedKey<DateOrder>(
        "date_order", .choice("an order of year, month and day"), default: .ymd, written: "\"ymd\"",
        "How dates are written in the log, where they can be read in two ways.", example: "\"dmy\"",
        only: phone)
    static let delimiter = DefaultedKey<Delimiter>(
        "delimiter", .choice("what stands between columns"), default: .comma, written: "\",\"",
        "What stands between the columns.", example: "\";\"", only: phone)
    static let skipRows = DefaultedKey<Int>(
        "skip_rows", .number(0...100), default: 0, written: "0",
        "With preset generic: rows behind the names that are no calls.", example: "1", only: phone)
    static let inboundContexts = OptionalKey<[String]>(
        "inbound_contexts", .list(of: .text("a context", atMost: 80), "contexts", counts: 0...100),
        absent: "the usual ones: from-pstn, from-trunk, incoming and the like",
        "With preset asterisk: the contexts in which calls from outside arrive.",
        example: "[\"from-pstn\"]", only: phone)
    static let ownNumbers = DefaultedKey<[String]>(
        "own_numbers", .list(of: .text("a number", atMost: 40), "numbers", counts: 0...1_000),
        default: [], written: "[]", "Numbers of this house: they are never a customer's.",
        example: "[\"+982112345678\"]", only: phone)
    static let extensionDigits = DefaultedKey<Int>(
        "extension_digits", .number(1...9), default: 5, written: "5",
        "Numbers of up to this many digits are inner ones.", example: "4", only: phone)

    enum FollowFrom: String, CaseIterable, Sendable { case end, start }

    static let path = OptionalKey<String>(
        "path",
        .path("a file or a folder", example: "/var/log/asterisk/cdr-csv/Master.csv"),
        absent: "calls come by hamdeld import alone",
        "A log that grows and is followed, or a folder whose files are read as they come.",
        example: "\"/var/log/asterisk/cdr-csv/Master.csv\"", only: phone)
    static let followFrom = DefaultedKey<FollowFrom>(
        "follow_from", .choice("a place"), default: .end, written: "\"end\"",
        "Where a log that is followed for the first time begins: at its end, or with all that is in it.",
        example: "\"start\"", only: phone)

    static let recordingsURL = OptionalKey<String>(
        "recordings_url", .webURL(example: "https://pbx.example.org/recordings/"),
        absent: "a recording is a link only where the log has its address",
        "What stands before a recording's file name, to make a link of it. Nothing is fetched.",
        example: "\"https://pbx.example.org/recordings/\"", only: phone)

    static let descriptions = [
        path.description, followFrom.description, region.description, mapping.description,
        dateOrder.description, delimiter.description,
        skipRows.description, inboundContexts.description, ownNumbers.description,
        extensionDigits.description, recordingsURL.description,
    ]
}

extension ConfigurationReader {
    /// What goes to the adapter as it is written is read only to be checked.
    mutating func checkPhoneLog(_ section: SectionTable) {
        _ = read(PhoneLogKeys.path, section)
        _ = read(PhoneLogKeys.followFrom, section)
        _ = read(PhoneLogKeys.recordingsURL, section)
        _ = read(PhoneLogKeys.mapping, section)
        _ = read(PhoneLogKeys.dateOrder, section)
        _ = read(PhoneLogKeys.delimiter, section)
        _ = read(PhoneLogKeys.skipRows, section)
        _ = read(PhoneLogKeys.inboundContexts, section)
        _ = read(PhoneLogKeys.ownNumbers, section)
        _ = read(PhoneLogKeys.extensionDigits, section)
    }
}
