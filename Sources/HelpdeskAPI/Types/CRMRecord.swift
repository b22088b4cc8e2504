extension API {
    /// What the CRM knows of a customer.
    public struct CRMRecord: Hashable, Sendable, Codable {
        /// Where an agent finds the customer there; nil without a template or a key.
        public var link: String?
        /// `off` (no look-up), `known`, `unknown` (the CRM has nobody), or `failed`.
        public var state: String
        /// What was looked up: what they bought, their plan, ….
        public var fields: [String: String]
        /// When it was looked up.
        public var at: Timestamp?
        /// Why it failed.
        public var detail: String?

        public init(
            link: String? = nil, state: String, fields: [String: String] = [:],
            at: Timestamp? = nil, detail: String? = nil
        ) {
            self.link = link
            self.state = state
            self.fields = fields
            self.at = at
            self.detail = detail
        }
    }
}
