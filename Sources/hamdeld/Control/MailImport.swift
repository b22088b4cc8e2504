internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskEngine

/// Old mails into the stream, as history: they are on the timeline and cause nothing.
struct MailImport: Sendable {
    let desk: Desk
    let reading: Administration.Rereading

    /// One outcome for each, in order. What can be read is kept in one transaction, so that answers come behind what they
    /// answer; what cannot goes to quarantine.
    func deliver(_ mails: [[UInt8]], to inbox: InboxID) async -> ControlDelivery {
        var outcomes: [DeliveryOutcome?] = Array(repeating: nil, count: mails.count)
        var messages: [InboundMessage] = []
        var places: [Int] = []
        do throws(DeliveryRefusal) {
            for (place, raw) in mails.enumerated() {
                switch await reading(inbox, raw) {
                case .success(var message):
                    message.origin = .history
                    messages.append(message)
                    places.append(place)
                case .failure(let reason):
                    outcomes[place] = try await Intake(desk).quarantine(
                        raw, reason: reason, from: inbox)
                }
            }
            if !messages.isEmpty {
                let kept = try await Intake(desk).deliver(
                    InboundBatch(messages: messages), to: inbox)
                for (place, outcome) in zip(places, kept) { outcomes[place] = outcome }
            }
            return ControlDelivery(outcomes: outcomes.compactMap { $0 })
        } catch {
            return ControlDelivery(refusal: error)
        }
    }
}

/// Several mails in one body: each behind its length in eight bytes, the highest first.
enum MailFrames {
    static func joined(_ mails: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(mails.reduce(0) { $0 + $1.count + 8 })
        for mail in mails {
            withUnsafeBytes(of: UInt64(mail.count).bigEndian) { bytes += $0 }
            bytes += mail
        }
        return bytes
    }

    /// What is cut off at the end is left out.
    static func split(_ bytes: [UInt8]) -> [[UInt8]] {
        var mails: [[UInt8]] = []
        var rest = bytes[...]
        while rest.count >= 8 {
            let length = rest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            rest = rest.dropFirst(8)
            guard let count = Int(exactly: length), count <= rest.count else { break }
            mails.append([UInt8](rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return mails
    }
}
