public import HelpdeskCore

extension API {
    /// POST /tickets: an agent writes first, or logs what was said elsewhere.
    public struct NewTicket: Hashable, Sendable, Codable {
        /// Either this
        public var customer: CustomerID?
        /// or an address, `email:sara@example.ir`; a new customer where nobody has it.
        public var address: String?
        public var subject: String?
        /// Sent to the customer; nil opens the ticket only.
        public var text: String?
        /// Nil: as for replies.
        public var inbox: InboxID?
        /// Nil: the inbox's.
        public var team: TeamID?
        /// Nil: routed.
        public var assignee: AgentID?
        public var priority: TicketPriority?
        public var tags: [String]

        public init(
            customer: CustomerID? = nil, address: String? = nil, subject: String? = nil,
            text: String? = nil, inbox: InboxID? = nil, team: TeamID? = nil,
            assignee: AgentID? = nil, priority: TicketPriority? = nil, tags: [String] = []
        ) {
            self.customer = customer
            self.address = address
            self.subject = subject
            self.text = text
            self.inbox = inbox
            self.team = team
            self.assignee = assignee
            self.priority = priority
            self.tags = tags
        }
    }

    /// PATCH /tickets/{number}: members left out or null stay as they are.
    public struct TicketPatch: Hashable, Sendable, Codable {
        public var subject: String?
        public var priority: TicketPriority?
        public var addTags: [String]?
        public var removeTags: [String]?

        public init(
            subject: String? = nil, priority: TicketPriority? = nil, addTags: [String]? = nil,
            removeTags: [String]? = nil
        ) {
            self.subject = subject
            self.priority = priority
            self.addTags = addTags
            self.removeTags = removeTags
        }

        enum CodingKeys: String, CodingKey {
            case subject, priority
            case addTags = "add_tags"
            case removeTags = "remove_tags"
        }
    }

    /// POST …/assign: `me` is the caller, null gives it back to the queue.
    public struct AssignRequest: Hashable, Sendable, Codable {
        public var assignee: AgentID?

        public init(assignee: AgentID? = nil) {
            self.assignee = assignee
        }
    }

    /// POST …/transfer.
    public struct TransferRequest: Hashable, Sendable, Codable {
        public var team: TeamID
        /// What the next team should know; kept as a note.
        public var brief: String?

        public init(team: TeamID, brief: String? = nil) {
            self.team = team
            self.brief = brief
        }
    }

    /// POST …/close.
    public struct CloseRequest: Hashable, Sendable, Codable {
        /// Nil: solved.
        public var reason: ClosingReason?

        public init(reason: ClosingReason? = nil) {
            self.reason = reason
        }
    }

    /// POST …/snooze: neither `until` nor `when` wakes it now.
    public struct SnoozeRequest: Hashable, Sendable, Codable {
        public var until: Timestamp?
        /// As people say it, on the caller's clock: `2h`, `tomorrow 9`, `1405/09/03`.
        public var when: String?
        /// Why: shown while it sleeps, and when it wakes.
        public var note: String?

        public init(until: Timestamp? = nil, when: String? = nil, note: String? = nil) {
            self.until = until
            self.when = when
            self.note = note
        }
    }

    /// POST …/promise: the customer is told; instead of a time that they were told before, with an excuse.
    public struct PromiseRequest: Hashable, Sendable, Codable {
        /// Within a year; cut to the minute that they read.
        public var until: Timestamp

        public init(until: Timestamp) {
            self.until = until
        }
    }

    /// POST …/spam.
    public struct SpamRequest: Hashable, Sendable, Codable {
        /// Nil: true.
        public var spam: Bool?

        public init(spam: Bool? = nil) {
            self.spam = spam
        }
    }

    /// POST …/join: moves a message of a linked ticket here and lets its writer in.
    public struct JoinRequest: Hashable, Sendable, Codable {
        public var message: MessageID

        public init(message: MessageID) {
            self.message = message
        }
    }

    /// POST …/participants, by address: `email:sara@example.ir` or a bare mail address.
    public struct ParticipantsRequest: Hashable, Sendable, Codable {
        public var add: [String]?
        public var remove: [String]?

        public init(add: [String]? = nil, remove: [String]? = nil) {
            self.add = add
            self.remove = remove
        }
    }

    /// POST …/callback: the customer was rung back.
    public struct CallbackRequest: Hashable, Sendable, Codable {
        /// Nil: true; false counts an attempt.
        public var done: Bool?
        public var note: String?

        public init(done: Bool? = nil, note: String? = nil) {
            self.done = done
            self.note = note
        }
    }
}

extension API.NewTicket {
    /// As in every body, null and left out mean the same: `tags` too.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            customer: try values.decodeIfPresent(CustomerID.self, forKey: .customer),
            address: try values.decodeIfPresent(String.self, forKey: .address),
            subject: try values.decodeIfPresent(String.self, forKey: .subject),
            text: try values.decodeIfPresent(String.self, forKey: .text),
            inbox: try values.decodeIfPresent(InboxID.self, forKey: .inbox),
            team: try values.decodeIfPresent(TeamID.self, forKey: .team),
            assignee: try values.decodeIfPresent(AgentID.self, forKey: .assignee),
            priority: try values.decodeIfPresent(TicketPriority.self, forKey: .priority),
            tags: try values.decodeIfPresent([String].self, forKey: .tags) ?? [])
    }
}
