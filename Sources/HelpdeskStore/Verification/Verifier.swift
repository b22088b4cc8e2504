internal import HelpdeskCore

/// Proves that the store is what its stream says (invariant 5): replays the stream into fresh tables with the projector that
/// made the kept ones, compares them row by row, and checks content, blobs, search index and counters. Changes nothing,
/// works on one snapshot while the daemon runs, and holds no more in memory than one page of events or one blob. Blocks
/// for minutes on a large store; needs free space in the temporary folder for a second set of projections.
public struct Verifier {
    public static let maximumDifferences = 500
    static let page = 500

    let path: String
    let progress: (VerificationProgress) -> Void

    /// - Parameters:
    ///   - path: of the store's file; it must have this version's schema, which opening the `Store` sees to.
    ///   - progress: called now and then on the calling thread.
    public init(path: String, progress: @escaping (VerificationProgress) -> Void = { _ in }) {
        self.path = path
        self.progress = progress
    }

    public func run() throws(StoreError) -> VerificationReport {
        try ReplayDatabase(path: path).run { connection throws(StoreError) in
            var run = VerificationRun(connection: connection, progress: progress)
            try run.checkStructure()
            // Tables made from a part of the stream say nothing of the rest.
            if try run.attempt("events", { run throws(StoreError) in try run.replay() }) == .read {
                try run.compareTables()
                try run.attempt("search_index") { run throws(StoreError) in
                    try run.compareSearch()
                }
            }
            try run.attempt("blobs") { run throws(StoreError) in try run.checkBlobs() }
            try run.attempt("attachments") { run throws(StoreError) in try run.checkAttachments() }
            try run.attempt("prepared") { run throws(StoreError) in try run.checkPrepared() }
            try run.attempt("drafts") { run throws(StoreError) in try run.checkDrafts() }
            try run.attempt("counters") { run throws(StoreError) in try run.checkCounters() }
            return run.report
        }
    }
}

extension Store {
    /// Verifies this store while it is in use; see `Verifier`. Blocks.
    public func verify(
        progress: @escaping (VerificationProgress) -> Void = { _ in }
    ) throws(StoreError) -> VerificationReport {
        try Verifier(path: path, progress: progress).run()
    }
}

/// One verification under way, on its connection.
struct VerificationRun {
    typealias Difference = VerificationReport.Difference

    let connection: any SQLConnection
    let progress: (VerificationProgress) -> Void
    var report = VerificationReport()
    /// Of rows whose words were changed by a redaction: what they are held against, whatever was said before.
    var redacted: [ContentID: String] = [:]

    init(
        connection: any SQLConnection, progress: @escaping (VerificationProgress) -> Void
    ) {
        self.connection = connection
        self.progress = progress
    }

    mutating func note(
        _ kind: Difference.Kind, _ table: String, _ key: String, column: String? = nil,
        expected: String? = nil, found: String? = nil
    ) {
        guard report.differences.count < Verifier.maximumDifferences else {
            report.listing = .cutShort
            return
        }
        report.differences.append(
            Difference(
                kind: kind, table: table, key: key, column: column, expected: expected,
                found: found))
    }

    /// A value for people, cut short.
    static func text(_ value: SQLValue) -> String? {
        switch value {
        case .null: nil
        case .integer(let integer): String(integer)
        case .text(let text):
            text.unicodeScalars.count > 80
                ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(80))) + "…" : text
        case .blob(let bytes): Hexadecimal.text(bytes.prefix(32))
        }
    }
}
