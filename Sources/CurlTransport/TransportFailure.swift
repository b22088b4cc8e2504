/// Why a transfer gave no answer. Each case is something the caller can act on.
public enum TransportFailure: Error, Sendable, Equatable {
    /// The request itself is not allowed (a header with a line break, a scheme other than http, …).
    /// Trying again cannot help.
    case invalidRequest(String)
    /// Too many transfers are waiting already. Try again later.
    case busy
    /// The loop was shut down.
    case closed
    /// The caller's task was cancelled.
    case cancelled
    /// The total time ran out.
    case deadlineExceeded
    /// The peer said nothing for longer than allowed.
    case silent
    /// No connection: the name is unknown, nobody listens, the route is down.
    case unreachable(String)
    /// The peer's certificate was not believed, or TLS failed or was not offered.
    case untrusted(String)
    /// The peer refused user and password.
    case signInRefused(String)
    /// The connection broke, or the peer did not keep to the protocol.
    case interrupted(String)
    /// The answer was longer than the caller allows (bytes).
    case responseTooLarge(limit: Int)
}

extension TransportFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .invalidRequest(let reason): "the request is not allowed: \(reason)"
        case .busy: "too many transfers are waiting; try again later"
        case .closed: "the transport was shut down"
        case .cancelled: "cancelled"
        case .deadlineExceeded: "the time allowed for the whole transfer ran out"
        case .silent: "the other side was silent for longer than allowed"
        case .unreachable(let detail): "not reachable: \(detail)"
        case .untrusted(let detail): "no trusted TLS connection: \(detail)"
        case .signInRefused(let detail): "user or password refused: \(detail)"
        case .interrupted(let detail): "the connection broke: \(detail)"
        case .responseTooLarge(let limit): "the answer is longer than \(limit) bytes"
        }
    }
}
