internal import HelpdeskCore
internal import HelpdeskStore

/// Who hears of events of a ticket: whoever it was given to, those who watch it, and whoever asked to be reminded.
struct TicketNews {
    let session: TicketSession

    func tell(_ recorded: [RecordedEvent], of number: TicketNumber, by actor: Actor) throws {
        for record in recorded {
            guard case .ticket(let event) = record.event else { continue }
            switch event {
            case .assigned(let assigned):
                try tell(assigned.agent, .assigned(by: actor), number, record)
            case .reminderDue(let due):
                let note = try session.reader.reminder(of: due.agent, for: number)?.note
                try tell(due.agent, .reminded(note), number, record)
            default: break
            }
            guard let news = WatchedNews(event) else { continue }
            try tellWatchers(news, number, record, by: actor)
        }
    }

    /// Whoever holds the ticket hears of it as theirs.
    private func tellWatchers(
        _ news: WatchedNews, _ number: TicketNumber, _ record: RecordedEvent, by actor: Actor
    ) throws {
        let watchers = try session.reader.watchers(of: number)
        guard !watchers.isEmpty else { return }
        let holder = try session.row(number).ticket.assignee
        for watcher in watchers where watcher != holder {
            try tell(watcher, .watched(news, by: actor), number, record)
        }
    }

    private func tell(
        _ agent: AgentID, _ occasion: NoticeOccasion, _ number: TicketNumber,
        _ record: RecordedEvent
    ) throws {
        try Noticing(session: session).tell(
            agent, occasion, try session.row(number), cause: record.position)
    }
}
