import ChannelKit
import CurlTransport

/// Why a session with an IMAP server ended, or a command of it failed.
enum IMAPFault: Error, Sendable, Equatable {
    case transport(TransportFailure)
    /// The server closed, with its last words if it had any.
    case ended(String)
    /// What came is no IMAP, or longer than anything allowed.
    case malformed(String)
    /// The server answered NO or BAD. `code` in capitals: `NONEXISTENT`, `UNAVAILABLE`, `AUTHENTICATIONFAILED`, …
    case refused(command: String, code: String?, text: String)
    /// A command took longer than it may.
    case tooSlow(command: String)
    /// The desk did not take what the server gave.
    case notKept(DeliveryRefusal)

    /// What ops should read and do.
    var health: ChannelHealth {
        switch self {
        case .transport(.signInRefused(let detail)):
            ChannelHealth(
                state: .down, detail: "the server refused user or password: \(detail)",
                action: .relogin)
        case .transport(.untrusted(let detail)):
            ChannelHealth(
                state: .down, detail: "no trusted TLS connection: \(detail)",
                action: .fixConfiguration)
        case .transport(.invalidRequest(let detail)):
            ChannelHealth(state: .down, detail: detail, action: .fixConfiguration)
        case .transport(let failure):
            ChannelHealth(state: .down, detail: "\(failure)", action: .wait)
        case .ended(let words):
            ChannelHealth(
                state: .down,
                detail: words.isEmpty
                    ? "the server closed the connection" : "the server closed: \(words)",
                action: .wait)
        case .malformed(let detail):
            ChannelHealth(
                state: .down, detail: "the server's answer is no IMAP: \(detail)", action: .wait)
        case .refused(let command, let code, let text):
            ChannelHealth(
                state: .down, detail: "the server refused \(command): \(text)",
                action: ["NONEXISTENT", "NOPERM", "CANNOT", "TRYCREATE"].contains(code)
                    || (code == nil && (command == "EXAMINE" || command == "SELECT"))
                    ? .fixConfiguration : .wait)
        case .tooSlow(let command):
            ChannelHealth(
                state: .down, detail: "\(command) took longer than it may", action: .wait)
        case .notKept(let refusal):
            ChannelHealth(
                state: .degraded, detail: "mail cannot be kept: \(Self.words(refusal))",
                action: .wait)
        }
    }

    private static func words(_ refusal: DeliveryRefusal) -> String {
        switch refusal {
        case .busy: "too much is waiting to be stored"
        case .noSpace: "space is short"
        case .stopping: "the daemon is stopping"
        case .storeFailed(let text): text
        case .conflict(let existing): existing
        }
    }
}
