internal import ChannelKit
internal import EmailChannel
internal import Glibc
internal import HelpdeskCore

/// Puts old mails in, in order, several to a transaction. What was put in before is known again, so an import that was broken
/// off is simply started once more.
struct MailImporting {
    /// Of one transaction.
    static let batchMails = 50
    static let batchBytes = 8 << 20

    private struct Waiting {
        let place: Place
        let bytes: [UInt8]
    }

    /// Where a mail stood, for the report.
    enum Place {
        case line(Int)
        case file(String)
    }

    let access: StoreAccess
    let inbox: InboxID
    private(set) var summary = ImportSummary()
    private var waiting: [Waiting] = []
    private var waitingBytes = 0
    private var progress: ImportProgress

    init(access: StoreAccess, inbox: InboxID, progress: ImportProgress) {
        self.access = access
        self.inbox = inbox
        self.progress = progress
    }

    mutating func take(_ mail: MailboxSplitter.Mail) async throws {
        switch mail.content {
        case .bytes(let bytes): try await take(bytes, from: .line(mail.line))
        case .tooLarge(let size):
            reject(
                .line(mail.line), "\(size) bytes, more than a mail may have; nothing of it was kept"
            )
        case .notAMailbox:
            reject(
                .line(mail.line),
                "the file does not begin with a “From ” line: what stands before the first is no mail of an mbox"
            )
        case .bookkeeping: summary.skipped += 1
        }
    }

    mutating func take(_ bytes: [UInt8], from place: Place) async throws {
        waiting.append(Waiting(place: place, bytes: bytes))
        waitingBytes += bytes.count
        if waiting.count >= Self.batchMails || waitingBytes >= Self.batchBytes { try await flush() }
    }

    mutating func skip() { summary.skipped += 1 }

    mutating func reject(_ place: Place, _ reason: String) {
        switch place {
        case .line(let line): summary.reject(line, reason)
        case .file(let name): summary.reject(0, "\(name): \(reason)")
        }
    }

    /// How far the reading has come, in the unit of the whole.
    mutating func read(upTo done: Int) { progress.note(done: done, summary) }

    mutating func finish() async throws -> ImportSummary {
        try await flush()
        progress.finish()
        return summary
    }

    private mutating func flush() async throws {
        let batch = waiting
        waiting = []
        waitingBytes = 0
        guard !batch.isEmpty else { return }
        let (access, inbox) = (access, inbox)
        let delivery = try await access.patiently("import") {
            let delivery = try await access.importMails(batch.map(\.bytes), to: inbox)
            guard let refused = delivery.refused else { return delivery }
            guard delivery.canRetry else { throw DaemonFailure(text: refused) }
            return nil
        }
        guard delivery.outcomes.count == batch.count else {
            throw DaemonFailure(
                text: "\(delivery.outcomes.count) outcomes for \(batch.count) mails")
        }
        for (mail, outcome) in zip(batch, delivery.outcomes) {
            switch outcome {
            case .ticketed: summary.imported += 1
            case .duplicate: summary.duplicates += 1
            case .quarantined(let id, let reason):
                reject(mail.place, "in quarantine as \(id.rawValue): \(reason)")
            }
        }
    }
}

/// Says on stderr how an import goes: every second on a terminal, every ten seconds in a log.
struct ImportProgress {
    /// Of what `done` counts; nil where nobody knows (stdin).
    let whole: Int?
    private let isTerminal: Bool
    private let began: ContinuousClock.Instant
    private var said: ContinuousClock.Instant

    init(whole: Int?) {
        self.whole = whole
        isTerminal = isatty(2) == 1
        began = .now
        said = .now
    }

    mutating func note(done: Int, _ summary: ImportSummary) {
        let now = ContinuousClock.now
        guard now - said >= (isTerminal ? .seconds(1) : .seconds(10)) else { return }
        said = now
        let seconds = max(1, (now - began).components.seconds)
        let count = summary.imported + summary.duplicates
        var line =
            "\(summary.imported) imported, \(summary.duplicates) known already, \(summary.rejected.count) rejected"
        if let whole, whole > 0 { line += ", \(min(100, done / max(1, whole / 100))) %" }
        line += ", \(count / Int(seconds)) a second"
        say(isTerminal ? "\r\u{1B}[K\(line)" : "\(line)\n")
    }

    func finish() { if isTerminal { say("\r\u{1B}[K") } }

    private func say(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
    }
}
