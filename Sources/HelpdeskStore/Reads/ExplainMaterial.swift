public import HelpdeskCore

/// Everything that decided where a ticket is: what `hamdel ticket explain` is made of (invariant 7). Oldest first, the newest
/// 500 of each kind. Tickets that the viewer may not see are taken out of what was decided.
public struct ExplainMaterial: Hashable, Sendable {
    public let ticket: TicketNumber
    /// One for each message that came in, wherever it was kept first.
    public let threading: [Threading]
    public let routing: [Routing]
    /// Scheduled, skipped, cancelled, sent, answered.
    public let surveys: [RecordedEvent]
    /// Acknowledgements queued or skipped.
    public let acknowledgements: [RecordedEvent]
    /// What the ticket's clocks did, and what the customer was told of times.
    public let promises: [RecordedEvent]
    /// Who was told what of it.
    public let notices: [RecordedEvent]
    /// Links to other tickets, and messages moved here.
    public let links: [RecordedEvent]

    public struct Threading: Hashable, Sendable {
        public let message: MessageID
        public let position: Position
        public let at: Instant
        public let decision: ThreadingDecision
    }

    public struct Routing: Hashable, Sendable {
        public let position: Position
        public let at: Instant
        public let actor: Actor
        public let step: Step
    }

    public enum Step: Hashable, Sendable {
        case assigned(TicketAssigned)
        case unassigned(TicketUnassigned)
        case queued(TicketQueued)
        case transferred(TicketTransferred)
        /// With one sentence for each rule; none when they were erased.
        case ruled(RulesApplied, matches: [String])
    }
}

extension StoreReader {
    /// Nil when there is no such ticket for the viewer.
    public func explainMaterial(
        _ number: TicketNumber, viewer: Viewer
    ) throws(StoreError) -> ExplainMaterial? {
        guard try ticket(number, viewer: viewer) != nil else { return nil }
        var sight = TicketSight(reader: self, viewer: viewer)
        var routing: [ExplainMaterial.Routing] = []
        var surveys: [RecordedEvent] = []
        var acknowledgements: [RecordedEvent] = []
        var links: [RecordedEvent] = []
        var promises: [RecordedEvent] = []
        var notices: [RecordedEvent] = []
        for event in try decisions(about: number) {
            switch event.event {
            case .survey:
                surveys.append(event)
            case .sla, .promise:
                promises.append(event)
            case .desk(.agentNoticed):
                notices.append(event)
            case .delivery(.queued(let queued)) where queued.purpose == .acknowledgement:
                acknowledgements.append(event)
            case .delivery(.acknowledgementSkipped), .delivery(.readingEnded):
                acknowledgements.append(event)
            case .ticket(.linked(let link)):
                if try sight.reaches(link.other) { links.append(event) }
            case .ticket(.messageJoined(let joined)):
                if try sight.reaches(joined.from) { links.append(event) }
            case .ticket(.rulesApplied(let applied)):
                routing.append(
                    ExplainMaterial.Routing(
                        position: event.position, at: event.at, actor: event.actor,
                        step: .ruled(applied, matches: try matches(of: applied))))
            default:
                if let step = Self.step(event.event) {
                    routing.append(
                        ExplainMaterial.Routing(
                            position: event.position, at: event.at, actor: event.actor,
                            step: step))
                }
            }
        }
        return ExplainMaterial(
            ticket: number, threading: try threading(of: number, &sight), routing: routing,
            surveys: surveys, acknowledgements: acknowledgements, promises: promises,
            notices: notices, links: links)
    }

    private func matches(of applied: RulesApplied) throws(StoreError) -> [String] {
        guard let id = applied.matches?.id, let body = try content(id) else { return [] }
        return try ContentSeal.decode([String].self, from: body)
    }

    private static func step(_ event: DomainEvent) -> ExplainMaterial.Step? {
        switch event {
        case .ticket(.assigned(let assigned)): .assigned(assigned)
        case .ticket(.unassigned(let unassigned)): .unassigned(unassigned)
        case .ticket(.queued(let queued)): .queued(queued)
        case .ticket(.transferred(let transferred)): .transferred(transferred)
        default: nil
        }
    }

    private func decisions(about ticket: TicketNumber) throws(StoreError) -> [RecordedEvent] {
        let stored = try connection.all(
            """
            SELECT position, at, actor_kind, actor_id, type, schema, ticket, customer, command,
              cause, data, past
            FROM events
            WHERE ticket = $1 AND type IN ('ticket_assigned', 'ticket_unassigned', 'ticket_queued',
              'ticket_transferred', 'rules_applied', 'ticket_linked', 'message_joined', 'survey_scheduled',
              'survey_skipped', 'survey_cancelled', 'survey_sent', 'survey_answered',
              'survey_postponed', 'survey_reminded', 'survey_answered_in_words',
              'survey_consent_changed', 'recovery_opened', 'recovery_taken', 'recovery_done',
              'delivery_queued', 'acknowledgement_skipped', 'reading_ended', 'sla_started', 'sla_paused',
              'sla_resumed', 'sla_warned', 'sla_breached', 'sla_stopped', 'sla_cancelled',
              'sla_replanned', 'promise_given', 'promise_revised', 'promise_kept',
              'promise_broken', 'promise_revision_skipped', 'agent_noticed')
            ORDER BY position DESC LIMIT 500
            """, [ticket], Self.storedEvent)
        var events: [RecordedEvent] = []
        for event in stored.reversed() {
            if let recorded = try event.recorded() { events.append(recorded) }
        }
        return events
    }

    /// The decision stands in the event that kept the message, which may be another ticket's: messages move.
    private func threading(
        of ticket: TicketNumber, _ sight: inout TicketSight
    ) throws(StoreError) -> [ExplainMaterial.Threading] {
        let stored = try connection.all(
            """
            SELECT e.position, e.at, e.actor_kind, e.actor_id, e.type, e.schema, e.ticket,
              e.customer, e.command, e.cause, e.data, e.past
            FROM messages m JOIN events e ON e.position = m.position
            WHERE m.ticket = $1 AND m.direction = 'in' ORDER BY m.id DESC LIMIT 500
            """, [ticket], Self.storedEvent)
        var threading: [ExplainMaterial.Threading] = []
        for event in stored.reversed() {
            guard case .ticket(.messageReceived(let message)) = try event.recorded()?.event else {
                continue
            }
            threading.append(
                ExplainMaterial.Threading(
                    message: message.message, position: event.position, at: event.at,
                    decision: try sight.seen(message.threading)))
        }
        return threading
    }
}

/// Which tickets a viewer may see, remembered for the length of one read.
struct TicketSight {
    let reader: StoreReader
    let viewer: Viewer
    private var known: [TicketNumber: Bool] = [:]

    init(reader: StoreReader, viewer: Viewer) {
        self.reader = reader
        self.viewer = viewer
    }

    mutating func reaches(_ ticket: TicketNumber) throws(StoreError) -> Bool {
        if let known = known[ticket] { return known }
        let reaches = try reader.ticket(ticket, viewer: viewer) != nil
        known[ticket] = reaches
        return reaches
    }

    /// The decision without the numbers of tickets out of sight.
    mutating func seen(_ decision: ThreadingDecision) throws(StoreError) -> ThreadingDecision {
        var decision = decision
        if let ticket = decision.ticket, try !reaches(ticket) { decision.ticket = nil }
        if let ticket = decision.sentTo, try !reaches(ticket) { decision.sentTo = nil }
        for index in decision.steps.indices {
            if let ticket = decision.steps[index].ticket, try !reaches(ticket) {
                decision.steps[index].ticket = nil
            }
        }
        return decision
    }
}
