public import HelpdeskCore

/// What `hamdeld verify` found.
public struct VerificationReport: Hashable, Sendable {
    /// Events replayed, and the last of them.
    public internal(set) var events = 0
    public internal(set) var lastPosition = Position.start
    /// Content rows that events refer to, checked against their HMAC; and those that were erased.
    public internal(set) var contents = 0
    public internal(set) var erasedContents = 0
    /// Blobs hashed, and ranges of raw messages decoded and hashed.
    public internal(set) var blobs = 0
    public internal(set) var attachments = 0
    /// Rows of projections compared, by table.
    public internal(set) var rows: [String: Int] = [:]
    /// At most `Verifier.maximumDifferences`, in the order found.
    public internal(set) var differences: [Difference] = []
    public internal(set) var listing = Listing.complete

    /// Whether every difference found is listed.
    public enum Listing: Hashable, Sendable { case complete, cutShort }

    public var isIntact: Bool { differences.isEmpty && listing == .complete }

    /// One place where the store is not what its stream says. Values may be words of customers: make them safe before
    /// a terminal sees them.
    public struct Difference: Hashable, Sendable {
        public let kind: Kind
        public let table: String
        /// The row: its key columns' values, or a position.
        public let key: String
        public let column: String?
        public let expected: String?
        public let found: String?

        public enum Kind: String, Hashable, Sendable, CaseIterable {
            case changedColumn = "changed_column"
            case missingRow = "missing_row"
            case extraRow = "extra_row"
            case positionGap = "position_gap"
            /// Not what was written, whatever else it may be.
            case changedEvent = "changed_event"
            /// The database's own structure is broken here; the words are the engine's.
            case brokenPage = "broken_page"
            /// It could not be read to its end, so what follows was not compared.
            case unreadableTable = "unreadable_table"
            case changedPrepared = "changed_prepared"
            case changedDraft = "changed_draft"
            case unreadableEvent = "unreadable_event"
            case missingContent = "missing_content"
            case changedContent = "changed_content"
            case missingBlob = "missing_blob"
            case changedBlob = "changed_blob"
            case changedAttachment = "changed_attachment"
            case searchIndex = "search_index"
            case counterBehind = "counter_behind"
        }

        /// One plain line.
        public var text: String {
            let place = column.map { "\(table) \(key) \($0)" } ?? "\(table) \(key)"
            return switch kind {
            case .missingRow: "\(place): the row is missing"
            case .extraRow: "\(place): the stream knows no such row"
            case .positionGap: "\(place): \(expected ?? "an event") is missing"
            case .unreadableEvent, .unreadableTable, .brokenPage:
                "\(place): \(found ?? "cannot be read")"
            case .missingContent, .missingBlob: "\(place): is missing"
            case .changedEvent, .changedPrepared, .changedDraft: "\(place): is not what was written"
            case .changedColumn, .changedContent, .changedBlob, .changedAttachment, .searchIndex,
                .counterBehind:
                "\(place): expected \(expected ?? "nothing"), found \(found ?? "nothing")"
            }
        }
    }
}

/// How far a verification is.
public struct VerificationProgress: Hashable, Sendable {
    public enum Phase: Hashable, Sendable {
        case structure
        case replaying
        case comparing(table: String)
        case hashing
        case searching
    }

    public let phase: Phase
    /// Events, rows or blobs so far.
    public let done: Int
    /// Nil where it is not known beforehand.
    public let total: Int?
}
