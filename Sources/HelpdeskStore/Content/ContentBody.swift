public import HelpdeskCore

/// What a row of personal content can be; its kind is the column, its body JSON or plain text.
public enum ContentKind: String, Sendable, CaseIterable {
    case message, subject, name, address, attributes, brief, comment, outcome, delivery
    case deliveryDetail = "delivery_detail"
    case quarantineDetail = "quarantine_detail"
    case externalID = "external_id"
    case mergeReason = "merge_reason"
    case ruleMatches = "rule_matches"
    case macro, reminder
}

extension ContentKind: SQLBindable {}

/// The words of a message: everything about it that may name a person.
public struct MessageContent: Hashable, Sendable, Codable {
    public struct Mail: Hashable, Sendable, Codable {
        public struct Address: Hashable, Sendable, Codable {
            public var name: String?
            public var address: String
            public init(name: String?, address: String) {
                self.name = name
                self.address = address
            }
        }

        public var from: [Address]
        public var to: [Address]
        public var cc: [Address]
        public var replyTo: [Address]
        public var date: Instant?
        public var messageID: String?
        public var inReplyTo: [String]
        public var references: [String]

        public init(
            from: [Address], to: [Address], cc: [Address], replyTo: [Address], date: Instant?,
            messageID: String?, inReplyTo: [String], references: [String]
        ) {
            self.from = from
            self.to = to
            self.cc = cc
            self.replyTo = replyTo
            self.date = date
            self.messageID = messageID
            self.inReplyTo = inReplyTo
            self.references = references
        }
    }

    public struct File: Hashable, Sendable, Codable {
        public var name: String?
        public var contentType: String
        public var contentID: String?
        public init(name: String?, contentType: String, contentID: String?) {
            self.name = name
            self.contentType = contentType
            self.contentID = contentID
        }
    }

    public var externalID: String?
    public var conversation: String?
    public var subject: String?
    public var authorName: String?
    /// `kind:value` as the channel gave it.
    public var address: String?
    public var text: String
    public var fullText: String?
    public var html: String?
    /// In the order of the event's attachments.
    public var files: [File]
    public var mail: Mail?
    public var call: Call?

    public init(
        externalID: String? = nil, conversation: String? = nil, subject: String? = nil,
        authorName: String? = nil, address: String? = nil, text: String, fullText: String? = nil,
        html: String? = nil, files: [File] = [], mail: Mail? = nil, call: Call? = nil
    ) {
        self.externalID = externalID
        self.conversation = conversation
        self.subject = subject
        self.authorName = authorName
        self.address = address
        self.text = text
        self.fullText = fullText
        self.html = html
        self.files = files
        self.mail = mail
        self.call = call
    }
}

/// Who gets a delivery, and under which subject.
public struct DeliveryContent: Hashable, Sendable, Codable {
    public var recipients: [String]
    public var subject: String?
    /// Without angle brackets; a thread key of ours.
    public var messageID: String

    public init(recipients: [String], subject: String?, messageID: String) {
        self.recipients = recipients
        self.subject = subject
        self.messageID = messageID
    }
}
