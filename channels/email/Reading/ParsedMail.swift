public import ChannelKit
public import HelpdeskCore

/// One mail as a helpdesk needs it. Every text is valid UTF-8 with LF line ends and without U+0000 (shown as
/// U+2400); nothing else a stranger wrote has been changed, so it still has to be made safe for a terminal.
public struct ParsedMail: Sendable, Equatable {
    public var headers: MailHeaders
    /// The Sender header (RFC 5322 section 3.6.2), when it names somebody.
    public var sender: MailHeaders.Address?
    public var bcc: [MailHeaders.Address]
    /// The plain alternative exactly as sent (after charset and flowed lines); empty when there is none.
    public var plain: String
    /// The HTML alternative as sent; empty when there is none.
    public var html: String
    /// The plain alternative if not blank, else the HTML as text, else a line that says what the mail holds.
    public var fullText: String
    /// What the person wrote now: without quoted history and signature. Not blank where `fullText` is not.
    public var text: String
    public var attachments: [InboundAttachment]
    public var autoSubmitted: AutoSubmitted
    /// Spam and bulk are kept and not routed (DESIGN §4).
    public var ticketClass: TicketClass
    public var senderAuth: SenderAuth
    /// Candidates for our signed tokens, unchecked, from References, In-Reply-To and recipients.
    public var replyTokens: [String]
    /// The envelope sender as the delivering server recorded it (Return-Path); empty for the null path.
    public var returnPath: String?
    /// What a mail server or program reports of a mail that was sent before.
    public var deliveryReport: DeliveryReport?
    public var body: Body
    public var completeness: Completeness

    /// Where `fullText` came from.
    public enum Body: String, Sendable, Equatable {
        case plain, html
        /// A forwarded mail without words of its own.
        case nested
        /// There is no text: a line of ours says what there is.
        case described
    }

    public enum Completeness: String, Sendable, Equatable {
        case whole
        /// A bound of `MailLimits` was reached: the whole mail is attached as well.
        case bounded
    }
}

/// Why a mail was not read. The raw bytes go to quarantine with this reason and can be replayed.
public enum MailRejection: Error, Hashable, Sendable {
    case empty
    case tooLarge(bytes: Int, limit: Int)
    /// There is no header line: whatever this is, it is not a mail.
    case noHeaders
    case unreadable

    /// A stable word for programs, and a sentence for a person.
    public var reason: QuarantineReason {
        switch self {
        case .empty:
            QuarantineReason(code: "empty", detail: "The mail has no bytes at all.")
        case .tooLarge(let bytes, let limit):
            QuarantineReason(
                code: "too_large",
                detail: "The mail has \(bytes) bytes; the limit of this inbox is \(limit).")
        case .noHeaders:
            QuarantineReason(
                code: "no_headers",
                detail:
                    "The bytes do not begin with a header line such as “From: …”, so they are no mail."
            )
        case .unreadable:
            QuarantineReason(
                code: "unreadable", detail: "The MIME parser found no message in the bytes.")
        }
    }
}
