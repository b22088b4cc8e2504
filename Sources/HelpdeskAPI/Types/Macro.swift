public import HelpdeskCore

extension API {
    /// A prepared answer, and what is done with the ticket when it is given.
    public struct Macro: Hashable, Sendable, Codable {
        /// In paths and commands: `refund`, `delivery/late`.
        public var name: String
        public var title: String
        /// Whose tickets it is for; none: everybody's.
        public var teams: [TeamID]
        /// By language, with places such as `{customer}` still open; none: it writes nothing to the customer.
        public var texts: [String: String]
        public var actions: MacroActions
        public var updatedAt: Timestamp
        public var updatedBy: AgentID?
        /// Grows with every change: what `ETag` shows and `If-Match` compares.
        public var version: Int64

        public init(
            name: String, title: String, teams: [TeamID] = [], texts: [String: String] = [:],
            actions: MacroActions = MacroActions(), updatedAt: Timestamp,
            updatedBy: AgentID? = nil, version: Int64
        ) {
            self.name = name
            self.title = title
            self.teams = teams
            self.texts = texts
            self.actions = actions
            self.updatedAt = updatedAt
            self.updatedBy = updatedBy
            self.version = version
        }

        enum CodingKeys: String, CodingKey {
            case name, title, teams, texts, actions
            case updatedAt = "updated_at"
            case updatedBy = "updated_by"
            case version
        }
    }

    /// What a macro does beside answering, in the order it is done: tags, priority, team, assignee, note, and after the
    /// answer what becomes of the ticket. What is null or empty is not done.
    public struct MacroActions: Hashable, Sendable, Codable {
        public var addTags: [String]
        public var removeTags: [String]
        public var priority: TicketPriority?
        /// The team that goes on with it.
        public var transfer: TeamID?
        /// A login, `me` for whoever applies it, `none` for the queue.
        public var assign: String?
        /// An internal note; may have the places of texts.
        public var note: String?
        /// `pending` or `closed`.
        public var status: TicketStatus?
        /// With `closed`; null: solved.
        public var closingReason: ClosingReason?
        /// Until when it is put away, as people say it: `2h`, `tomorrow 9`.
        public var snooze: String?

        public init(
            addTags: [String] = [], removeTags: [String] = [], priority: TicketPriority? = nil,
            transfer: TeamID? = nil, assign: String? = nil, note: String? = nil,
            status: TicketStatus? = nil, closingReason: ClosingReason? = nil,
            snooze: String? = nil
        ) {
            self.addTags = addTags
            self.removeTags = removeTags
            self.priority = priority
            self.transfer = transfer
            self.assign = assign
            self.note = note
            self.status = status
            self.closingReason = closingReason
            self.snooze = snooze
        }

        enum CodingKeys: String, CodingKey {
            case addTags = "add_tags"
            case removeTags = "remove_tags"
            case priority, transfer, assign, note, status
            case closingReason = "closing_reason"
            case snooze
        }
    }

    /// What came of a macro on a ticket, or with `preview` what would come of it.
    public struct MacroOutcome: Hashable, Sendable, Codable {
        public var macro: String
        public var applied: Bool
        /// Of the text; null where the macro writes none.
        public var language: String?
        /// Filled in: what goes to the customer.
        public var text: String?
        /// One sentence for each thing done, in order.
        public var effects: [Effect]
        /// What an agent should know before: a place with nothing to fill it, a text in another language.
        public var warnings: [String]
        /// As it is afterwards; in a preview as it is now.
        public var ticket: Ticket
        /// The answer that was written.
        public var message: Message?

        /// One thing that is done, or left out because it is so already.
        public struct Effect: Hashable, Sendable, Codable {
            /// `tag`, `priority`, `transfer`, `assign`, `note`, `reply`, `pending`, `close` or `snooze`.
            public var kind: String
            public var sentence: String
            public var skipped: Bool

            public init(kind: String, sentence: String, skipped: Bool) {
                self.kind = kind
                self.sentence = sentence
                self.skipped = skipped
            }
        }

        public init(
            macro: String, applied: Bool, language: String? = nil, text: String? = nil,
            effects: [Effect], warnings: [String] = [], ticket: Ticket, message: Message? = nil
        ) {
            self.macro = macro
            self.applied = applied
            self.language = language
            self.text = text
            self.effects = effects
            self.warnings = warnings
            self.ticket = ticket
            self.message = message
        }
    }

    /// A named selection of tickets.
    public struct View: Hashable, Sendable, Codable {
        public var name: String
        public var title: String
        /// The query string of `GET /tickets`.
        public var query: String
        /// Active tickets in it.
        public var count: Int

        public init(name: String, title: String, query: String, count: Int) {
            self.name = name
            self.title = title
            self.query = query
            self.count = count
        }
    }
}

extension API.MacroActions {
    /// As in every body, null and left out mean the same.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            addTags: try values.decodeIfPresent([String].self, forKey: .addTags) ?? [],
            removeTags: try values.decodeIfPresent([String].self, forKey: .removeTags) ?? [],
            priority: try values.decodeIfPresent(TicketPriority.self, forKey: .priority),
            transfer: try values.decodeIfPresent(TeamID.self, forKey: .transfer),
            assign: try values.decodeIfPresent(String.self, forKey: .assign),
            note: try values.decodeIfPresent(String.self, forKey: .note),
            status: try values.decodeIfPresent(TicketStatus.self, forKey: .status),
            closingReason: try values.decodeIfPresent(ClosingReason.self, forKey: .closingReason),
            snooze: try values.decodeIfPresent(String.self, forKey: .snooze))
    }
}
