/// All that was said in this ticket is shown in another one from now on; this one is closed as a duplicate.
public struct TicketMerged: Hashable, Sendable, Codable {
    public var into: TicketNumber
    /// Where this ticket stood, for undoing.
    public var status: TicketStatus
    /// Whom the target took over as participants, for undoing.
    public var participants: [IdentityID]

    public init(into: TicketNumber, status: TicketStatus, participants: [IdentityID]) {
        self.into = into
        self.status = status
        self.participants = participants
    }
}

/// The merge is taken back: what came to this ticket, before and since, is in it again.
public struct TicketMergeUndone: Hashable, Sendable, Codable {
    public var from: TicketNumber
    public var status: TicketStatus

    public init(from: TicketNumber, status: TicketStatus) {
        self.from = from
        self.status = status
    }
}

/// A message with the ticket it belonged to before it was split off.
public struct MessageMove: Hashable, Sendable, Codable {
    public var message: MessageID
    public var home: TicketNumber

    public init(message: MessageID, home: TicketNumber) {
        self.message = message
        self.home = home
    }
}

/// Messages of this ticket belong to a new one from now on.
public struct TicketSplit: Hashable, Sendable, Codable {
    public var into: TicketNumber
    public var moves: [MessageMove]

    public init(into: TicketNumber, moves: [MessageMove]) {
        self.into = into
        self.moves = moves
    }
}

/// The split is taken back: the messages are where they were; what came to this ticket since stays in it.
public struct TicketSplitUndone: Hashable, Sendable, Codable {
    public var into: TicketNumber
    public var moves: [MessageMove]

    public init(into: TicketNumber, moves: [MessageMove]) {
        self.into = into
        self.moves = moves
    }
}

/// Messages came from another ticket or went there: what lists show of this one now.
public struct MessagesMoved: Hashable, Sendable, Codable {
    public enum Reading: String, Hashable, Sendable, Codable { case unread, read }

    public var other: TicketNumber
    /// First used first.
    public var channels: [ChannelKind]
    public var spokenAt: Instant
    public var customerSpokeAt: Instant?
    public var lastDirection: MessageDirection?
    public var reading: Reading

    public init(
        other: TicketNumber, channels: [ChannelKind], spokenAt: Instant,
        customerSpokeAt: Instant?, lastDirection: MessageDirection?, reading: Reading
    ) {
        self.other = other
        self.channels = channels
        self.spokenAt = spokenAt
        self.customerSpokeAt = customerSpokeAt
        self.lastDirection = lastDirection
        self.reading = reading
    }

    enum CodingKeys: String, CodingKey {
        case other, channels, reading
        case spokenAt = "spoken_at"
        case customerSpokeAt = "customer_spoke_at"
        case lastDirection = "last_direction"
    }
}
