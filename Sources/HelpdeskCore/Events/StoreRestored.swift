/// A backup was put back. What happened after it is gone here, and happened all the same: mail went out, numbers were told to
/// people, answers to them will come. An epoch is the life of the stream since its beginning or since such a moment; the first
/// is 1.
public struct StoreRestored: Hashable, Sendable, Codable {
    /// The one that begins: 2 after the first restore.
    public var epoch: Int
    /// The epoch's first event: what was left and held because of the restore comes before this one.
    public var from: Position
    /// When the backup's last event happened; nil for a backup without any.
    public var through: Instant?
    /// Outbox entries that may have gone out since, and wait for a person.
    public var held: Int
    /// Notifications to agents and surveys that were dropped because they may have gone out since.
    public var dropped: Int
    /// The last ticket number that may have been given out since: the next ticket gets a higher one.
    public var ticketsThrough: TicketNumber

    public init(
        epoch: Int, from: Position, through: Instant?, held: Int, dropped: Int,
        ticketsThrough: TicketNumber
    ) {
        self.epoch = epoch
        self.from = from
        self.through = through
        self.held = held
        self.dropped = dropped
        self.ticketsThrough = ticketsThrough
    }

    enum CodingKeys: String, CodingKey {
        case epoch, from, through, held, dropped
        case ticketsThrough = "tickets_through"
    }
}
