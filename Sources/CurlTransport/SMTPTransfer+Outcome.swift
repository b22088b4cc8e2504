extension SMTPTransfer {
    /// What became of one mail.
    public enum Outcome: Sendable, Equatable {
        /// The last word on every recipient, in the order given. Retry the `.temporary` ones alone.
        case answered([RecipientResult])
        /// Nothing was accepted; sending again cannot make a second copy.
        case notSent(NotSent)
        /// The whole message may have gone out and no answer came (RFC 1047): a second attempt may
        /// make a second copy.
        case uncertain(Uncertain)
    }

    public struct RecipientResult: Sendable, Equatable {
        public var address: String
        public var verdict: Verdict

        public init(address: String, verdict: Verdict) {
            self.address = address
            self.verdict = verdict
        }
    }

    public enum Verdict: Sendable, Equatable {
        /// The server answers for it now; the reply usually names its queue id.
        case accepted(SMTPReply)
        /// 4yz: try again later.
        case temporary(SMTPReply)
        /// 5yz: do not try again.
        case permanent(SMTPReply)
        /// Never sent: the server does not offer SMTPUTF8, and an address of the mail has letters outside of ASCII before the
        /// @ (RFC 6531).
        case needsInternational
        /// Never sent: the address cannot be written in an envelope.
        case invalid(SMTPAddress.Fault)
    }

    public struct NotSent: Sendable, Equatable {
        public var phase: SMTPPhase
        public var failure: TransportFailure
        /// What the server said last, when it refused.
        public var reply: SMTPReply?

        public init(phase: SMTPPhase, failure: TransportFailure, reply: SMTPReply?) {
            self.phase = phase
            self.failure = failure
            self.reply = reply
        }
    }

    public struct Uncertain: Sendable, Equatable {
        /// Those who may or may not get it.
        public var pending: [String]
        /// Those the server (or we) refused before.
        public var refused: [RecipientResult]
        public var failure: TransportFailure
    }
}

/// How far a mail had come; in the order of RFC 5321 §3.
public enum SMTPPhase: Int, Sendable, Comparable {
    case connecting
    case greeting
    case hello
    case startTLS
    case signIn
    case sender
    case recipients
    case data
    case message
    case finalReply

    public static func < (left: SMTPPhase, right: SMTPPhase) -> Bool {
        left.rawValue < right.rawValue
    }
}
