internal import HelpdeskCore

/// Rows of FreeSWITCH's `Master.csv` (mod_cdr_csv): the columns of its usual template and those of its template `asterisk`, told
/// apart by where the start time stands; also files with a first row of variable names.
struct FreeSwitchFormat: Sendable {
    /// Template `example`; `sql`, `snom` and `linksys` begin with the same thirteen.
    private static let usual = [
        "caller_id_name", "caller_id_number", "destination_number", "context", "start_stamp",
        "answer_stamp", "end_stamp", "duration", "billsec", "hangup_cause", "uuid", "bleg_uuid",
        "accountcode",
    ]
    private static let asterisk = [
        "accountcode", "caller_id_number", "destination_number", "context", "caller_id_name",
        "channel_name", "bridge_channel", "last_app", "last_arg", "start_stamp", "answer_stamp",
        "end_stamp", "duration", "billsec", "hangup_cause", "amaflags", "uuid", "userfield",
    ]

    let time: LogTime
    private var named: [String: Int]?
    private var isFirstRow = true
    private var legs = OtherLegs()

    init(time: LogTime) { self.time = time }

    mutating func read(_ row: CSVRow) -> RowReading {
        defer { isFirstRow = false }
        if isFirstRow, takeNames(row) { return .heading }
        guard let columns = columns(row) else {
            return .rejected(
                "\(row.count) columns without a start time where FreeSWITCH's templates have it")
        }
        func text(_ name: String) -> String { columns[name].map(row.text) ?? "" }
        guard let start = time.instant(text("start_stamp")) else {
            return .rejected("start_stamp: expected a time, got \"\(shown(text("start_stamp")))\"")
        }
        let talkText = text("billsec")
        guard let talk = talkText.isEmpty ? 0 : LogDuration.seconds(talkText) else {
            return .rejected("billsec: expected seconds, got \"\(shown(talkText))\"")
        }
        var record = FreeSwitchCall(start: start, talkSeconds: talk)
        record.from = text("caller_id_number")
        record.name = AsteriskFormat.displayName(text("caller_id_name"), number: record.from)
        record.to = text("destination_number")
        record.wasAnswered = !text("answer_stamp").isEmpty
        record.cause = text("hangup_cause")
        record.application = text("last_app")
        record.uuid = text("uuid")
        record.otherLeg = text("bleg_uuid")
        record.channel = text("channel_name")
        record.otherChannel = text("bridge_channel")
        if legs.haveTold(record.uuid, of: record.otherLeg) { return .told }
        return .call(record.row)
    }

    private mutating func takeNames(_ row: CSVRow) -> Bool {
        var found: [String: Int] = [:]
        for (index, name) in row.fields.enumerated() where found[name] == nil {
            found[name.lowercased()] = index
        }
        guard found["caller_id_number"] != nil, found["start_stamp"] != nil else { return false }
        named = found
        return true
    }

    private func columns(_ row: CSVRow) -> [String: Int]? {
        if let named { return named }
        for (start, columns) in Self.templates
        where row.count > start + 5 && time.instant(row.text(start)) != nil {
            return columns
        }
        return nil
    }

    /// Each template with the column its start time stands in.
    private static let templates: [(start: Int, columns: [String: Int])] =
        [usual, asterisk].map { names in
            let columns = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
            return (columns["start_stamp"] ?? 0, columns)
        }
}

/// What FreeSWITCH says of a call, in CSV and in JSON.
struct FreeSwitchCall {
    var from = ""
    var name = ""
    var to = ""
    var start: Instant
    var talkSeconds: Int64
    var wasAnswered = false
    var cause = ""
    var application = ""
    var uuid = ""
    var otherLeg = ""
    var channel = ""
    var otherChannel = ""
    var `extension` = ""
    var recording = ""

    init(start: Instant, talkSeconds: Int64) {
        self.start = start
        self.talkSeconds = talkSeconds
    }

    var row: CallRow {
        var call = CallRow()
        call.from = from
        call.to = to
        call.name = name
        call.start = start
        call.outcome = outcome
        call.talkSeconds = outcome == .answered || outcome == .voicemail ? talkSeconds : 0
        call.extension = `extension`
        call.callingDevice = Self.device(channel)
        call.calledDevice = Self.device(otherChannel)
        call.recordingURL = recording
        // Both legs have the same id, whichever of them is written.
        call.callID = otherLeg.isEmpty ? uuid : min(uuid, otherLeg)
        call.externalID = RowIdentity.externalID(
            prefix: uuid, [uuid, from, to, "\(start.milliseconds)", "\(talkSeconds)", cause])
        return call
    }

    /// By Q.850 names (FreeSWITCH's hangup causes).
    private var outcome: CallOutcome {
        if application == "voicemail" || to.hasPrefix("voicemail") {
            return wasAnswered || talkSeconds > 0 ? .voicemail : .missed
        }
        if wasAnswered || talkSeconds > 0 { return .answered }
        switch cause {
        case "USER_BUSY": return .busy
        case "NORMAL_CLEARING", "ORIGINATOR_CANCEL", "NO_ANSWER", "NO_USER_RESPONSE",
            "ALLOTTED_TIMEOUT", "LOSE_RACE", "PICKED_OFF", "ATTENDED_TRANSFER", "":
            return .missed
        default: return .failed
        }
    }

    /// `sofia/internal/1001@pbx.example.org` → 1001.
    private static func device(_ channel: String) -> String {
        let parts = channel.utf8.split(separator: UInt8(ascii: "/"))
        guard parts.count > 1, let last = parts.last else { return "" }
        let name = last.prefix { $0 != UInt8(ascii: "@") }
        return name.count > 64 ? "" : String(decoding: name, as: UTF8.self)
    }
}

/// A log of both legs tells of each call twice: the second row names what the first one named.
struct OtherLegs {
    private static let span = 512
    private var told: [String] = []
    private var next = 0

    mutating func haveTold(_ uuid: String, of other: String) -> Bool {
        if !uuid.isEmpty, told.contains(uuid) { return true }
        guard !other.isEmpty else { return false }
        if told.count < Self.span {
            told.append(other)
        } else {
            told[next] = other
            next = (next + 1) % Self.span
        }
        return false
    }
}
