internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

/// The screen after a message, and what the shell is to do. Pure: no clock, no randomness, no waiting.
public func update(_ model: Model, _ message: Message) -> (Model, [Effect]) {
    var model = model
    let effects = model.take(message)
    return (model, effects)
}

extension Model {
    mutating func take(_ message: Message) -> [Effect] {
        switch message {
        case .key(let key): return press(key)
        case .paste(let text): return paste(text)
        case .resized(let size):
            self.size = size
            queue.keepInSight(height: panes.queueHeight)
            return []
        case .learned(let layout):
            self.layout = layout
            return []
        case .clock(let instant):
            now = instant
            return []
        case .due(let due): return take(due)
        case .live(let live): return take(live)
        case .loaded(let loaded): return take(loaded)
        case .sent(let writing, let message): return sent(writing, message)
        case .changed(let ticket, let change): return changed(ticket, change)
        case .presenceSet(let agent):
            if me?.agent.login == agent.login { me?.agent = agent }
            notice = .done("you are \(Wording.presence(agent))")
            return [.load(.agents)]
        case .recoveryChanged(let recovery, let change): return changed(recovery, change)
        case .edited(let key, let text): return edited(key: key, text)
        case .attached(let file, let key): return attached(file, key: key)
        case .told(let told):
            notice = told
            return []
        case .focus(let focus):
            news.focus = focus
            return []
        case .failed(let effect, let failure): return failed(effect, failure)
        }
    }

    private mutating func changed(_ ticket: API.Ticket, _ change: TicketChange) -> [Effect] {
        queue.update(ticket)
        threads.change(ticket.number) { $0.update(ticket) }
        if !countBulk(.done) {
            notice = .done("\(display.ticket(ticket.number)) \(sentence(change, ticket))")
        }
        // Of many changes one reading is enough.
        guard bulk == nil else { return [] }
        return [.load(.queue(queue.reload))]
            + (opened == ticket.number ? [.load(.thread(ticket.number))] : [])
    }

    private func sentence(_ change: TicketChange, _ ticket: API.Ticket) -> String {
        switch change {
        case .assign: ticket.assignee.map { "is with \($0.rawValue)" } ?? "waits for anybody"
        case .close(let reason): "closed: \(Wording.reason(reason))"
        case .reopen: "is open"
        case .pending: "waits for the customer"
        case .transfer(let team): "went to team \(team.rawValue)"
        case .tag: "has the tags: \(ticket.tags.joined(separator: " "))"
        case .priority(let priority): "has priority \(priority.rawValue)"
        case .spam: "is spam"
        case .notSpam: "is no spam"
        case .join: "has the message now"
        case .snooze:
            ticket.snoozedUntil.map { "is back \(spoken($0.instant))" } ?? "is back on the desk"
        case .callback(.reached): "was rung back"
        case .callback(.notReached): "was not reached; the attempt is counted"
        }
    }
}
