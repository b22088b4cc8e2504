/// What happened to one clock of a ticket. Each case carries all that folding it needs: a replay never asks a
/// calendar, and a calendar that is changed later changes no past.
public enum SLAEvent: Hashable, Sendable {
    case started(SLAStarted)
    case paused(SLAPaused)
    case resumed(SLAResumed)
    /// The warning's share of the allowance is used up.
    case warned(SLAMark)
    /// The deadline passed unmet.
    case breached(SLAMark)
    case stopped(SLAStopped)
    case cancelled(SLACancelled)
    /// Another policy or allowance holds from now on; the time used stays used.
    case replanned(SLAReplanned)

    public var target: SLATarget {
        switch self {
        case .started(let event): event.target
        case .paused(let event): event.target
        case .resumed(let event): event.target
        case .warned(let event), .breached(let event): event.target
        case .stopped(let event): event.target
        case .cancelled(let event): event.target
        case .replanned(let event): event.target
        }
    }
}

/// When a running clock has something to say.
public struct SLADeadline: Hashable, Sendable, Codable {
    /// Exactly then is still in time.
    public var due: Instant
    /// When to warn; nil: not, or it was done.
    public var warning: Instant?

    public init(due: Instant, warning: Instant?) {
        self.due = due
        self.warning = warning
    }
}

public struct SLAStarted: Hashable, Sendable, Codable {
    public var target: SLATarget
    public var policy: String
    public var allowance: TimeSpan
    public var deadline: SLADeadline

    public init(target: SLATarget, policy: String, allowance: TimeSpan, deadline: SLADeadline) {
        self.target = target
        self.policy = policy
        self.allowance = allowance
        self.deadline = deadline
    }
}

public struct SLAPaused: Hashable, Sendable, Codable {
    public var target: SLATarget
    /// Working time counted so far.
    public var used: TimeSpan

    public init(target: SLATarget, used: TimeSpan) {
        self.target = target
        self.used = used
    }
}

public struct SLAResumed: Hashable, Sendable, Codable {
    public enum Cause: String, Sendable, Codable {
        /// The customer is no longer waited for.
        case work
        case reopened
        /// It was no spam after all.
        case restored
        /// The answer that had stopped it came back undelivered.
        case bounce
    }

    public var target: SLATarget
    public var cause: Cause
    public var deadline: SLADeadline

    public init(target: SLATarget, cause: Cause, deadline: SLADeadline) {
        self.target = target
        self.cause = cause
        self.deadline = deadline
    }
}

public struct SLAMark: Hashable, Sendable, Codable {
    public var target: SLATarget
    /// When it became true; the event may be written later.
    public var at: Instant

    public init(target: SLATarget, at: Instant) {
        self.target = target
        self.at = at
    }
}

public struct SLAStopped: Hashable, Sendable, Codable {
    public enum Outcome: String, Sendable, Codable { case met, missed }

    public var target: SLATarget
    public var outcome: Outcome
    public var used: TimeSpan

    public init(target: SLATarget, outcome: Outcome, used: TimeSpan) {
        self.target = target
        self.outcome = outcome
        self.used = used
    }
}

public struct SLACancelled: Hashable, Sendable, Codable {
    public enum Reason: String, Sendable, Codable {
        /// Closed without an answer, or for a reason that promises nothing (spam, a duplicate).
        case closed
        /// Spam or bulk by an agent's word.
        case classified
        /// No policy is for this ticket any more.
        case noPolicy = "no_policy"
    }

    public var target: SLATarget
    public var reason: Reason
    public var used: TimeSpan

    public init(target: SLATarget, reason: Reason, used: TimeSpan) {
        self.target = target
        self.reason = reason
        self.used = used
    }
}

public struct SLAReplanned: Hashable, Sendable, Codable {
    public var target: SLATarget
    public var policy: String
    public var allowance: TimeSpan
    public var used: TimeSpan
    /// Nil while it is paused.
    public var deadline: SLADeadline?

    public init(
        target: SLATarget, policy: String, allowance: TimeSpan, used: TimeSpan,
        deadline: SLADeadline?
    ) {
        self.target = target
        self.policy = policy
        self.allowance = allowance
        self.used = used
        self.deadline = deadline
    }
}
