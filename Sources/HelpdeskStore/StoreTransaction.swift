public import HelpdeskCore

/// One transaction: hands out ids and positions, appends events and projects them, and reads what it has written.
///
/// A class because a group's commands share its counters; used on the writer's thread only, never stored.
public final class StoreTransaction {
    public let connection: any SQLConnection
    public private(set) var now: Instant = .distantPast
    /// Whether the current command has written anything.
    public private(set) var hasWritten = false
    var counters: Counters
    private let counted: Counters
    private var beforeCommand: Counters
    /// What the current command put into content rows: the projector need not read it back.
    var fresh: [ContentID: MessageContent] = [:]
    /// Events appended in this transaction by the current command, in order.
    public private(set) var appended: [RecordedEvent] = []

    init(connection: any SQLConnection) throws(StoreError) {
        self.connection = connection
        counters = try Counters(connection)
        counted = counters
        beforeCommand = counters
    }

    public var reader: StoreReader { StoreReader(connection: connection) }

    /// The last position given out.
    public var lastPosition: Position { Position(rawValue: counters.position) }

    func begin(at now: Instant) {
        self.now = now
        hasWritten = false
        appended = []
        fresh = [:]
        beforeCommand = counters
    }

    /// Later events of this transaction happened at a later moment: for whoever writes down what took days, in one go.
    package func letTimePass(until moment: Instant) { now = max(now, moment) }

    /// A command that was refused before it wrote gives back the numbers it took.
    func giveBackNumbers() {
        if !hasWritten { counters = beforeCommand }
    }

    func finish() throws(StoreError) {
        if counters != counted { try counters.save(connection) }
    }

    /// Marks the command as having written; every write of the store goes through here.
    @discardableResult
    public func execute(
        _ sql: String, _ parameters: [any SQLBindable]
    ) throws(StoreError) -> Int {
        hasWritten = true
        return try connection.execute(sql, parameters)
    }

    func didAppend(_ event: RecordedEvent) {
        hasWritten = true
        appended.append(event)
    }
}
