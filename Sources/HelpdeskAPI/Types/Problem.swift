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

        public init(
            type: String, title: String, status: Int, detail: String? = nil,
            instance: String? = nil, code: String, errors: [Fault] = []
        ) {
            self.type = type
            self.title = title
            self.status = status
            self.detail = detail
            self.instance = instance
            self.code = code
            self.errors = errors
        }
    }
}
