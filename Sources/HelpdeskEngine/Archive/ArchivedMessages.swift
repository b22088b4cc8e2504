public import HelpdeskCore

/// The words of a message, as far as they were not erased.
public struct ArchivedWords: Hashable, Sendable, Codable {
    public struct Address: Hashable, Sendable, Codable {
        public var name: String?
        public var address: String
    }

    /// Headers of a mail; identifiers without angle brackets.
    public struct Mail: Hashable, Sendable, Codable {
        /// The Message-ID.
        public var id: String?
        public var date: ArchiveTime?
        public var from: [Address]
        public var to: [Address]
        public var cc: [Address]
        public var replyTo: [Address]
        public var inReplyTo: [String]
        public var references: [String]
    }

    public struct File: Hashable, Sendable, Codable {
        public var name: String?
        public var type: String
        /// The Content-ID by which HTML shows it.
        public var cid: String?
    }

    /// What the channel calls the message: with the inbox, it is known again when it comes again.
    public var external: String?
    /// What the channel calls the conversation.
    public var conversation: String?
    public var subject: String?
    public var author: String?
    /// `kind:value`.
    public var address: String?
    /// What was written now.
    public var text: String
    /// With quoted history and signature, where that is more.
    public var full: String?
    public var html: String?
    /// One for each attachment, in their order.
    public var files: [File]
    public var mail: Mail?
    /// The inner number and the recording of a call.
    public var `extension`: String?
    public var recording: String?
}

/// A file: bytes of its own (a blob), or a range of the message as received.
public struct ArchivedAttachment: Hashable, Sendable, Codable {
    public var sha256: BlobHash
    public var size: Int64
    /// Where it stands in `raw`, still encoded; nil: a blob of its own.
    public var start: Int64?
    public var length: Int64?
    public var encoding: String?
}

/// Why it is in this ticket.
public struct ArchivedThreading: Hashable, Sendable, Codable {
    public var rule: ThreadingDecision.Rule
    public var outcome: ThreadingDecision.Outcome
    public var ticket: String?
    /// The ticket it was sent to, where that had been merged.
    public var sentTo: String?
    public var mark: ThreadingDecision.Mark?
}

public struct ArchivedCall: Hashable, Sendable, Codable {
    public var direction: CallDirection
    public var outcome: CallOutcome
    /// Talking time.
    public var seconds: Int64
}

/// A message that came in, or a call.
public struct ArchivedMessage: Hashable, Sendable, Codable {
    public var id: String
    public var at: ArchiveTime
    public var by: ArchivedActor
    public var ticket: String
    public var inbox: InboxID
    public var channel: ChannelKind
    public var kind: MessageKind
    public var author: AuthorKind
    /// The address it came from.
    public var identity: String?
    public var sender: SenderAuth
    public var automatic: AutoSubmitted
    public var sent: ArchiveTime?
    public var origin: Origin
    /// Nil once erased.
    public var words: ArchivedWords?
    /// The bytes as received, of a blob.
    public var raw: BlobHash?
    public var attachments: [ArchivedAttachment]
    /// What makes it the same message when it comes again.
    public var fingerprint: String
    public var threading: ArchivedThreading
    public var call: ArchivedCall?
}

/// The mail in which an agent wrote it.
public struct ArchivedMailing: Hashable, Sendable, Codable {
    public var inbox: InboxID
    public var fingerprint: String
}

/// An agent's answer, which the customer saw.
public struct ArchivedReply: Hashable, Sendable, Codable {
    public var id: String
    public var at: ArchiveTime
    public var by: ArchivedActor
    public var ticket: String
    public var inbox: InboxID
    public var channel: ChannelKind
    public var agent: AgentID
    public var words: ArchivedWords?
    public var attachments: [ArchivedAttachment]
    public var answers: String?
    public var mailed: ArchivedMailing?
    public var raw: BlobHash?
}

/// What colleagues alone see.
public struct ArchivedNote: Hashable, Sendable, Codable {
    public var id: String
    public var at: ArchiveTime
    public var by: ArchivedActor
    public var ticket: String
    public var agent: AgentID
    public var words: ArchivedWords?
    public var mailed: ArchivedMailing?
    public var raw: BlobHash?
}

/// Something that was done with a ticket. Which members it has depends on `what`.
public struct ArchivedChange: Hashable, Sendable, Codable {
    public enum What: String, Hashable, Sendable, Codable, CaseIterable {
        case assigned, unassigned, transferred, status, snoozed, tagged, prioritised, classified
        case participantAdded = "participant_added"
        case participantRemoved = "participant_removed"
        case linked
        case callbackRequested = "callback_requested"
        case callbackAttempted = "callback_attempted"
        case callbackCompleted = "callback_completed"
        case joined, merged
        case mergeUndone = "merge_undone"
        case split
        case splitUndone = "split_undone"
        case moved, returned, watched, unwatched
    }

    public struct Move: Hashable, Sendable, Codable {
        public var message: String
        /// The ticket it belonged to before.
        public var home: String
    }

    public var id: String
    public var at: ArchiveTime
    public var by: ArchivedActor
    public var ticket: String
    public var what: What
    public var agent: AgentID?
    public var previous: AgentID?
    /// Of statuses, priorities, classes and teams.
    public var from: String?
    public var to: String?
    public var reason: String?
    public var cause: String?
    /// Words of a transfer or a snooze.
    public var words: String?
    public var isPrivate: Bool?
    public var until: ArchiveTime?
    public var added: [String]?
    public var removed: [String]?
    /// Participants.
    public var identities: [String]?
    /// The other ticket.
    public var other: String?
    public var relation: TicketLinked.Relation?
    public var message: String?
    public var calls: Int?
    public var moves: [Move]?
    public var channels: [ChannelKind]?
    public var spoken: ArchiveTime?
    public var customerSpoke: ArchiveTime?
    public var direction: MessageDirection?
    public var unread: Bool?
    public var delivery: String?

    enum CodingKeys: String, CodingKey {
        case id, at, by, ticket, what, agent, previous, from, to, reason, cause, words, until
        case added, removed, identities, other, relation, message, calls, moves, channels, spoken
        case customerSpoke, direction, unread, delivery
        case isPrivate = "private"
    }

    init(
        _ what: What, id: String, at: Instant, by: ArchivedActor, ticket: String
    ) {
        self.what = what
        self.id = id
        self.at = ArchiveTime(at)
        self.by = by
        self.ticket = ticket
    }
}
