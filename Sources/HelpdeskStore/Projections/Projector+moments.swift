internal import HelpdeskCore

/// What a customer's timeline shows beside messages: which events, and whose. The event itself is read by its position.
extension Projector {
    func moment(
        _ event: TicketEvent, _ row: TicketRow, _ recorded: RecordedEvent
    ) throws(StoreError) {
        guard row.ticket.origin != .history, Self.isMoment(event, of: row) else { return }
        try moment(of: row.ticket.customer, recorded)
    }

    func moment(_ event: SurveyEvent, _ recorded: RecordedEvent) throws(StoreError) {
        switch event {
        case .sent, .answered, .answeredInWords, .consentChanged, .recoveryOpened, .recoveryDone:
            guard let customer = recorded.customer else { return }
            try moment(of: customer, recorded)
        case .scheduled, .skipped, .postponed, .cancelled, .reminded, .recoveryTaken:
            break
        }
    }

    private func moment(
        of customer: CustomerID, _ recorded: RecordedEvent
    ) throws(StoreError) {
        try connection.execute(
            "INSERT INTO moments (position, customer, at, ticket) VALUES ($1, $2, $3, $4)",
            [recorded.position, customer, recorded.at, recorded.ticket])
    }

    /// A ticket that a message opened is shown by that message; so is a first answer.
    private static func isMoment(_ event: TicketEvent, of row: TicketRow) -> Bool {
        switch event {
        case .opened: row.ticket.origin == .agent
        case .statusChanged(let change):
            change.to == .closed || change.from == .closed || change.to == .pending
        case .transferred, .callbackCompleted, .replyReturned, .merged, .mergeUndone, .split,
            .splitUndone, .messageRedacted:
            true
        default: false
        }
    }
}
