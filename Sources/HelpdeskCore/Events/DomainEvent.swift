/// Something that happened, as the stream keeps it for ever: ids, enums, numbers and times only; personal content
/// stands in rows that `ContentRef`s name. Cases and fields change only by addition (DESIGN invariant 5): a new field is
/// optional, a new meaning is a new case.
public enum DomainEvent: Hashable, Sendable {
    case ticket(TicketEvent)
    case customer(CustomerEvent)
    case delivery(DeliveryEvent)
    case survey(SurveyEvent)
    case sla(SLAEvent)
    case promise(PromiseEvent)
    case desk(DeskEvent)
}

/// An event with what is true of every event.
public struct RecordedEvent: Hashable, Sendable {
    public var position: Position
    public var at: Instant
    public var actor: Actor
    public var ticket: TicketNumber?
    public var customer: CustomerID?
    /// The command that led to it, where a client named one.
    public var command: CommandID?
    /// The position of the event that caused this one (a close causes a survey).
    public var cause: Position?
    public var event: DomainEvent

    public init(
        position: Position, at: Instant, actor: Actor, ticket: TicketNumber?,
        customer: CustomerID?, command: CommandID? = nil, cause: Position? = nil,
        event: DomainEvent
    ) {
        self.position = position
        self.at = at
        self.actor = actor
        self.ticket = ticket
        self.customer = customer
        self.command = command
        self.cause = cause
        self.event = event
    }
}
