import ChannelKit
import HelpdeskCore

/// What a server gave of one mail.
enum TakenMail: Sendable {
    case whole([UInt8])
    /// Above the limit: the rest stayed on the server. `size` as the server says.
    case header([UInt8], size: Int)
    /// It came, and is nothing that can be read.
    case unreadable(MailRejection)
    /// It is there, and the server does not give it.
    case withheld(header: [UInt8], reason: String)
}

/// What goes to quarantine.
struct PoisonMail: Error, Sendable {
    let raw: [UInt8]
    let reason: QuarantineReason
}

extension MailboxVisit {
    /// Reads a mail on the pool's threads.
    func read(
        _ mail: TakenMail, _ listing: IMAPListing
    ) async throws(IMAPFault) -> Result<InboundMessage, PoisonMail> {
        let adapter = adapter
        let raw: [UInt8]
        let result: Result<InboundMessage, MailRejection>?
        switch mail {
        case .whole(let bytes):
            raw = bytes
            result = try? await reception.pool.run { adapter.read(bytes) }
        case .header(let header, let size):
            raw = header
            let limit = settings.messageBytes
            result = try? await reception.pool.run {
                HeaderTicket.message(header, size: size, limit: limit, adapter: adapter)
            }
        case .unreadable(let rejection):
            let note = "UID \(listing.uid), UIDVALIDITY \(cursor.validity): \(rejection.reason.detail)"
            return .failure(PoisonMail(raw: Array(note.utf8), reason: rejection.reason))
        case .withheld(let header, let reason):
            let note = header.isEmpty ? Array("UID \(listing.uid): \(reason)".utf8) : header
            return .failure(
                PoisonMail(
                    raw: note,
                    reason: QuarantineReason(
                        code: "withheld",
                        detail: "\(reason); it is still on the mail server (UID \(listing.uid))")))
        }
        switch result {
        case .success(var message)?:
            message.origin = origin(of: message, listing)
            return .success(message)
        case .failure(let rejection)?:
            return .failure(PoisonMail(raw: raw, reason: rejection.reason))
        case nil:
            // The pool is closed: no fault of the mail's.
            throw .notKept(.stopping)
        }
    }

    /// Invariant 12, by when the server received the mail. Where the folder got new UIDs its dates may be new too: then the mail's own
    /// date must be fresh as well, so that a restored mailbox does not set off a storm of acknowledgements.
    private func origin(of message: InboundMessage, _ listing: IMAPListing) -> Origin {
        let oldest = host.now() - settings.liveWithin
        if let received = listing.receivedAt, received < oldest { return .history }
        if listing.uid <= cursor.rescanned, let sent = message.sentAt, sent < oldest {
            return .history
        }
        return .live
    }
}
