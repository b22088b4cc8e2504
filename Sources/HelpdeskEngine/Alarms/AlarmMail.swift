internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

/// Tells ops by mail what began or is over (`[notify] ops`). Goes beside the outbox, which may be what the alarm is about, and by
/// whichever mail inbox can send.
public struct AlarmMail: Sendable {
    public enum Outcome: Hashable, Sendable {
        case sent
        /// Nobody is to be told.
        case notWanted
        /// For good: the addresses are wrong.
        case refused(String)
        /// To be tried again.
        case notSent(String)
    }

    let desk: Desk

    public init(_ desk: Desk) { self.desk = desk }

    public func tell(_ changes: [AlarmWatch.Change]) async -> Outcome {
        let ops = desk.policy.notices.ops.compactMap { IdentityFolding.fold(.email($0)) }
        guard !ops.isEmpty, !changes.isEmpty else { return .notWanted }
        let down = desk.downInboxes
        let able = desk.policy.inboxes.values
            .filter { $0.channel == .email && $0.capabilities.sending == .supported }
            .sorted { $0.id < $1.id }
        var last = "no inbox can send mail"
        for inbox in able.filter({ !down.contains($0.id) }) + able.filter({ down.contains($0.id) })
        {
            guard let adapter = desk.adapter(of: inbox.id) else { continue }
            do throws(OutboundRefusal) {
                let prepared = try adapter.prepare(mail(changes, to: ops, from: inbox))
                switch await adapter.send(prepared, attempt: 1) {
                case .sent, .queued, .perRecipient, .uncertain: return .sent
                case .rejected(_, let detail): return .refused(detail)
                case .retry(_, let detail), .unavailable(let detail): last = detail
                }
            } catch {
                last = error.detail
            }
        }
        return .notSent(last)
    }

    private func mail(
        _ changes: [AlarmWatch.Change], to ops: [IdentityAddress], from inbox: InboxPolicy
    ) -> OutboundMessage {
        let domain = inbox.address?.value.split(separator: "@").last.map(String.init)
        let random = Base32.text(desk.environment.random(10))
        return OutboundMessage(
            delivery: DeliveryID(rawValue: 0), ticket: TicketNumber(rawValue: 0),
            purpose: .notice, to: ops.map { OutboundMessage.Recipient(address: $0) },
            subject: Self.subject(changes), text: Self.text(changes),
            language: LanguageCode.english.rawValue,
            messageID: "alarm.\(random)@\(domain ?? "hamdel.invalid")", date: desk.now)
    }

    static func subject(_ changes: [AlarmWatch.Change]) -> String {
        guard changes.count == 1, let change = changes.first else {
            return "hamdel: \(changes.count) alarms began or are over"
        }
        let what = "\(change.event.kind) (\(change.event.subject))"
        return change.alarm == nil ? "hamdel: over: \(what)" : "hamdel: \(what)"
    }

    static func text(_ changes: [AlarmWatch.Change]) -> String {
        let lines = changes.map { change in
            guard let alarm = change.alarm else {
                return "Over: \(change.event.kind) (\(change.event.subject))."
            }
            return "\(alarm.kind.rawValue): \(alarm.text).\nWhat to do: \(alarm.advice)."
        }
        return (lines + ["hamdeld doctor says how things stand now."]).joined(separator: "\n\n")
    }
}
