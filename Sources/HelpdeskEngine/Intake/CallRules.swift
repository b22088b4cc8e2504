internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

/// What a phone call leads to (DESIGN "Calls"): call-backs, wrap-up, attempts and completions.
struct CallRules {
    /// An answered call this short is a wrong number: nothing to write up.
    static let shortest: Int64 = 15
    static let wrapUp = TimeSpan.minutes(30)
    /// When a missed call is to be called back at the latest.
    static let callbackDue = TimeSpan.hours(1)

    let session: TicketSession
    let inbox: InboxPolicy

    func follow(
        _ message: InboundMessage, _ received: MessageReceived, _ number: TicketNumber,
        cause: Position?
    ) throws {
        guard let call = message.call else { return }
        switch (call.direction, call.outcome) {
        case (.inbound, .answered):
            try answered(call, received, number, cause: cause)
        case (.inbound, .missed), (.inbound, .voicemail), (.inbound, .busy), (.inbound, .failed):
            try session.perform(
                .requestCallback(
                    message: received.message, due: session.now + Self.callbackDue),
                on: try session.row(number), by: .system, cause: cause)
        case (.outbound, _):
            try outbound(call, received, number, cause: cause)
        case (.internal, _):
            break
        }
    }

    private func answered(
        _ call: Call, _ received: MessageReceived, _ number: TicketNumber, cause: Position?
    ) throws {
        guard !received.threading.joins else { return }
        try giveToSpeaker(call, number, cause: cause)
        guard call.durationSeconds >= Self.shortest else {
            return try close(number, cause: cause)
        }
        try session.perform(
            .beginWrapUp(
                WrapUpBegun(message: received.message, until: session.now + Self.wrapUp)),
            on: try session.row(number), by: .system, cause: cause)
    }

    private func outbound(
        _ call: Call, _ received: MessageReceived, _ number: TicketNumber, cause: Position?
    ) throws {
        guard received.threading.joins else {
            if call.outcome == .answered {
                return try answered(call, received, number, cause: cause)
            }
            try giveToSpeaker(call, number, cause: cause)
            return try close(number, cause: cause)
        }
        let row = try session.row(number)
        guard case .due = row.ticket.callback else { return }
        let command: TicketCommand =
            call.outcome == .answered
            ? .completeCallback(message: received.message)
            : .attemptCallback(message: received.message)
        try session.perform(command, on: row, by: .system, cause: cause)
    }

    /// The ticket is the agent's at whose extension the call was.
    private func giveToSpeaker(_ call: Call, _ number: TicketNumber, cause: Position?) throws {
        guard let inner = call.extension,
            let agent = try session.reader.agent(atExtension: inner)
        else { return }
        // Not to somebody who may not see it.
        guard let row = try session.reader.ticket(number, viewer: .agent(agent)),
            row.ticket.assignee != agent
        else { return }
        try session.perform(
            .assign(agent, by: .agent, decision: nil), on: row, by: .agent(agent), cause: cause)
    }

    private func close(_ number: TicketNumber, cause: Position?) throws {
        let events = try session.perform(
            .close(.wrappedUp, cause: .wrapUpEnded), on: try session.row(number), by: .system,
            cause: cause)
        try session.settle(events, on: number)
    }
}
