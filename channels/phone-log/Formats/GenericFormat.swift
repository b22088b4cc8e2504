internal import HelpdeskCore

/// Rows of any CSV with one call per row, by a mapping of its columns.
struct GenericFormat: Sendable {
    let time: LogTime
    let columns: GenericColumns
    /// Rows after the names that are no calls (types, units).
    let rowsToSkip: Int

    private var indexes: [GenericColumns.Meaning: [Int]] = [:]
    private var rowsSeen = 0

    init(time: LogTime, columns: GenericColumns, rowsToSkip: Int) {
        self.time = time
        self.columns = columns
        self.rowsToSkip = rowsToSkip
        if !columns.hasNames { indexes = columns.fixedIndexes }
    }

    mutating func read(_ row: CSVRow) throws(PhoneLogFault) -> RowReading {
        rowsSeen += 1
        if columns.hasNames, rowsSeen == 1 {
            indexes = try columns.indexes(row)
            return .heading
        }
        if rowsSeen <= rowsToSkip + (columns.hasNames ? 1 : 0) { return .heading }
        return read(call: row)
    }

    private func read(call row: CSVRow) -> RowReading {
        let startText = text(.startedAt, row)
        guard let start = time.instant(startText) else {
            return .rejected("started_at: expected a time, got \"\(shown(startText))\"")
        }
        var call = CallRow()
        call.start = start
        let durationText = text(.duration, row)
        if !durationText.isEmpty {
            guard let seconds = LogDuration.seconds(durationText) else {
                return .rejected(
                    "duration: expected seconds or h:mm:ss, got \"\(shown(durationText))\"")
            }
            call.talkSeconds = seconds
        }
        let directionText = text(.direction, row)
        if !directionText.isEmpty {
            guard let direction = CallWords.direction(directionText) else {
                return .rejected(
                    "direction: expected in, out or internal, got \"\(shown(directionText))\"")
            }
            call.direction = direction
        }
        if CallWords.isYes(text(.isInternal, row)) { call.direction = .internal }
        let outcomeText = text(.outcome, row)
        if outcomeText.isEmpty {
            call.outcome = call.talkSeconds > 0 ? .answered : .missed
        } else {
            guard let outcome = CallWords.outcome(outcomeText) else {
                return .rejected(
                    "outcome: expected answered, missed, voicemail, busy or failed, got \"\(shown(outcomeText))\""
                )
            }
            call.outcome = outcome
        }
        if call.outcome != .answered && call.outcome != .voicemail { call.talkSeconds = 0 }
        takeParties(row, &call)
        return .call(call)
    }

    private func takeParties(_ row: CSVRow, _ call: inout CallRow) {
        let from = CallWords.nameAndNumber(text(.from, row))
        let to = CallWords.nameAndNumber(text(.to, row))
        call.from = from.number
        call.to = to.number
        call.otherSide = CallWords.nameAndNumber(text(.number, row)).number
        call.name = text(.name, row)
        if call.name.isEmpty { call.name = call.direction == .outbound ? to.name : from.name }
        call.extension = text(.extension, row)
        call.recordingURL = text(.recording, row)
        call.callID = text(.id, row)
        call.externalID =
            call.callID.isEmpty
            ? RowIdentity.externalID(prefix: "", row.fields)
            : String(call.callID.unicodeScalars.prefix(200))
    }

    private func text(_ meaning: GenericColumns.Meaning, _ row: CSVRow) -> String {
        guard let columns = indexes[meaning] else { return "" }
        return columns.count == 1
            ? row.text(columns[0]) : columns.map(row.text).joined(separator: " ")
    }
}
