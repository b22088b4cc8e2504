import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import RandomKit
import TestKit
import Testing

extension World {
    func write() -> (message: InboundMessage, inbox: InboxID) {
        serial += 1
        let person = pick(Self.people) ?? "person@example.ir"
        let text = ["It broke.", "سلام، خراب شد", "Thank you!", "Any news? \(serial)", "ممنون"][
            Int.random(in: 0..<5, using: &random)]
        switch Int.random(in: 0..<10, using: &random) {
        case 0...5: return mail(person, text)
        case 6, 7: return chat(person, text)
        default: return call(person)
        }
    }

    private func mail(_ person: String, _ text: String) -> (InboundMessage, InboxID) {
        let auth = pick([SenderAuth.verified, .verified, .unchecked, .failed]) ?? .verified
        let earlier = pick(messages)?.message
        let out = pick(desk.adapters[.supportMail]?.prepared ?? [])
        let message = InboundMessage.mail(
            from: person, id: "m\(serial)@e", subject: "Case \(serial)", text: "\(text) \(serial)",
            auth: auth,
            references: random.happens(oneIn: 2) ? [earlier?.externalID].compactMap { $0 } : [],
            tokens: random.happens(oneIn: 4) ? [out?.replyToken].compactMap { $0 } : [],
            auto: random.happens(oneIn: 12) ? .replied : .no,
            ticketClass: random.happens(oneIn: 15) ? .spam : .regular,
            origin: random.happens(oneIn: 20) ? .history : .live)
        let inbox = pick([InboxID.supportMail, .supportMail, .salesMail, .peopleMail])
        return (message, inbox ?? .supportMail)
    }

    private func chat(_ person: String, _ text: String) -> (InboundMessage, InboxID) {
        let isVouched = random.happens(oneIn: 2)
        let visitor = "v-\(person.prefix(8))"
        let inbox = pick([InboxID.siteChat, .messenger]) ?? .siteChat
        let conversation =
            inbox == .messenger ? visitor : "c\(Int.random(in: 0..<20, using: &random))-\(visitor)"
        return (
            .chat(
                from: visitor, conversation: conversation, id: "x\(serial)",
                text: "\(text) \(serial)", vouched: isVouched ? [.email(person)] : [],
                typed: !isVouched && random.happens(oneIn: 3) ? [.email(person)] : [],
                author: random.happens(oneIn: 10) ? .bot : .customer), inbox
        )
    }

    private func call(_ person: String) -> (InboundMessage, InboxID) {
        let outcome = pick([CallOutcome.missed, .voicemail, .answered, .answered]) ?? .missed
        return (
            .call(
                from: "+98912\(person.utf8.count)\(person.utf8.dropFirst(6).first ?? 48)",
                id: "p\(serial)", outcome: outcome,
                direction: random.happens(oneIn: 3) ? .outbound : .inbound,
                seconds: Int64.random(in: 0..<100, using: &random),
                inner: pick(["101", "102", "999", nil]) ?? nil), .phones
        )
    }

    /// Delivers, and compares what is said with what the model knows.
    func deliver(_ letters: [(message: InboundMessage, inbox: InboxID)]) async throws {
        for (inbox, group) in Dictionary(grouping: letters, by: \.inbox).sorted(by: {
            $0.key < $1.key
        }) {
            let outcomes = try await desk.intake.deliver(
                InboundBatch(messages: group.map(\.message)), to: inbox)
            try #require(outcomes.count == group.count)
            for (letter, outcome) in zip(group, outcomes) { judge(letter, outcome) }
        }
    }

    private func judge(
        _ letter: (message: InboundMessage, inbox: InboxID), _ outcome: DeliveryOutcome
    ) {
        let key = Self.key(letter.message, letter.inbox)
        note("deliver \(key): \(outcome)")
        switch outcome {
        case .ticketed:
            #expect(kept[key] == nil, "kept twice: \(key), seed \(seed)")
            kept[key] = letter.message.text
            messages.append(letter)
        case .duplicate:
            #expect(kept[key] != nil, "lost: \(key) is called a duplicate, seed \(seed)")
        case .quarantined:
            Issue.record("\(key) was quarantined, seed \(seed)")
        }
    }
}
