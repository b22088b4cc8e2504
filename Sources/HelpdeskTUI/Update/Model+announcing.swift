internal import HelpdeskAPI
internal import HelpdeskCore

/// When somebody who looks elsewhere is called: at most so often, and without a word of what was written.
struct News: Hashable, Sendable {
    var focus = TerminalFocus.here
    var last: Instant?

    static let pause = TimeSpan.seconds(10)
}

extension Model {
    mutating func announce(_ event: API.Event) -> [Effect] {
        guard let announcement = announcement(of: event), news.focus == .elsewhere else {
            return []
        }
        if let last = news.last, now.since(last) < News.pause { return [] }
        news.last = now
        return [.notify(announcement)]
    }

    /// What of the stream is worth calling somebody for: what is theirs, or becomes it.
    private func announcement(of event: API.Event) -> Announcement? {
        guard let own = me?.agent.login, let number = event.ticket else { return nil }
        let isOwn = ticket(number)?.assignee == own
        let who = ticket(number)?.customer.name ?? ""
        let title = "hamdel \(display.ticket(number))"
        switch event.type {
        case "message_received" where isOwn:
            return Announcement(title: title, body: "\(who) wrote")
        case "ticket_assigned" where event.data["agent"]?.text == own.rawValue:
            guard event.actor.id != .agent(own) else { return nil }
            return Announcement(title: title, body: "is yours now")
        case "sla_warned" where isOwn: return Announcement(title: title, body: "is due soon")
        case "recovery_opened": return Announcement(title: title, body: "a customer is unhappy")
        default: return nil
        }
    }
}
