internal import HelpdeskCore

/// Rows of Asterisk's `Master.csv` (cdr_csv): 16 to 18 columns and no names, in the order of
/// `columnNames`; also files with a first row of column names, as cdr_custom, FreePBX and Issabel write.
struct AsteriskFormat: Sendable {
    /// Order of cdr_csv. `uniqueid` and `userfield` are there when cdr.conf asks for them.
    static let columnNames = [
        "accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp",
        "lastdata", "start", "answer", "end", "duration", "billsec", "disposition", "amaflags",
        "uniqueid", "userfield",
    ]
    private static let fewestColumns = 16

    let time: LogTime
    /// Contexts in which calls from outside arrive, by prefix.
    let inboundContexts: [String]

    private var columns: [String: Int] = Dictionary(
        uniqueKeysWithValues: columnNames.enumerated().map { ($1, $0) })
    private var fewest = fewestColumns
    private var isFirstRow = true

    init(time: LogTime, inboundContexts: [String]) {
        self.time = time
        self.inboundContexts = inboundContexts
    }

    mutating func read(_ row: CSVRow) -> RowReading {
        defer { isFirstRow = false }
        if isFirstRow, takeNames(row) { return .heading }
        guard row.count >= fewest else {
            return .rejected("\(row.count) columns, expected \(fewest) or more")
        }
        let startText = text("start", row)
        guard let start = time.instant(startText) else {
            return .rejected("start: expected a time, got \"\(shown(startText))\"")
        }
        guard let outcome = outcome(row) else {
            return .rejected(
                "disposition: expected ANSWERED, NO ANSWER, BUSY, FAILED or CONGESTION, got \"\(shown(text("disposition", row)))\""
            )
        }
        let talkText = text(columns["billsec"] == nil ? "duration" : "billsec", row)
        guard let talk = talkText.isEmpty ? 0 : LogDuration.seconds(talkText) else {
            return .rejected("billsec: expected seconds, got \"\(shown(talkText))\"")
        }
        var call = CallRow()
        let from = CallWords.nameAndNumber(text("src", row))
        call.from = from.number
        call.to = CallWords.nameAndNumber(text("dst", row)).number
        call.name = name(row)
        if call.name.isEmpty { call.name = from.name }
        call.recordingURL = text("recordingfile", row)
        call.start = start
        call.outcome = outcome
        call.talkSeconds = outcome == .answered || outcome == .voicemail ? talk : 0
        call.direction = isFromOutside(text("dcontext", row)) ? .inbound : nil
        call.callingDevice = Self.device(text("channel", row)) ?? ""
        call.calledDevice = Self.device(text("dstchannel", row)) ?? ""
        let uniqueID = text("uniqueid", row)
        let linkedID = text("linkedid", row)
        call.callID = linkedID.isEmpty ? uniqueID : linkedID
        call.externalID = RowIdentity.externalID(
            prefix: uniqueID,
            [
                "src", "dst", "channel", "dstchannel", "lastapp", "start", "end", "duration",
                "billsec", "disposition", "sequence",
            ].map { text($0, row) })
        return .call(call)
    }

    /// True when the row is one of column names.
    private mutating func takeNames(_ row: CSVRow) -> Bool {
        var found: [String: Int] = [:]
        for index in 0..<row.count {
            let written = row.text(index).lowercased()
            let name = Self.otherNames[GenericColumns.folded(written)] ?? written
            if found[name] == nil { found[name] = index }
        }
        let needed = ["src", "dst", "start", "disposition"]
        guard needed.allSatisfy({ found[$0] != nil }) else { return false }
        columns = found
        fewest = (needed.compactMap { found[$0] }.max() ?? 0) + 1
        return true
    }

    /// What the reports of FreePBX and Issabel call the columns.
    private static let otherNames = [
        "calldate": "start", "date": "start", "callstart": "start", "source": "src",
        "callerid": "src", "destination": "dst", "srcchannel": "channel",
        "dstchannel": "dstchannel", "status": "disposition", "app": "lastapp",
        "recording": "recordingfile", "uniqueid": "uniqueid", "linkedid": "linkedid",
        "accountcode": "accountcode", "clid": "clid", "billableduration": "billsec",
    ]

    private func text(_ column: String, _ row: CSVRow) -> String {
        columns[column].map(row.text) ?? ""
    }

    private func outcome(_ row: CSVRow) -> CallOutcome? {
        let application = text("lastapp", row).lowercased()
        switch text("disposition", row).uppercased() {
        case "ANSWERED" where application == "voicemail": return .voicemail
        // Asterisk's own applications pick up; without a second channel no person did.
        case "ANSWERED" where application == "queue" && text("dstchannel", row).isEmpty:
            return .missed
        case "ANSWERED": return .answered
        case "NO ANSWER", "NOANSWER", "NO_ANSWER", "CANCEL": return .missed
        case "BUSY": return .busy
        case "FAILED", "CONGESTION": return .failed
        default: return nil
        }
    }

    private func isFromOutside(_ context: String) -> Bool {
        inboundContexts.contains { context.utf8.starts(with: $0.utf8) }
    }

    /// The display name of `"Alice" <100>`, when it is more than the number.
    private func name(_ row: CSVRow) -> String {
        let given = text("cnam", row)
        if !given.isEmpty { return given }
        return Self.displayName(text("clid", row), number: text("src", row))
    }

    static func displayName(_ callerID: String, number: String) -> String {
        var bytes = Array(callerID.utf8)[...]
        if let bracket = bytes.firstIndex(of: UInt8(ascii: "<")) { bytes = bytes[..<bracket] }
        let outer: Set<UInt8> = [0x20, 0x09, UInt8(ascii: "\"")]
        while let first = bytes.first, outer.contains(first) { bytes = bytes.dropFirst() }
        while let last = bytes.last, outer.contains(last) { bytes = bytes.dropLast() }
        let name = String(decoding: bytes, as: UTF8.self)
        return name == number ? "" : name
    }

    /// `SIP/bob-00000001`, `PJSIP/1010-0000000a`, `Local/1010@from-queue-00000001;1` → who that is.
    static func device(_ channel: String) -> String? {
        let bytes = Array(channel.utf8)
        guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        var device = bytes[(slash + 1)...]
        if let at = device.firstIndex(of: UInt8(ascii: "@")) {
            device = device[..<at]
        } else if let dash = device.lastIndex(of: UInt8(ascii: "-")) {
            device = device[..<dash]
        }
        return device.isEmpty || device.count > 64 ? nil : String(decoding: device, as: UTF8.self)
    }
}

/// A piece of the file that is fit for a message: short, without control characters.
func shown(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars.prefix(60) {
        let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        result.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
    }
    return text.unicodeScalars.count > 60 ? result + "…" : result
}
