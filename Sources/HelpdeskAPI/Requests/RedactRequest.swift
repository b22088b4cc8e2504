extension API {
    /// POST /messages/{id}/redact.
    public struct RedactRequest: Hashable, Sendable, Codable {
        /// What is taken away, wherever it stands in the message and the ticket's subject; null: all words.
        public var words: [String]?

        public init(words: [String]? = nil) { self.words = words }
    }
}
