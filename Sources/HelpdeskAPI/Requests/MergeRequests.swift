public import HelpdeskCore

extension API {
    /// POST /customers/{id}/merge: both are one person from now on; the other one speaks for both.
    public struct CustomerMergeRequest: Hashable, Sendable, Codable {
        public var into: CustomerID
        /// For those who look at it later.
        public var reason: String?

        public init(into: CustomerID, reason: String? = nil) {
            self.into = into
            self.reason = reason
        }
    }

    /// POST /customers/{id}/unmerge.
    public struct CustomerUnmergeRequest: Hashable, Sendable, Codable {
        public var reason: String?

        public init(reason: String? = nil) {
            self.reason = reason
        }
    }

    /// POST /tickets/{number}/merge.
    public struct TicketMergeRequest: Hashable, Sendable, Codable {
        public var into: TicketNumber
        /// True: though they are of different customers.
        public var confirm: Bool?

        public init(into: TicketNumber, confirm: Bool? = nil) {
            self.into = into
            self.confirm = confirm
        }
    }

    /// POST /tickets/{number}/split: the message and all after it go to a new ticket.
    public struct SplitRequest: Hashable, Sendable, Codable {
        public var message: MessageID
        /// Nil: as before.
        public var subject: String?

        public init(message: MessageID, subject: String? = nil) {
            self.message = message
            self.subject = subject
        }
    }
}
