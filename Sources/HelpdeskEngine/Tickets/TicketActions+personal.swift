internal import HelpdeskCore
internal import HelpdeskStore

/// What concerns the agent who asks alone: watching, being reminded.
extension TicketActions {
    /// Of a reason or a reminder's note, in UTF-8 bytes.
    static let maximumReason = 2_000

    func watch(_ row: TicketRow) throws -> [RecordedEvent] {
        guard try !session.reader.isWatching(caller.agent, row.ticket.number) else {
            throw TicketRejection.nothingToChange(row.ticket.number)
        }
        return try session.perform(.watch(caller.agent), on: row)
    }

    func unwatch(_ row: TicketRow) throws -> [RecordedEvent] {
        guard try session.reader.isWatching(caller.agent, row.ticket.number) else {
            throw TicketRejection.nothingToChange(row.ticket.number)
        }
        return try session.perform(.unwatch(caller.agent), on: row)
    }

    func dropReminder(_ row: TicketRow) throws -> [RecordedEvent] {
        let known = try session.reader.reminder(of: caller.agent, for: row.ticket.number)
        guard known != nil else {
            throw DeskFailure.notFound("a reminder of ticket \(row.ticket.number.rawValue)")
        }
        return try session.perform(.dropReminder(caller.agent), on: row)
    }

    /// Blank is none.
    func reason(_ text: String?, _ row: TicketRow) throws -> ContentRef? {
        guard let text, text.utf8.contains(where: { $0 > 0x20 }) else { return nil }
        guard text.utf8.count <= Self.maximumReason else {
            throw DeskFailure.invalid(
                field: "note", expected: "at most \(Self.maximumReason) bytes")
        }
        return try session.keep(text, as: .reminder, of: row.ticket.customer)
    }
}
