public import HelpdeskCore

extension API {
    /// What an agent wants to be told about a ticket at a time; the ticket stays where it is.
    public struct Reminder: Hashable, Sendable, Codable {
        public var ticket: TicketNumber
        public var subject: String?
        public var at: Timestamp
        public var note: String?
        /// `waiting`, or `due` until it is put away.
        public var state: String

        public init(
            ticket: TicketNumber, subject: String? = nil, at: Timestamp, note: String? = nil,
            state: String
        ) {
            self.ticket = ticket
            self.subject = subject
            self.at = at
            self.note = note
            self.state = state
        }
    }
}
