public import HelpdeskCore

extension API {
    /// A text that its agent began and did not send. Nobody else sees it. It goes when a request with its key as
    /// `Idempotency-Key` was carried out, when it is discarded, when its customer is erased, and after 30 days without a change.
    public struct Draft: Hashable, Sendable, Codable {
        /// An uploaded file that is to go with it.
        public struct File: Hashable, Sendable, Codable {
            public var id: AttachmentID
            public var name: String
            /// Bytes.
            public var size: Int64

            public init(id: AttachmentID, name: String, size: Int64) {
                self.id = id
                self.name = name
                self.size = size
            }
        }

        /// A macro that is to be carried out with it.
        public struct Macro: Hashable, Sendable, Codable {
            public var name: String
            /// What it does beside the text, a sentence each.
            public var effects: [String]

            public init(name: String, effects: [String]) {
                self.name = name
                self.effects = effects
            }
        }

        public var key: String
        /// Also the `ETag`: `If-Match` with it keeps another seat's changes from being written over.
        public var version: Int64
        public var ticket: TicketNumber
        /// `reply` or `note`.
        public var kind: String
        public var text: String
        public var inbox: InboxID?
        public var cc: [String]
        public var attachments: [File]
        public var macro: Macro?
        public var updatedAt: Timestamp

        public init(
            key: String, version: Int64, ticket: TicketNumber, kind: String, text: String,
            inbox: InboxID? = nil, cc: [String] = [], attachments: [File] = [],
            macro: Macro? = nil, updatedAt: Timestamp
        ) {
            self.key = key
            self.version = version
            self.ticket = ticket
            self.kind = kind
            self.text = text
            self.inbox = inbox
            self.cc = cc
            self.attachments = attachments
            self.macro = macro
            self.updatedAt = updatedAt
        }
    }

    /// PUT /drafts/{key}.
    public struct DraftRequest: Hashable, Sendable, Codable {
        public var ticket: TicketNumber
        /// `reply` or `note`.
        public var kind: String
        public var text: String
        public var inbox: InboxID?
        public var cc: [String]?
        public var attachments: [Draft.File]?
        public var macro: Draft.Macro?

        public init(
            ticket: TicketNumber, kind: String, text: String, inbox: InboxID? = nil,
            cc: [String]? = nil, attachments: [Draft.File]? = nil, macro: Draft.Macro? = nil
        ) {
            self.ticket = ticket
            self.kind = kind
            self.text = text
            self.inbox = inbox
            self.cc = cc
            self.attachments = attachments
            self.macro = macro
        }
    }
}
