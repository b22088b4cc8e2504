public import ChannelKit
internal import HelpdeskCore

/// Reads one log file, chunk by chunk, and puts its calls into the stream.
///
/// Hand over chunks as they are read from the file (64 KiB is good), then `finish()`. Memory is bounded:
/// one row, and a batch and `CallLegs.span` calls, whatever the file's size. Importing a file
/// again adds nothing, so an import that broke off is resumed by starting it again.
public struct PhoneLogImport {
    /// Why an import stopped. What was delivered before stays.
    public enum Failure: Error, Sendable, Equatable {
        /// The host did not keep a batch; `read([])` tries the same batch again.
        case refused(DeliveryRefusal)
        case format(PhoneLogFault)
    }

    /// What became of the rows so far.
    public private(set) var report = PhoneLogReport()

    private let settings: PhoneLogSettings
    private let host: any ChannelHost
    private var format: PhoneLogFormat
    private var reader: LogReader
    private var legs = CallLegs()
    /// Numbers read before: callers ring again, and reading one takes as long as the rest of its row.
    private var identities: [String: ClaimedIdentity?] = [:]
    private static let maximumIdentities = 4096
    private var pending: [CallLegs.Leg] = []
    /// Rows read and not yet looked at: only after a refusal, at most a chunk's.
    private var items: ArraySlice<CSVReader.Item> = []
    private var isAtStart = true
    /// A followed log keeps what it could not read; an import tells it to whoever started it.
    struct RejectedRow: Sendable {
        let line: Int
        let reason: String
        let bytes: [UInt8]
    }
    static let maximumRejectedRows = 1000
    private(set) var rejectedRows: [RejectedRow] = []

    public init(_ channel: PhoneLogChannel, host: any ChannelHost) {
        settings = channel.settings
        self.host = host
        format = channel.settings.format
        reader = channel.settings.reader
    }

    /// Bytes of the file whose calls are all durable, or told by others: where reading may go on after a restart. Valid
    /// after `settle()`.
    var settledBytes: Int { reader.rowStart }

    /// Takes the names of columns from a file's beginning, when reading goes on further down.
    mutating func takeNames(_ beginning: [UInt8]) throws(Failure) {
        var reader = settings.reader
        let rows = reader.read(beginning).compactMap { item -> CSVRow? in
            if case .row(let row) = item { row } else { nil }
        }
        // Those that are no calls; whatever they say besides was read in its time.
        for row in rows.prefix(1 + settings.rowsToSkip) { _ = try reading(row) }
        isAtStart = false
    }

    /// Makes everything durable that was read so far, with `cursor` behind it; a row that is not complete yet waits.
    mutating func settle(_ cursor: Cursor) async throws(Failure) {
        try await work()
        while let verdict = legs.finish() {
            keep(verdict)
            if pending.count >= InboundBatch.maximumMessages { try await deliver() }
        }
        try await deliver(cursor)
    }

    /// Takes the next bytes of the file. Suspends while the host commits.
    public mutating func read(_ chunk: [UInt8]) async throws(Failure) {
        if isAtStart, !chunk.isEmpty {
            isAtStart = false
            if chunk.starts(with: [0xFF, 0xFE]) || chunk.starts(with: [0xFE, 0xFF]) {
                throw .format(.encoding("UTF-16"))
            }
        }
        items += reader.read(chunk)
        try await work()
    }

    /// Says that the file has ended; returns once every call is durable.
    public mutating func finish() async throws(Failure) -> PhoneLogReport {
        items += reader.finish()
        try await work()
        while let verdict = legs.finish() {
            keep(verdict)
            if pending.count >= InboundBatch.maximumMessages { try await deliver() }
        }
        try await deliver()
        return report
    }

    private mutating func work() async throws(Failure) {
        while true {
            if pending.count >= InboundBatch.maximumMessages { try await deliver() }
            guard let item = items.popFirst() else { return }
            switch item {
            case .fault(let line, let fault): reject(line, fault.description, [])
            case .row(let row): try take(row)
            }
        }
    }

    private mutating func take(_ row: CSVRow) throws(Failure) {
        switch try reading(row) {
        case .heading: break
        case .told: report.skipped += 1
        case .rejected(let reason): reject(row.line, reason, row.fields)
        case .call(let call):
            guard let message = message(call) else {
                report.skipped += 1
                return
            }
            keep(legs.take(CallLegs.Leg(line: row.line, message: message)))
        }
    }

    private mutating func reject(_ line: Int, _ reason: String, _ fields: [String]) {
        report.reject(line, reason)
        guard rejectedRows.count < Self.maximumRejectedRows else { return }
        rejectedRows.append(
            RejectedRow(
                line: line, reason: reason, bytes: Array(fields.joined(separator: ",").utf8)))
    }

    mutating func forgetRejectedRows() { rejectedRows.removeAll() }

    private mutating func keep(_ verdict: CallLegs.Verdict?) {
        switch verdict {
        case .kept(let leg): pending.append(leg)
        case .told: report.skipped += 1
        case nil: break
        }
    }

    private mutating func reading(_ row: CSVRow) throws(Failure) -> RowReading {
        do throws(PhoneLogFault) {
            return try format.read(row)
        } catch {
            throw .format(error)
        }
    }

    /// nil for internal calls.
    private mutating func message(_ call: CallRow) -> InboundMessage? {
        let judgement = settings.parties.judge(call)
        guard judgement.direction != .internal else { return nil }
        return InboundMessage(
            externalID: call.externalID, conversation: call.callID.isEmpty ? nil : call.callID,
            sender: Sender(
                identity: identity(judgement.customer),
                name: call.name.isEmpty ? nil : String(call.name.unicodeScalars.prefix(200))),
            author: judgement.direction == .outbound ? .agent : .customer, kind: .call,
            sentAt: call.start, text: "",
            call: Call(
                direction: judgement.direction, outcome: call.outcome,
                durationSeconds: call.talkSeconds, extension: Self.inner(call, judgement),
                recordingURL: settings.recordings.link(call.recordingURL)),
            origin: host.now().since(call.start) > settings.liveWithin ? .history : .live)
    }

    private mutating func identity(_ number: String?) -> ClaimedIdentity? {
        guard let number else { return nil }
        if let known = identities[number] { return known }
        if identities.count >= Self.maximumIdentities {
            identities.removeAll(keepingCapacity: true)
        }
        let identity = settings.parties.identity(number)
        identities.updateValue(identity, forKey: number)
        return identity
    }

    /// Who of us took part. The device that was rung tells more than the number dialled, which may be
    /// a queue's; for calls out the dialling number tells more than its device.
    private static func inner(_ call: CallRow, _ judgement: CallParties.Judgement) -> String? {
        let known =
            judgement.direction == .outbound
            ? [call.extension, judgement.inner ?? "", call.callingDevice]
            : [call.extension, call.calledDevice, judgement.inner ?? ""]
        return known.first { !$0.isEmpty }
    }

    private mutating func deliver(_ cursor: Cursor? = nil) async throws(Failure) {
        guard !pending.isEmpty || cursor != nil else { return }
        let outcomes: [DeliveryOutcome]
        do throws(DeliveryRefusal) {
            outcomes = try await host.deliver(
                InboundBatch(messages: pending.map(\.message), cursor: cursor))
        } catch {
            throw .refused(error)
        }
        for (row, outcome) in zip(pending, outcomes) {
            switch outcome {
            case .ticketed: report.imported += 1
            case .duplicate: report.duplicates += 1
            case .quarantined(_, let reason): report.reject(row.line, "quarantined: \(reason)")
            }
        }
        pending.removeAll(keepingCapacity: true)
    }
}

extension PhoneLogImport.Failure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .format(let fault): fault.description
        case .refused(.busy):
            "the daemon is busy; start the import again, it goes on where it stopped"
        case .refused(.noSpace): "space is short; make room and start the import again"
        case .refused(.stopping): "the daemon is stopping; start the import again when it runs"
        case .refused(.storeFailed(let detail)): "the store failed: \(detail)"
        case .refused(.conflict(let existing)): "a call's id is taken by other content: \(existing)"
        }
    }
}
