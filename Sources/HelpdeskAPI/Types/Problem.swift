public import HelpdeskCore

extension API {
    /// What went wrong (RFC 9457): `application/problem+json`.
    public struct Problem: Hashable, Sendable, Codable {
        /// `about:blank`, or a stable URI of ours.
        public var type: String
        public var title: String
        public var status: Int
        /// What happened, where, and what to do.
        public var detail: String?
        /// The path asked for.
        public var instance: String?
        /// A word for programs: `not_found`, `changed_meanwhile`, ….
        public var code: String
        /// Each thing wrong with a body.
        public var errors: [Fault]
        /// With `changed_meanwhile`: what happened to the ticket since it was seen, oldest first.
        public var changes: [Change]

        /// One thing wrong with what was sent.
        public struct Fault: Hashable, Sendable, Codable {
            /// A member, like `attachments[2]`.
            public var place: String
            public var reason: String

            public init(place: String, reason: String) {
                self.place = place
                self.reason = reason
            }
        }

        /// Something that the caller has not seen yet.
        public struct Change: Hashable, Sendable, Codable {
            /// The type of its event: `message_received`, `message_written`, ….
            public var kind: String
            public var at: Timestamp
            public var sentence: String
            /// The message to read, where it is one.
            public var message: MessageID?

            public init(kind: String, at: Timestamp, sentence: String, message: MessageID? = nil) {
                self.kind = kind
                self.at = at
                self.sentence = sentence
                self.message = message
            }
        }

        public init(
            type: String, title: String, status: Int, detail: String? = nil,
            instance: String? = nil, code: String, errors: [Fault] = [], changes: [Change] = []
        ) {
            self.type = type
            self.title = title
            self.status = status
            self.detail = detail
            self.instance = instance
            self.code = code
            self.errors = errors
            self.changes = changes
        }
    }
}

extension API.Problem {
    /// Daemons before this version, and proxies, say nothing of changes.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            type: try values.decode(String.self, forKey: .type),
            title: try values.decode(String.self, forKey: .title),
            status: try values.decode(Int.self, forKey: .status),
            detail: try values.decodeIfPresent(String.self, forKey: .detail),
            instance: try values.decodeIfPresent(String.self, forKey: .instance),
            code: try values.decode(String.self, forKey: .code),
            errors: try values.decode([Fault].self, forKey: .errors),
            changes: try values.decodeIfPresent([Change].self, forKey: .changes) ?? [])
    }
}
