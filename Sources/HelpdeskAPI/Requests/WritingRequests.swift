public import HelpdeskCore

extension API {
    /// POST …/replies.
    public struct ReplyRequest: Hashable, Sendable, Codable {
        public var text: String
        /// Nil: chosen as the reply-channel preview says.
        public var inbox: InboxID?
        /// Mail addresses.
        public var cc: [String]?
        /// Uploaded before with POST /attachments.
        public var attachments: [AttachmentID]?
        /// The message answered; nil: the customer's last.
        public var answers: MessageID?
        /// Nil: keep.
        public var then: AfterReply?

        public init(
            text: String, inbox: InboxID? = nil, cc: [String]? = nil,
            attachments: [AttachmentID]? = nil, answers: MessageID? = nil, then: AfterReply? = nil
        ) {
            self.text = text
            self.inbox = inbox
            self.cc = cc
            self.attachments = attachments
            self.answers = answers
            self.then = then
        }
    }

    /// POST …/notes.
    public struct NoteRequest: Hashable, Sendable, Codable {
        public var text: String
        public var attachments: [AttachmentID]?

        public init(text: String, attachments: [AttachmentID]? = nil) {
            self.text = text
            self.attachments = attachments
        }
    }
}

extension API {
    /// What becomes of the ticket once the reply is written.
    public enum AfterReply: String, Hashable, Sendable, Codable {
        case keep, pending, close
    }
}
