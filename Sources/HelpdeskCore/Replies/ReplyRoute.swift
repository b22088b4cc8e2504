/// Where an answer goes, and why (DESIGN "Replies"): told to the agent before it is sent.
public struct ReplyRoute: Hashable, Sendable {
    /// A way on which this customer can be reached in writing.
    public struct Way: Hashable, Sendable {
        public enum Window: Hashable, Sendable {
            case open
            /// The provider takes no more answers since then.
            case closed(since: Instant)
        }

        public var inbox: InboxID
        public var channel: ChannelKind
        public var address: IdentityAddress
        public var conversation: String?
        public var verification: IdentityLinked.Verification
        /// Whether what goes there arrives.
        public enum Standing: Hashable, Sendable {
            case sound
            /// What was sent there came back for good, with the server's code.
            case undeliverable(since: Instant, code: String?)
        }

        public var window: Window
        public var standing: Standing
        /// When the customer last used it; nil: never.
        public var lastUsed: Instant?

        public init(
            inbox: InboxID, channel: ChannelKind, address: IdentityAddress, conversation: String?,
            verification: IdentityLinked.Verification, window: Window,
            standing: Standing = .sound, lastUsed: Instant?
        ) {
            self.inbox = inbox
            self.channel = channel
            self.address = address
            self.conversation = conversation
            self.verification = verification
            self.window = window
            self.standing = standing
            self.lastUsed = lastUsed
        }
    }

    public enum Reason: String, Hashable, Sendable, Codable {
        /// The agent named the inbox.
        case chosen
        /// The customer wrote there.
        case answered
        /// The customer's stated preference.
        case preferred
        case lastVerified = "last_verified"
    }

    public enum Refusal: Error, Hashable, Sendable {
        /// The named inbox cannot reach this customer.
        case unreachable(InboxID)
        case windowClosed(InboxID, since: Instant)
        /// Phone only, or nothing verified: somebody has to ring, or to choose.
        case noWay(others: [Way])
    }

    public var way: Way
    public var reason: Reason
    /// What else could be chosen, best first.
    public var alternatives: [Way]
    /// The way it would have been, were it open and had mail to it not come back.
    public var insteadOf: Way?

    /// - Parameters:
    ///   - ways: every way that can send, one per inbox and address.
    ///   - answered: the inbox of the message being answered.
    ///   - preferred: the customer's stated preference. One learned, where they wrote last, breaks ties only: of several
    ///     ways that serve equally well the one with the latest `lastUsed` is taken.
    public static func choose(
        among ways: [Way], answered: InboxID?, preferred: ChannelKind?, chosen: InboxID?
    ) throws(Refusal) -> ReplyRoute {
        if let chosen { return try named(chosen, among: ways) }
        let open = ways.filter { $0.window == .open }
        let usual = best(ways, answered: answered, preferred: preferred)
        let sound = best(
            open.filter { $0.standing == .sound }, answered: answered, preferred: preferred)
        // Where nothing else is left, the agent may still try an address that failed; they are told.
        let possible = sound ?? best(open, answered: answered, preferred: preferred)
        guard let (way, reason) = possible else { throw .noWay(others: ways) }
        return ReplyRoute(
            way, reason, among: ways, insteadOf: usual.flatMap { $0.way == way ? nil : $0.way })
    }

    private static func best(
        _ ways: [Way], answered: InboxID?, preferred: ChannelKind?
    ) -> (way: Way, reason: Reason)? {
        if let answered, let way = latest(ways.filter { $0.inbox == answered }) {
            return (way, .answered)
        }
        if let preferred, let way = latest(ways.filter { $0.channel == preferred }) {
            return (way, .preferred)
        }
        return latest(ways.filter { $0.verification == .verified }).map { ($0, .lastVerified) }
    }

    private init(_ way: Way, _ reason: Reason, among ways: [Way], insteadOf: Way? = nil) {
        self.way = way
        self.reason = reason
        self.insteadOf = insteadOf
        alternatives = ways.filter { $0 != way }
    }

    private static func named(
        _ inbox: InboxID, among ways: [Way]
    ) throws(Refusal) -> ReplyRoute {
        guard let way = latest(ways.filter { $0.inbox == inbox }) else {
            throw .unreachable(inbox)
        }
        if case .closed(let since) = way.window { throw .windowClosed(inbox, since: since) }
        return ReplyRoute(way, .chosen, among: ways)
    }

    private static func latest(_ ways: [Way]) -> Way? {
        ways.max { left, right in
            let leftUsed = left.lastUsed ?? .distantPast
            let rightUsed = right.lastUsed ?? .distantPast
            if leftUsed != rightUsed { return leftUsed < rightUsed }
            return (left.inbox, left.address) > (right.inbox, right.address)
        }
    }
}
