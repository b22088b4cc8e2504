/// Which ways a notice goes now, and what waits for a digest.
public struct NoticePlan: Hashable, Sendable {
    public enum Hold: String, Hashable, Sendable, Codable {
        case quietHours = "quiet_hours"
        /// As many went out within the hour as may.
        case tooMany = "too_many"
    }

    public struct Held: Hashable, Sendable {
        public var ways: Set<NoticeWay>
        public var until: Instant
        public var because: Hold
    }

    public var now: Set<NoticeWay>
    public var held: Held?

    public var isSilent: Bool { now.isEmpty && held == nil }

    public static let silence = NoticePlan(now: [], held: nil)
}

/// What is known of an agent when something is to be told to them.
public struct NoticeCircumstances: Hashable, Sendable {
    public enum Duty: Hashable, Sendable { case on, off }

    /// A notice of the last hour.
    public struct Earlier: Hashable, Sendable {
        public var ticket: TicketNumber?
        public var kind: NoticeKind?
        public var at: Instant
        public var went: Went

        public enum Went: Hashable, Sendable { case out, held, onlyToScreen }

        public init(ticket: TicketNumber?, kind: NoticeKind?, at: Instant, went: Went) {
            self.ticket = ticket
            self.kind = kind
            self.at = at
            self.went = went
        }
    }

    public var now: Instant
    public var duty: Duty
    public var zone: ZoneRules
    /// Of the last hour.
    public var earlier: [Earlier]
    /// When what waits for them already will go; nil: nothing waits.
    public var heldUntil: Instant?

    public init(
        now: Instant, duty: Duty, zone: ZoneRules, earlier: [Earlier] = [],
        heldUntil: Instant? = nil
    ) {
        self.now = now
        self.duty = duty
        self.zone = zone
        self.earlier = earlier
        self.heldUntil = heldUntil
    }
}

extension NoticePlan {
    /// Decides. What passes goes to nobody off duty by mail: the ticket is in their queue when they come. In quiet hours, and
    /// beyond the hour's measure, mail and webhook wait, and all that waits for one agent goes together.
    /// - Parameter ticket: nil for what is about none, which is never a repetition.
    public static func decide(
        _ kind: NoticeKind, of ticket: TicketNumber?, for settings: NoticeSettings,
        by defaults: NoticeDefaults, in circumstances: NoticeCircumstances
    ) -> NoticePlan {
        var ways = defaults.ways(of: kind, for: settings)
        guard circumstances.earlier.count < NoticeDefaults.flood else { return .silence }
        if circumstances.duty == .off, kind.needsDuty { ways.remove(.mail) }
        if isRepeated(kind, of: ticket, defaults, circumstances) {
            ways.formIntersection([.screen])
        }
        let outward = ways.subtracting([.screen])
        guard !outward.isEmpty else { return NoticePlan(now: ways, held: nil) }
        let hours = settings.quiet ?? defaults.quiet
        let quiet = hours.end(at: circumstances.now, in: circumstances.zone)
        let sent = circumstances.earlier.filter { $0.went == .out }.count
        let because: Hold
        var until: Instant
        if let quiet {
            (because, until) = (.quietHours, quiet)
        } else if sent >= defaults.perHour {
            let later = circumstances.now + .hours(1)
            (because, until) = (.tooMany, hours.end(at: later, in: circumstances.zone) ?? later)
        } else {
            return NoticePlan(now: ways, held: nil)
        }
        // What waits already takes this along.
        if let waiting = circumstances.heldUntil, waiting > circumstances.now {
            until = max(waiting, quiet ?? waiting)
        }
        return NoticePlan(
            now: ways.intersection([.screen]),
            held: Held(ways: outward, until: until, because: because))
    }

    private static func isRepeated(
        _ kind: NoticeKind, of ticket: TicketNumber?, _ defaults: NoticeDefaults,
        _ circumstances: NoticeCircumstances
    ) -> Bool {
        guard let ticket else { return false }
        return circumstances.earlier.contains { earlier in
            guard earlier.ticket == ticket, earlier.went != .onlyToScreen,
                circumstances.now.since(earlier.at) < defaults.spacing
            else { return false }
            return kind.isPassing || earlier.kind == kind
        }
    }
}
