public import HelpdeskCore

/// What a channel can do, as data: used by threading, routing, replies and the screen, never asked by name.
public struct ChannelCapabilities: Hashable, Sendable {
    public enum Sending: String, Sendable { case supported, receiveOnly = "receive_only" }

    /// Whether the customer waits at the other end.
    public enum Liveness: String, Sendable, Codable {
        /// A chat: an answer is due in minutes, agents need presence.
        case live
        /// A mail or a call-back: a shift is enough.
        case deferred
    }

    /// What to do with an external id that was kept before with other content.
    public enum SameIDOtherContent: String, Sendable {
        /// Both are kept and marked (mail: Message-IDs are not in the provider's hand).
        case keepBoth = "keep_both"
        /// The request is refused with 409.
        case refuse
        /// It is the same message: the id alone decides (adapters that say everything again after a death, perhaps in other words).
        case keepFirst = "keep_first"
    }

    public enum AttemptSafety: String, Sendable {
        /// The provider recognises the delivery id: trying again is always safe.
        case idempotent
        case atLeastOnce = "at_least_once"
    }

    /// How far an address counts that nobody vouches for.
    public enum ClaimedSenders: String, Sendable {
        /// A mail address or a phone number names the same person in every inbox.
        case everywhere
        /// A visitor's id or an address typed into a form: within its inbox only.
        case withinInbox = "within_inbox"
    }

    public var sending: Sending
    public var liveness: Liveness
    public var conversations: ConversationKind
    /// How long an active ticket takes in a new message without other evidence (DESIGN §4 step 4); zero: never.
    public var continuity: TimeSpan
    /// How long after the customer's last message an answer may go out; nil: for ever.
    public var replyWindow: TimeSpan?
    /// In UTF-8 bytes; nil: no bound beyond the daemon's.
    public var maximumTextBytes: Int?
    public var attachments: Attachments
    public var sameIDOtherContent: SameIDOtherContent
    public var attemptSafety: AttemptSafety
    public var claimedSenders: ClaimedSenders

    public var quickReplies: QuickReplies

    /// The kind of address that can be written to before it wrote to us, such as `email` or `tel`; nil: none.
    public var opensTo: String?

    /// Whether it shows answers to choose from (`OutboundMessage.choices`); the text says all that is needed without them.
    public enum QuickReplies: String, Sendable { case shown, textOnly = "text_only" }

    public enum Attachments: String, Sendable { case carried, notCarried = "not_carried" }

    public init(
        sending: Sending, liveness: Liveness, conversations: ConversationKind,
        continuity: TimeSpan, replyWindow: TimeSpan? = nil, maximumTextBytes: Int? = nil,
        attachments: Attachments, sameIDOtherContent: SameIDOtherContent,
        attemptSafety: AttemptSafety, claimedSenders: ClaimedSenders = .withinInbox,
        quickReplies: QuickReplies = .textOnly, opensTo: String? = nil
    ) {
        self.sending = sending
        self.liveness = liveness
        self.conversations = conversations
        self.continuity = continuity
        self.replyWindow = replyWindow
        self.maximumTextBytes = maximumTextBytes
        self.attachments = attachments
        self.sameIDOtherContent = sameIDOtherContent
        self.attemptSafety = attemptSafety
        self.claimedSenders = claimedSenders
        self.quickReplies = quickReplies
        self.opensTo = opensTo
    }
}
