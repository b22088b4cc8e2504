internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskStore

extension API.Event {
    /// An event as the stream keeps it; its data goes out as it stands.
    init(_ event: StoredEvent, _ epochs: EpochBook) {
        let data = (try? JSONReader.value(of: Array(event.data.utf8))) ?? .null
        self.init(
            position: event.position, id: epochs.eventID(at: event.position), type: event.type,
            schema: event.schema, at: Timestamp(event.at), actor: Actor(event),
            commandID: event.command, cause: event.cause, ticket: event.ticket,
            customer: event.customer, data: data)
    }

    /// What somebody hears of a ticket that moved into a team they do not see: that it is gone, and nothing else.
    static func hidden(_ event: StoredEvent, _ epochs: EpochBook) -> API.Event {
        API.Event(
            position: event.position, id: epochs.eventID(at: event.position),
            type: "ticket_hidden", schema: 1, at: Timestamp(event.at), actor: Actor(kind: "system"),
            ticket: event.ticket,
            data: .object([]))
    }
}

extension API.Event.Actor {
    init(_ event: StoredEvent) {
        if let actor = HelpdeskCore.Actor(kind: event.actorKind, id: event.actorID) {
            self.init(actor)
        } else {
            self.init(kind: event.actorKind)
        }
    }
}
