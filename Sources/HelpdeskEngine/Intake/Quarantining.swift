internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

/// Keeps what could not be read: raw bytes, a reason, an event (invariant 3).
struct Quarantining {
    let desk: Desk
    let transaction: StoreTransaction

    func keep(
        _ raw: [UInt8], hash: BlobHash, reason: QuarantineReason, inbox: InboxID
    ) throws -> DeliveryOutcome {
        if let waiting = try transaction.reader.quarantined(raw: hash, inbox: inbox) {
            return .quarantined(waiting, reason: reason.detail)
        }
        try transaction.keep(blob: raw, hash: hash)
        let id = transaction.nextQuarantine()
        let detail = try transaction.keep(
            reason.detail, as: .quarantineDetail, of: nil, salt: desk.salt())
        try transaction.append(
            .desk(
                .messageQuarantined(
                    MessageQuarantined(
                        quarantine: id, inbox: inbox, raw: hash, code: reason.code,
                        detail: detail))),
            ticket: nil, customer: nil, by: .system)
        return .quarantined(id, reason: reason.detail)
    }
}
