internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskStore

extension API.TimelineItem {
    /// Of a message's text, in scalars.
    static let beginning = 200

    init(_ entry: TimelineEntry) {
        switch entry.item {
        case .message(let row): self.init(row, at: entry.place.at)
        case .event(let event, let words):
            let moment = TimelineMoment(event.event, words: words)
            self.init(
                at: Timestamp(entry.place.at), kind: moment.kind, ticket: entry.ticket,
                actor: API.Message.Author(event.actor), summary: moment.summary,
                score: moment.score)
        }
    }

    private init(_ row: MessageRow, at: Instant) {
        let message = API.Message(row)
        self.init(
            at: Timestamp(at), kind: Self.kind(row), ticket: row.ticket, channel: row.channel,
            actor: message.author, summary: Self.summary(row), message: message)
    }

    private static func kind(_ row: MessageRow) -> String {
        if row.direction == .note { return "note" }
        return row.kind == .call ? "call" : "message"
    }

    private static func summary(_ row: MessageRow) -> String {
        if let call = row.content?.call { return CallSentence.text(call) }
        let line = (row.content?.text ?? "").unicodeScalars.prefix(beginning)
            .map { $0.properties.isWhitespace ? " " : $0 }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: line)
        return String(text)
    }
}

extension API.Message.Author {
    /// Nil for what nobody in particular did.
    init?(_ actor: HelpdeskCore.Actor) {
        switch actor {
        case .customer(let customer): self.init(kind: .customer, id: .customer(customer))
        case .agent(let agent): self.init(kind: .agent, id: .agent(agent))
        case .bot: self.init(kind: .bot)
        case .system, .operator: self.init(kind: .system)
        }
    }
}

/// A call in one sentence.
enum CallSentence {
    static func text(_ call: Call) -> String {
        let direction =
            switch call.direction {
            case .inbound: "call in"
            case .outbound: "call out"
            case .internal: "internal call"
            }
        let outcome =
            switch call.outcome {
            case .answered: "answered, \(duration(call.durationSeconds))"
            case .missed: "missed"
            case .voicemail: "voicemail"
            case .busy: "busy"
            case .failed: "failed"
            }
        let at = call.extension.map { ", extension \($0)" } ?? ""
        return "\(direction), \(outcome)\(at)"
    }

    private static func duration(_ seconds: Int64) -> String {
        let seconds = max(0, seconds)
        return seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"
    }
}
