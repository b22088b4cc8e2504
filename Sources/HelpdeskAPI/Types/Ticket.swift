public import HelpdeskCore

extension API {
    /// A ticket as lists show it.
    public struct Ticket: Hashable, Sendable, Codable {
        public var number: TicketNumber
        public var subject: String?
        public var status: TicketStatus
        public var priority: TicketPriority
        public var team: TeamID
        /// The login of whoever holds it.
        public var assignee: AgentID?
        public var customer: CustomerSummary
        /// In alphabetical order.
        public var tags: [String]
        /// An agent or a trusted filter said so.
        public var spam: Bool
        public var ticketClass: TicketClass
        /// The inbox of its first message.
        public var inbox: InboxID
        /// Adapter kinds that messages of it came and went by, first used first.
        public var channels: [ChannelKind]
        /// Who may write here besides the customer.
        public var participants: [Participant]
        public var related: [RelatedTicket]
        public var origin: Origin
        public var createdAt: Timestamp
        /// The time of its last event.
        public var updatedAt: Timestamp
        public var closedAt: Timestamp?
        public var closingReason: ClosingReason?
        public var snoozedUntil: Timestamp?
        /// Why it was put away; stays when it wakes, until somebody works on it.
        public var snoozeNote: String?
        /// Agents who asked to hear of it.
        public var watchers: [AgentID]
        /// When anybody last spoke here; notes do not count.
        public var lastMessageAt: Timestamp?
        /// Which way that message went: `in` means that the customer waits.
        public var lastDirection: MessageDirection?
        public var callback: Callback?
        public var sla: [SLAClock]
        /// The time by which the customer was told to have an answer.
        public var promise: ToldTime?
        /// The last survey score given for it.
        public var score: Int?
        /// The ticket that this one's messages are in, since it was merged.
        public var mergedInto: TicketNumber?
        /// Grows with every change: what `ETag` shows and `If-Match` compares.
        public var version: Int64

        /// Somebody an agent let in.
        public struct Participant: Hashable, Sendable, Codable {
            public var kind: String
            /// The address.
            public var id: String
            public var name: String?

            public init(kind: String, id: String, name: String? = nil) {
                self.kind = kind
                self.id = id
                self.name = name
            }
        }

        /// Another ticket that has to do with this one.
        public struct RelatedTicket: Hashable, Sendable, Codable {
            public var number: TicketNumber
            /// `follow_up`, `claimed`, `hint` or `merged`.
            public var relation: String
            /// Of the other ticket: the message that asks to join this one.
            public var message: MessageID?

            public init(number: TicketNumber, relation: String, message: MessageID? = nil) {
                self.number = number
                self.relation = relation
                self.message = message
            }
        }

        /// A call to return.
        public struct Callback: Hashable, Sendable, Codable {
            public var due: Timestamp
            /// Missed calls within ten minutes are one, counted.
            public var calls: Int

            public init(due: Timestamp, calls: Int) {
                self.due = due
                self.calls = calls
            }
        }

        /// One promise of time and how it stands.
        public struct SLAClock: Hashable, Sendable, Codable {
            /// `first_response`, `resolution`, …
            public var target: String
            /// `running`, `paused`, `met` or `breached`.
            public var state: String
            /// Nil while paused.
            public var due: Timestamp?

            public init(target: String, state: String, due: Timestamp? = nil) {
                self.target = target
                self.state = state
                self.due = due
            }
        }

        /// What the customer was told last.
        public struct ToldTime: Hashable, Sendable, Codable {
            public var until: Timestamp
            /// `open`, `kept` or `broken`.
            public var state: String
            /// How often they were told a later one.
            public var revisions: Int

            public init(until: Timestamp, state: String, revisions: Int) {
                self.until = until
                self.state = state
                self.revisions = revisions
            }
        }

        public init(
            number: TicketNumber, subject: String? = nil, status: TicketStatus,
            priority: TicketPriority, team: TeamID, assignee: AgentID? = nil,
            customer: CustomerSummary, tags: [String] = [], spam: Bool, ticketClass: TicketClass,
            inbox: InboxID, channels: [ChannelKind] = [], participants: [Participant] = [],
            related: [RelatedTicket] = [], origin: Origin, createdAt: Timestamp,
            updatedAt: Timestamp, closedAt: Timestamp? = nil, closingReason: ClosingReason? = nil,
            snoozedUntil: Timestamp? = nil, lastMessageAt: Timestamp? = nil,
            lastDirection: MessageDirection? = nil, callback: Callback? = nil,
            sla: [SLAClock] = [], promise: ToldTime? = nil, score: Int? = nil, version: Int64,
            mergedInto: TicketNumber? = nil, snoozeNote: String? = nil, watchers: [AgentID] = []
        ) {
            self.number = number
            self.subject = subject
            self.status = status
            self.priority = priority
            self.team = team
            self.assignee = assignee
            self.customer = customer
            self.tags = tags
            self.spam = spam
            self.ticketClass = ticketClass
            self.inbox = inbox
            self.channels = channels
            self.participants = participants
            self.related = related
            self.origin = origin
            self.createdAt = createdAt
            self.updatedAt = updatedAt
            self.closedAt = closedAt
            self.closingReason = closingReason
            self.snoozedUntil = snoozedUntil
            self.lastMessageAt = lastMessageAt
            self.lastDirection = lastDirection
            self.callback = callback
            self.sla = sla
            self.promise = promise
            self.score = score
            self.version = version
            self.mergedInto = mergedInto
            self.snoozeNote = snoozeNote
            self.watchers = watchers
        }

        enum CodingKeys: String, CodingKey {
            case number, subject, status, priority, team, assignee, customer, tags, spam
            case ticketClass = "class"
            case inbox, channels, participants, related, origin
            case createdAt = "created_at"
            case updatedAt = "updated_at"
            case closedAt = "closed_at"
            case closingReason = "closing_reason"
            case snoozedUntil = "snoozed_until"
            case snoozeNote = "snooze_note"
            case watchers
            case lastMessageAt = "last_message_at"
            case lastDirection = "last_direction"
            case callback, sla, promise, score, version
            case mergedInto = "merged_into"
        }
    }
}
