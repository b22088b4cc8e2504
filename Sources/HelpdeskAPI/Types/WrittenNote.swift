public import HelpdeskCore

extension API {
    /// A note as it was written: the members of `Message`, and `mentions`.
    public struct WrittenNote: Hashable, Sendable, Codable {
        public var message: Message
        /// Everybody named by `@login` in it, in order.
        public var mentions: [Mention]

        public struct Mention: Hashable, Sendable, Codable {
            public var agent: AgentID
            /// False: they may not see this ticket, or are not there any more, and hear nothing of it.
            public var told: Bool
            /// For the author.
            public var sentence: String

            public init(agent: AgentID, told: Bool, sentence: String) {
                self.agent = agent
                self.told = told
                self.sentence = sentence
            }
        }

        public init(message: Message, mentions: [Mention]) {
            self.message = message
            self.mentions = mentions
        }

        private enum CodingKeys: String, CodingKey { case mentions }

        public init(from decoder: any Decoder) throws {
            message = try Message(from: decoder)
            mentions = try decoder.container(keyedBy: CodingKeys.self)
                .decode([Mention].self, forKey: .mentions)
        }

        public func encode(to encoder: any Encoder) throws {
            try message.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(mentions, forKey: .mentions)
        }
    }
}
