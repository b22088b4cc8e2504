public import HelpdeskCore

extension API {
    /// What an erasure took away. Ids, times and counts stay.
    public struct Erasure: Hashable, Sendable, Codable {
        /// Everybody who was merged with them.
        public var customers: [CustomerID]
        /// Rows of words that were emptied.
        public var contents: Int
        /// Raw mails and files that were deleted.
        public var blobs: Int
        /// Mails prepared for sending that were deleted.
        public var deliveries: Int
        public var at: Timestamp

        public init(
            customers: [CustomerID], contents: Int, blobs: Int, deliveries: Int, at: Timestamp
        ) {
            self.customers = customers
            self.contents = contents
            self.blobs = blobs
            self.deliveries = deliveries
            self.at = at
        }
    }
}
