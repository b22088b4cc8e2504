/// A distinct type for each id, so that a ticket number can never be passed where a message id is meant. Each is
/// coded as its bare raw value.
public protocol Identifier: RawRepresentable, Hashable, Comparable, Sendable, Codable
where RawValue: Hashable & Comparable & Sendable & Codable {}

extension Identifier {
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The number people use for a ticket: from 1, never reused.
public struct TicketNumber: Identifier {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A message, note or call; ascending in the order of storing.
public struct MessageID: Identifier {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

public struct AttachmentID: Identifier {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

public struct CustomerID: Identifier {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// One address of a customer on one kind of channel.
public struct IdentityID: Identifier {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// One entry of the outbox: a message on its way to one set of recipients.
public struct DeliveryID: Identifier {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

public struct InvitationID: Identifier {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

public struct RecoveryID: Identifier {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

public struct QuarantineID: Identifier {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A row of personal content (a subject, a text, an address) that events refer to; erasure empties the row.
public struct ContentID: Identifier {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// The place of an event in the one stream: gapless from 1, visible in order.
public struct Position: Identifier {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
    public static let start = Position(rawValue: 0)
}

/// An agent, by login.
public struct AgentID: Identifier {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A team, by its configured name.
public struct TeamID: Identifier {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A macro, by its name.
public struct MacroID: Identifier {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A configured instance of a channel, by its name.
public struct InboxID: Identifier {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A kind of channel: `email`, `chat-webhook`, `phone-log`, or what an integrator adds.
public struct ChannelKind: Identifier {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let email = ChannelKind(rawValue: "email")
    public static let chatWebhook = ChannelKind(rawValue: "chat-webhook")
    public static let phoneLog = ChannelKind(rawValue: "phone-log")
    /// A program of anybody's, run by us.
    public static let exec = ChannelKind(rawValue: "exec")
}

/// What a client or worker calls the command it gave; events carry it, so that a repeated command is recognised.
public struct CommandID: Identifier {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// SHA-256 of stored bytes, 64 lower-case hexadecimal digits.
public struct BlobHash: Identifier {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}
