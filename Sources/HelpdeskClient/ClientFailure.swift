public import HelpdeskAPI

/// Why a call to the daemon came to nothing. Each case says who can do something about it.
public enum ClientFailure: Error, Hashable, Sendable {
    /// Nobody listens there, the name is unknown, or TLS was not believed: ops, or the address is wrong.
    case unreachable(String)
    /// The connection broke or took too long; whether the daemon did it is not known. Trying again is safe for what
    /// only reads, and for a POST with its key.
    case interrupted(String)
    /// The daemon answered, and not with success. `retryAfter` is in seconds, where it named a time.
    case problem(API.Problem, retryAfter: Int?)
    /// The answer is not what this version of the API gives: an older or newer daemon, or something else listens.
    case notUnderstood(String)
    /// The address, token or stored login is wrong: whoever set it.
    case configuration(String)
    /// Something on this machine: a file that cannot be read, a full disk.
    case local(String)
    case cancelled
}

extension ClientFailure: CustomStringConvertible {
    /// What happened, and what to do: one or two sentences for whoever gave the command. Holds words of the daemon;
    /// sanitize before it is shown on a terminal.
    public var description: String {
        switch self {
        case .unreachable(let detail):
            "the daemon cannot be reached: \(detail). Is hamdeld running? "
                + "HAMDEL_SOCKET, HAMDEL_URL or `hamdel login` say where"
        case .interrupted(let detail):
            "the answer did not come: \(detail). It may have been done; look before trying again"
        case .notUnderstood(let detail):
            "the answer was not understood: \(detail). Do client and daemon have the same version?"
        case .problem, .configuration, .local, .cancelled: reason
        }
    }

    /// What happened alone, for a status line.
    public var reason: String {
        switch self {
        case .unreachable(let detail), .interrupted(let detail), .notUnderstood(let detail),
            .configuration(let detail), .local(let detail):
            detail
        case .problem(let problem, let retryAfter): Self.text(problem, retryAfter)
        case .cancelled: "cancelled"
        }
    }

    private static func text(_ problem: API.Problem, _ retryAfter: Int?) -> String {
        var text = problem.detail ?? problem.title
        for fault in problem.errors { text += "; \(fault.place): \(fault.reason)" }
        if problem.status == 401 { text += ". Sign in with `hamdel login URL --with-token`" }
        if let retryAfter { text += ". Try again in \(retryAfter) s" }
        return text
    }
}
