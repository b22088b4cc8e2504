extension API {
    /// A prepared answer.
    public struct Macro: Hashable, Sendable, Codable {
        public var name: String
        public var title: String
        public var text: String
        public var language: String?

        public init(name: String, title: String, text: String, language: String? = nil) {
            self.name = name
            self.title = title
            self.text = text
            self.language = language
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
