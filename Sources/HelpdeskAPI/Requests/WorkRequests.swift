public import HelpdeskCore

extension API {
    /// POST /macros, and PUT /macros/{name}, where the name stands in the path.
    public struct MacroRequest: Hashable, Sendable, Codable {
        public var name: String?
        public var title: String
        public var teams: [TeamID]?
        /// By language: `{"en": "Dear {customer}, …", "fa": "…"}`.
        public var texts: [String: String]?
        public var actions: MacroActions?

        public init(
            name: String? = nil, title: String, teams: [TeamID]? = nil,
            texts: [String: String]? = nil, actions: MacroActions? = nil
        ) {
            self.name = name
            self.title = title
            self.teams = teams
            self.texts = texts
            self.actions = actions
        }
    }

    /// POST /tickets/{number}/macros/{name}.
    public struct ApplyMacroRequest: Hashable, Sendable, Codable {
        /// True: say what would be done, and do nothing.
        public var preview: Bool?
        /// Of the text; null: the customer's, else the inbox's.
        public var language: String?
        /// The answer as the agent changed it; null: the macro's text, filled in. Blank: none goes out.
        public var text: String?
        /// As in ReplyRequest.
        public var inbox: InboxID?
        public var cc: [String]?
        public var attachments: [AttachmentID]?
        public var answers: MessageID?

        public init(
            preview: Bool? = nil, language: String? = nil, text: String? = nil,
            inbox: InboxID? = nil, cc: [String]? = nil, attachments: [AttachmentID]? = nil,
            answers: MessageID? = nil
        ) {
            self.preview = preview
            self.language = language
            self.text = text
            self.inbox = inbox
            self.cc = cc
            self.attachments = attachments
            self.answers = answers
        }
    }

    /// PUT /tickets/{number}/attention, again every few seconds while it is so.
    public struct AttentionRequest: Hashable, Sendable, Codable {
        /// `viewing`, `writing` or `none`.
        public var state: String

        public init(state: String) {
            self.state = state
        }
    }

    /// PUT /tickets/{number}/reminder: one of the caller's own.
    public struct ReminderRequest: Hashable, Sendable, Codable {
        /// Either this
        public var at: Timestamp?
        /// or as people say it, on the caller's clock: `2h`, `tomorrow 9`, `1405/09/03`.
        public var when: String?
        public var note: String?

        public init(at: Timestamp? = nil, when: String? = nil, note: String? = nil) {
            self.at = at
            self.when = when
            self.note = note
        }
    }
}
