public import ChannelKit
public import HelpdeskCore

/// One mail as an LMTP peer handed it over, before anybody answered for it.
public struct LMTPMail: Sendable, Equatable {
    public struct Recipient: Sendable, Equatable {
        /// As given, without angle brackets.
        public let address: String
        public let inbox: InboxID

        public init(address: String, inbox: InboxID) {
            self.address = address
            self.inbox = inbox
        }
    }

    /// Envelope sender; empty for the null path (RFC 5321 section 4.5.5).
    public let sender: String
    /// In the order of the RCPT commands; the replies go out in it.
    public let recipients: [Recipient]
    /// Without dot-stuffing and the final dot; line ends as received.
    public let bytes: [UInt8]

    public init(sender: String, recipients: [Recipient], bytes: [UInt8]) {
        self.sender = sender
        self.recipients = recipients
        self.bytes = bytes
    }
}

/// What to answer for one recipient (RFC 2033 section 4.2).
public enum LMTPOutcome: Sendable, Equatable {
    case kept(DeliveryOutcome)
    case refused(DeliveryRefusal)
}
