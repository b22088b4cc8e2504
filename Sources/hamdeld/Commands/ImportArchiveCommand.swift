internal import ArgumentParser
internal import FoundationEssentials
internal import Glibc
internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import HelpdeskEngine

/// `hamdeld import archive FILE`: what `hamdeld export archive` wrote, or a program that speaks the format (Docs/Archive.md).
struct ImportArchiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive",
        abstract: "A JSONL archive of another desk: resumable, idempotent, mails nobody.",
        discussion: """
            Tickets keep their numbers where those are free; where one is not, the tag was-N finds it. Customers who \
            are here already, by a key or an address, get the tickets. The same archive again adds nothing, so a run \
            that was cut short is run again.
            """)
    @OptionGroup var config: ConfigurationOption
    @Argument(help: "What to read; - is standard input.", completion: .file()) var path: String
    @Option(help: "Whose tickets those become whose team is not configured here.")
    var team: String?
    @Flag(help: "Writes nothing and says what would come.") var dryRun = false
    @Flag(help: "The result as JSON.") var json = false

    func run() async throws {
        let loaded = try config.load()
        if let team, !loaded.configuration.teams.contains(where: { $0.name == team }) {
            Terse.complain("team \(team) is not configured")
            throw ExitCode(EX_CONFIG)
        }
        let file = try ImportFile(path)
        let work = try await StoreAccess.with(loaded) { access in
            var work = ArchiveImporting(
                access: access, mode: dryRun ? .look : .take,
                team: team.map { TeamID(rawValue: $0) }, progress: ImportProgress(whole: file.size))
            var lines = ArchiveLines()
            var done = 0
            while let chunk = try file.next() {
                for line in lines.read(chunk) { try await work.take(line) }
                done += chunk.count
                work.read(upTo: done)
            }
            for line in lines.finish() { try await work.take(line) }
            try await work.finish()
            return work
        }
        if dryRun, !json { Terse.say(work.preview) }
        try work.summary.conclude(json: json)
    }
}

/// Cuts bytes into lines, none longer than an archive's may be.
struct ArchiveLines {
    enum Line {
        case text(Int, String)
        case tooLong(Int)
    }

    private var number = 1
    private var bytes: [UInt8] = []
    private var isTooLong = false

    mutating func read(_ chunk: [UInt8]) -> [Line] {
        var lines: [Line] = []
        var rest = chunk[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            add(rest[..<end])
            lines += finish()
            number += 1
            rest = rest[(end + 1)...]
        }
        add(rest)
        return lines
    }

    /// The line so far; blank ones are none.
    mutating func finish() -> [Line] {
        defer {
            bytes.removeAll(keepingCapacity: bytes.capacity <= 1 << 20)
            isTooLong = false
        }
        if isTooLong { return [.tooLong(number)] }
        guard bytes.contains(where: { $0 > 0x20 }) else { return [] }
        return [.text(number, String(decoding: bytes, as: UTF8.self))]
    }

    private mutating func add(_ part: ArraySlice<UInt8>) {
        guard !isTooLong else { return }
        if bytes.count + part.count > ArchiveBatch.longestLine {
            isTooLong = true
            bytes = []
        } else {
            bytes += part
        }
    }
}

/// Hands lines on, many to a transaction, and counts what became of them.
struct ArchiveImporting {
    static let batchBytes = 4 << 20
    /// Of a dry run: names of records that would be there, eight bytes each. Beyond them nothing is checked against them.
    static let mostNames = 8_000_000

    let access: StoreAccess
    let mode: ArchiveBatch.Mode
    let team: TeamID?
    private(set) var summary = ImportSummary()
    private var waiting: [ArchiveBatch.Line] = []
    private var waitingBytes = 0
    private var progress: ImportProgress
    private var count = 0
    private var last: (line: Int, end: ArchiveEnd?) = (0, nil)
    private var comes: [ArchiveRecord.Kind: Int] = [:]
    private var names: Set<Int> = []

    init(
        access: StoreAccess, mode: ArchiveBatch.Mode, team: TeamID?, progress: ImportProgress
    ) {
        self.access = access
        self.mode = mode
        self.team = team
        self.progress = progress
    }

    mutating func take(_ line: ArchiveLines.Line) async throws {
        switch line {
        case .tooLong(let number):
            count += 1
            last = (number, nil)
            summary.reject(number, "the line is longer than \(ArchiveBatch.longestLine) bytes")
        case .text(let number, let text):
            if count == 0 { try Self.check(text) }
            count += 1
            last = (number, nil)
            if text.utf8.count < 200, case .end(let end)? = try? ArchiveRecord(line: text) {
                last.end = end
            }
            waiting.append(ArchiveBatch.Line(number: number, text: text))
            waitingBytes += text.utf8.count
            if waiting.count >= ArchiveBatch.most || waitingBytes >= Self.batchBytes {
                try await flush()
            }
        }
    }

    /// The first line says whether the rest can be understood.
    private static func check(_ text: String) throws {
        guard case .archive(let header)? = try? ArchiveRecord(line: text) else {
            Terse.complain(
                "line 1: expected the header of a \(ArchiveHeader.format) (Docs/Archive.md)")
            throw ExitCode(EX_DATAERR)
        }
        if let fault = header.fault {
            Terse.complain("line 1: \(fault)")
            throw ExitCode(EX_DATAERR)
        }
    }

    mutating func read(upTo done: Int) { progress.note(done: done, summary) }

    mutating func finish() async throws {
        try await flush()
        progress.finish()
        guard count > 0 else {
            Terse.complain("there is nothing to read")
            throw ExitCode(EX_DATAERR)
        }
        if let end = last.end {
            if end.records != count - 1 {
                summary.reject(
                    last.line,
                    "the archive had \(end.records) lines before this one, here are \(count - 1)")
            }
        } else {
            summary.reject(last.line, "the archive ends without its last line: it was cut short")
        }
        summary.rejected.sort { $0.line < $1.line }
    }

    private mutating func flush() async throws {
        let batch = waiting
        waiting = []
        waitingBytes = 0
        guard !batch.isEmpty else { return }
        let document = try await access.part(
            of: "import", .importArchive(ArchiveBatch(lines: batch, mode: mode, team: team))
        ).document
        let outcomes = try JSONDecoder().decode([ArchiveOutcome].self, from: Data(document.utf8))
        for (line, outcome) in zip(batch, outcomes) { note(outcome, line) }
    }

    private mutating func note(_ outcome: ArchiveOutcome, _ line: ArchiveBatch.Line) {
        switch outcome.result {
        case .taken:
            if mode == .look, let missing = missing(outcome) {
                summary.reject(
                    outcome.line, "it names \(missing), which is neither here nor before it")
                return
            }
            summary.imported += 1
            if let kind = outcome.kind { comes[kind, default: 0] += 1 }
            if mode == .look { learn(line) }
        case .known:
            summary.duplicates += 1
        case .left: summary.skipped += 1
        case .rejected: summary.reject(outcome.line, outcome.reason ?? "not taken")
        }
    }

    private func missing(_ outcome: ArchiveOutcome) -> String? {
        guard names.count < Self.mostNames else { return nil }
        return outcome.needs.first { !names.contains($0.hashValue) }
    }

    private mutating func learn(_ line: ArchiveBatch.Line) {
        guard names.count < Self.mostNames, let record = try? ArchiveRecord(line: line.text) else {
            return
        }
        for name in record.makes { names.insert(name.hashValue) }
    }

    /// What a dry run found, in words.
    var preview: String {
        let parts = ArchiveRecord.Kind.allCases.compactMap { kind in
            comes[kind].map { "\($0) \(kind.rawValue)" }
        }
        return "dry run, nothing was written; would come: "
            + (parts.isEmpty ? "nothing" : parts.joined(separator: ", "))
    }
}
