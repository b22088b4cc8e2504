internal import HelpdeskAPI

/// The exit statuses of `hamdel` (CONTRACT, "hamdel"); programs are written against them.
public enum ProgramExit: Int32, Error, Hashable, Sendable, CaseIterable {
    case done = 0
    case failed = 1
    case cancelled = 2
    /// Not signed in, or not allowed.
    case notAllowed = 4
    case notFound = 5
    case changedMeanwhile = 6
    /// Of several things, some were not done.
    case partly = 7
    /// EX_USAGE of sysexits.h, as the others above 63.
    case usage = 64
    case unreachable = 69
    case tryAgain = 75
    case configuration = 78
}

extension ClientFailure {
    /// The one place where failures become exit statuses.
    public var exit: ProgramExit {
        switch self {
        case .unreachable: .unreachable
        case .interrupted: .tryAgain
        case .problem(let problem, _): Self.exit(forStatus: problem.status)
        case .notUnderstood, .local: .failed
        case .configuration: .configuration
        case .cancelled: .cancelled
        }
    }

    private static func exit(forStatus status: Int) -> ProgramExit {
        switch status {
        case 401, 403: .notAllowed
        case 404, 410: .notFound
        case 409, 412: .changedMeanwhile
        case 408, 425, 429, 502, 503, 504: .tryAgain
        default: .failed
        }
    }
}
