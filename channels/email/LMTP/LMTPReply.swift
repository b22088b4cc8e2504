import ChannelKit
import HelpdeskCore

/// Reply lines: code, enhanced code (RFC 3463), text, CRLF.
enum LMTPReply {
    static func line(_ text: String) -> [UInt8] { Array(text.utf8) + [0x0D, 0x0A] }

    static func outcome(_ outcome: LMTPOutcome) -> [UInt8] {
        switch outcome {
        case .kept(let kept): line(text(kept))
        case .refused(let refusal): line(text(refusal))
        }
    }

    /// The end of a 250 is read by programs (CONTRACT): it names what the mail became.
    private static func text(_ outcome: DeliveryOutcome) -> String {
        switch outcome {
        case .ticketed(let message, let ticket):
            "250 2.0.0 Kept message=\(message.rawValue) ticket=\(ticket.rawValue)"
        case .duplicate(let message, _):
            "250 2.0.0 Kept before duplicate=\(message.rawValue)"
        case .quarantined(let id, _):
            "250 2.0.0 Kept, could not be read quarantine=\(id.rawValue)"
        }
    }

    private static func text(_ refusal: DeliveryRefusal) -> String {
        switch refusal {
        case .busy: "451 4.3.2 Busy, try again later"
        case .noSpace: "452 4.3.1 Not enough space, try again later"
        case .stopping: "451 4.3.2 Shutting down, try again later"
        case .storeFailed: "451 4.3.0 Could not be stored, try again later"
        case .conflict: "451 4.3.0 Not kept, try again later"
        }
    }
}
