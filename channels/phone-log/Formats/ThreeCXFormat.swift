internal import HelpdeskCore

/// 3CX: the call log exported from its console (with names in the first row), and its CDR files (`Call 42,00000…,…`), told apart
/// by their first row.
struct ThreeCXFormat: Sendable {
    /// What a CDR file has when its fields were not chosen anew.
    private enum Field: Int {
        case history = 0
        case call, duration, start, answered, end, reason, fromNumber, toNumber, fromInner, toInner
        case dialled, reasonChanged, finalNumber, finalInner
        case fromType = 20
        case toType, finalType, fromName, toName, finalName
    }

    private let time: LogTime
    private var export: GenericFormat
    private var isRecord: Bool?

    init(time: LogTime, columns: GenericColumns) {
        self.time = time
        export = GenericFormat(time: time, columns: columns, rowsToSkip: 0)
    }

    mutating func read(_ row: CSVRow) throws(PhoneLogFault) -> RowReading {
        if isRecord == nil {
            isRecord = row.count > Field.toNumber.rawValue && time.instant(row.text(3)) != nil
        }
        if isRecord == true { return record(row) }
        // Sums, and the further steps of a call: the call itself stands in its own row.
        let first = row.text(0).lowercased()
        if first == "totals" || first == "total" || first.isEmpty { return .told }
        return try export.read(row)
    }

    private func record(_ row: CSVRow) -> RowReading {
        func text(_ field: Field) -> String { row.text(field.rawValue) }
        guard let start = time.instant(text(.start)) else {
            return .rejected("time-start: expected a time, got \"\(shown(text(.start)))\"")
        }
        let durationText = text(.duration)
        guard let seconds = durationText.isEmpty ? 0 : LogDuration.seconds(durationText) else {
            return .rejected("duration: expected h:mm:ss, got \"\(shown(durationText))\"")
        }
        var call = CallRow()
        call.start = start
        call.from = Self.number(text(.fromNumber))
        call.to = Self.number(text(.toNumber))
        call.outcome = outcome(text(.answered), text(.reason), text(.finalType))
        call.talkSeconds = call.outcome == .answered || call.outcome == .voicemail ? seconds : 0
        let fromOutside = Self.isLine(text(.fromType))
        let toOutside = Self.isLine(text(.toType)) || Self.isLine(text(.finalType))
        if fromOutside != toOutside { call.direction = fromOutside ? .inbound : .outbound }
        if call.direction == .outbound {
            let dialled = Self.number(text(.dialled))
            if !dialled.isEmpty { call.to = dialled }
            call.extension = Self.number(text(.fromInner))
            call.name = text(.toName)
        } else {
            let answered = Self.number(text(.finalInner))
            call.extension = answered.isEmpty ? Self.number(text(.toInner)) : answered
            call.name = text(.fromName)
        }
        call.name = AsteriskFormat.displayName(call.name, number: call.from)
        call.callID = text(.call)
        call.externalID = RowIdentity.externalID(
            prefix: text(.call), [text(.history), text(.call), text(.start), text(.end)])
        return .call(call)
    }

    private func outcome(_ answered: String, _ reason: String, _ type: String) -> CallOutcome {
        let kind = GenericColumns.folded(type)
        if time.instant(answered) != nil {
            return kind.contains("voicemail") ? .voicemail : .answered
        }
        let word = GenericColumns.folded(reason)
        if word.contains("busy") { return .busy }
        return word.contains("failed") ? .failed : .missed
    }

    /// `Ext.100` is 100.
    private static func number(_ text: String) -> String {
        text.lowercased().hasPrefix("ext.") ? String(text.dropFirst(4)) : text
    }

    private static func isLine(_ type: String) -> Bool {
        let word = GenericColumns.folded(type)
        return word.contains("line") || word.contains("provider") || word.contains("bridge")
    }
}
