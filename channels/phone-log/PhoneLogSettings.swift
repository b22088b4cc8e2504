internal import ChannelKit
internal import HelpdeskCore

/// An inbox's settings, read once and checked.
struct PhoneLogSettings: Sendable {
    let inbox: InboxID
    let format: PhoneLogFormat
    let parties: CallParties
    let delimiter: UInt8
    let rowsToSkip: Int
    let recordings: Recordings
    /// A file or folder that is followed; nil: calls come by import alone.
    let path: String?
    let followFrom: FollowFrom

    enum FollowFrom: Sendable { case end, start }

    /// Older calls are history (DESIGN invariant 12).
    let liveWithin: TimeSpan

    init(_ configuration: ChannelConfiguration) throws(ChannelConfigurationError) {
        inbox = configuration.inbox
        let order = try Self.choice(
            "date_order", in: configuration, LogTime.Order.allCases.map { ($0.rawValue, $0) },
            default: .yearFirst)
        let time = LogTime(zone: configuration.zone, order: order)
        rowsToSkip = try Self.integer("skip_rows", in: configuration, 0...100, default: 0)
        let preset = try Self.choice(
            "preset", in: configuration, PhoneLogFormat.Preset.allCases.map { ($0.rawValue, $0) },
            default: .asterisk)
        format = PhoneLogFormat(
            preset, time: time, inboundContexts: try Self.contexts(configuration),
            columns: preset == .generic || preset == .threeCX
                ? try Self.columns(configuration) : GenericColumns(columns: [:]),
            rowsToSkip: rowsToSkip)
        recordings = Recordings(base: configuration.text("recordings_url"))
        path = configuration.text("path")
        followFrom = try Self.choice(
            "follow_from", in: configuration, [("end", FollowFrom.end), ("start", .start)],
            default: .end)
        parties = try Self.parties(configuration)
        delimiter = try Self.choice(
            "delimiter", in: configuration,
            [
                (",", UInt8(ascii: ",")), (";", UInt8(ascii: ";")), ("tab", 0x09), ("\t", 0x09),
                ("|", UInt8(ascii: "|")),
            ],
            default: UInt8(ascii: ","))
        liveWithin = .seconds(
            Int64(
                try Self.integer(
                    "live_within_s", in: configuration, 60...315_360_000, default: 172_800)))
    }

    /// A reader for a new file.
    var reader: LogReader {
        if case .freeSwitchJSON = format { return .json(JSONRecordReader()) }
        return .csv(CSVReader(delimiter: delimiter))
    }

    /// Contexts that Asterisk and FreePBX documentation use for calls from outside.
    private static let usualInboundContexts = [
        "from-pstn", "from-trunk", "from-did", "from-external", "from-zaptel", "from-dahdi",
        "from-outside", "ext-did", "incoming", "inbound",
    ]

    private static func contexts(
        _ configuration: ChannelConfiguration
    ) throws(ChannelConfigurationError) -> [String] {
        guard configuration.values["inbound_contexts"] != nil else { return usualInboundContexts }
        return try texts("inbound_contexts", in: configuration)
    }

    private static func parties(
        _ configuration: ChannelConfiguration
    ) throws(ChannelConfigurationError) -> CallParties {
        let region = configuration.values["region"]
        guard let numbers = PhoneNumberReader(region: configuration.text("region")),
            region == nil || configuration.text("region") != nil
        else {
            throw ChannelConfigurationError(
                key: "region", expected: "a country's two capitals, such as \"IR\"",
                got: described(region))
        }
        var own: Set<String> = []
        for text in try texts("own_numbers", in: configuration) {
            guard case .valid(let e164, _) = numbers.read(text) else {
                throw ChannelConfigurationError(
                    key: "own_numbers", expected: "valid phone numbers, best with country code",
                    got: "\"\(shown(text))\"")
            }
            own.insert(e164)
        }
        return CallParties(
            numbers: numbers,
            extensionDigits: try integer("extension_digits", in: configuration, 1...9, default: 5),
            ownNumbers: own)
    }
}

extension PhoneLogSettings {
    private static func columns(
        _ configuration: ChannelConfiguration
    ) throws(ChannelConfigurationError) -> GenericColumns {
        guard let value = configuration.values["mapping"] else {
            return GenericColumns(columns: [:])
        }
        guard case .table(let table) = value else {
            throw ChannelConfigurationError(
                key: "mapping", expected: "a table of columns", got: described(value))
        }
        var columns: [GenericColumns.Meaning: [GenericColumns.Column]] = [:]
        for (name, value) in table {
            guard let meaning = GenericColumns.Meaning(rawValue: name) else {
                let known = GenericColumns.Meaning.allCases.map(\.rawValue).joined(separator: ", ")
                throw ChannelConfigurationError(
                    key: "mapping.\(name)", expected: "one of \(known)", got: "\"\(shown(name))\"")
            }
            columns[meaning] = try Self.column("mapping.\(name)", value)
        }
        guard columns.isEmpty || columns[.startedAt] != nil else {
            throw ChannelConfigurationError(
                key: "mapping.started_at", expected: "the column of the start time", got: "nothing")
        }
        guard columns.isEmpty || columns[.from] != nil || columns[.number] != nil else {
            throw ChannelConfigurationError(
                key: "mapping.from", expected: "the column of the caller's number", got: "nothing")
        }
        return GenericColumns(columns: columns)
    }

    /// A name, a number from 1 (as an integer or as digits), or a list of them for a time.
    private static func column(
        _ key: String, _ value: ChannelConfiguration.Value
    ) throws(ChannelConfigurationError) -> [GenericColumns.Column] {
        switch value {
        case .text(let text):
            if let number = Int(text), (1...CSVReader.maximumFields).contains(number) {
                return [.at(number - 1)]
            }
            if !GenericColumns.folded(text).isEmpty { return [.named(text)] }
        case .integer(let number):
            if number >= 1, number <= CSVReader.maximumFields { return [.at(Int(number) - 1)] }
        case .list(let list) where (1...2).contains(list.count):
            var columns: [GenericColumns.Column] = []
            for value in list { columns += try column(key, value) }
            return columns
        case .list, .boolean, .table: break
        }
        throw ChannelConfigurationError(
            key: key, expected: "a column's name, or its number from 1", got: described(value))
    }

    private static func choice<Value>(
        _ key: String, in configuration: ChannelConfiguration, _ choices: [(String, Value)],
        default usual: Value
    ) throws(ChannelConfigurationError) -> Value {
        guard let value = configuration.values[key] else { return usual }
        if case .text(let text) = value, let choice = choices.first(where: { $0.0 == text }) {
            return choice.1
        }
        throw ChannelConfigurationError(
            key: key, expected: choices.map { "\"\($0.0)\"" }.joined(separator: ", "),
            got: described(value))
    }

    private static func integer(
        _ key: String, in configuration: ChannelConfiguration, _ range: ClosedRange<Int>,
        default usual: Int
    ) throws(ChannelConfigurationError) -> Int {
        guard let value = configuration.values[key] else { return usual }
        if case .integer(let number) = value, let number = Int(exactly: number),
            range.contains(number)
        {
            return number
        }
        throw ChannelConfigurationError(
            key: key, expected: "a number from \(range.lowerBound) to \(range.upperBound)",
            got: described(value))
    }

    private static func texts(
        _ key: String, in configuration: ChannelConfiguration
    ) throws(ChannelConfigurationError) -> [String] {
        guard let value = configuration.values[key] else { return [] }
        let texts = configuration.texts(key)
        guard case .list(let list) = value, texts.count == list.count else {
            throw ChannelConfigurationError(
                key: key, expected: "a list of texts", got: described(value))
        }
        return texts
    }

    private static func described(_ value: ChannelConfiguration.Value?) -> String {
        switch value {
        case nil: "nothing"
        case .text(let text): "\"\(shown(text))\""
        case .integer(let number): "\(number)"
        case .boolean(let flag): "\(flag)"
        case .list: "a list"
        case .table: "a table"
        }
    }
}
