/// How tickets find their agent, as far as it can be configured; the defaults are those of DESIGN §4.
public struct RoutingPolicy: Hashable, Sendable {
    public var weights: Weights
    /// For how long who served a customer last is preferred; zero: nobody is.
    public var stickiness: TimeSpan
    /// How long a chat waits for a preferred agent, by the clock.
    public var chatWait: TimeSpan
    /// How long mail and call-backs wait, in working hours of the team.
    public var mailWait: TimeSpan
    /// After how much working time an unanswered assignment is routed again; `nil`: never.
    public var assignmentTimeout: TimeSpan?
    /// A VIP's ticket counts as at least this urgent.
    public var vipPriority: TicketPriority
    /// How many units beyond an agent's capacity a VIP's ticket may go when nobody has room within; 0: none. One
    /// chat, unless said otherwise. Somebody without any capacity still takes nothing.
    public var vipReserve: Int
    /// How long who let an assignment time out is not given that ticket again, by the clock.
    public var timeoutMemory: TimeSpan

    /// How much of an agent's capacity one ticket takes.
    public struct Weights: Hashable, Sendable {
        public var mail: Int
        public var chat: Int
        public var callBack: Int

        public init(mail: Int = 1, chat: Int = 2, callBack: Int = 1) {
            self.mail = mail
            self.chat = chat
            self.callBack = callBack
        }

        /// Never negative, at most a million.
        public subscript(kind: WorkKind) -> Int {
            let weight =
                switch kind {
                case .mail: mail
                case .chat: chat
                case .callBack: callBack
                }
            return min(max(weight, 0), 1_000_000)
        }
    }

    public static let standard = RoutingPolicy()

    public init(
        weights: Weights = Weights(), stickiness: TimeSpan = .days(30),
        chatWait: TimeSpan = .minutes(2), mailWait: TimeSpan = .hours(4),
        assignmentTimeout: TimeSpan? = nil, vipPriority: TicketPriority = .high,
        vipReserve: Int = 2, timeoutMemory: TimeSpan = .hours(4)
    ) {
        self.weights = weights
        self.stickiness = stickiness
        self.chatWait = chatWait
        self.mailWait = mailWait
        self.assignmentTimeout = assignmentTimeout
        self.vipPriority = vipPriority
        self.vipReserve = min(max(vipReserve, 0), 1_000_000)
        self.timeoutMemory = timeoutMemory
    }

    /// The priority that counts for routing and for the order of the queue.
    public func effectivePriority(
        _ priority: TicketPriority, standing: CustomerUpdated.Standing
    ) -> TicketPriority {
        standing == .vip ? max(priority, vipPriority) : priority
    }

    /// When an assignment that nobody acts on is routed again. Only working time of the team counts.
    public func assignmentDeadline(assignedAt: Instant, hours: BusinessHours?) -> Instant? {
        assignmentTimeout.map { Self.after($0, from: assignedAt, hours: hours) }
    }

    /// Until when a ticket waits for a preferred agent who is absent or full, from the beginning of the wait: the
    /// patience of its kind, but never past half of what the SLA leaves, counted in the team's working hours.
    func waitLimit(
        for work: WorkKind, since start: Instant, deadline: Instant?, hours: BusinessHours?
    ) -> Instant {
        let patience =
            switch work.liveness {
            case .live: start + max(chatWait, .zero)
            case .unhurried: Self.after(mailWait, from: start, hours: hours)
            }
        guard let deadline else { return patience }
        let left = hours?.elapsed(from: start, to: deadline) ?? max(deadline.since(start), .zero)
        let half = TimeSpan(milliseconds: left.milliseconds / 2)
        return min(patience, half > .zero ? Self.after(half, from: start, hours: hours) : start)
    }

    /// Without business hours, or with such as hardly ever open, the clock counts.
    private static func after(
        _ span: TimeSpan, from start: Instant, hours: BusinessHours?
    ) -> Instant {
        guard span > .zero else { return start }
        guard let hours, let due = try? hours.adding(span, to: start) else { return start + span }
        return due
    }
}
