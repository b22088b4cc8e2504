internal import HelpdeskAPI
internal import HelpdeskCore

extension Card {
    /// How much of a message is shown.
    enum Extent {
        /// What the person wrote now.
        case written
        /// Quoted history and signatures too.
        case everything
    }

    /// A ticket with its messages, as `ticket show` prints it.
    static func lines(
        of detail: API.TicketDetail, _ extent: Extent, _ context: CommandContext
    ) -> [String] {
        var card = Card(context)
        card.head(detail.ticket)
        if let handover = detail.handover { card.handover(handover) }
        for message in detail.messages { card.message(message, extent) }
        return card.lines
    }

    private mutating func head(_ ticket: API.Ticket) {
        line("#\(ticket.number.rawValue)  \(ticket.subject ?? "(no subject)")")
        var words = [ticket.status.rawValue, ticket.priority.rawValue, ticket.team.rawValue]
        words.append(ticket.assignee?.rawValue ?? "nobody")
        if ticket.spam { words.append("SPAM") }
        line(words.joined(separator: " · "))
        let customer = ticket.customer
        field(
            "customer",
            "\(customer.name ?? "(no name)") (\(customer.id.rawValue))\(customer.vip ? " VIP" : "")"
        )
        field("channels", ticket.channels.map(\.rawValue).joined(separator: ", "))
        field("created", ticket.createdAt)
        field("updated", ticket.updatedAt)
        field(
            "closed",
            ticket.closedAt.map(moments.text).map { moment in
                ticket.closingReason.map { "\(moment) (\($0.rawValue))" } ?? moment
            })
        field("snoozed", ticket.snoozedUntil)
        field(ticket.snoozedUntil == nil ? "woke for" : "because", ticket.snoozeNote)
        field("watched by", ticket.watchers.map(\.rawValue).joined(separator: ", "))
        field("tags", ticket.tags.joined(separator: ", "))
        field(
            "with", ticket.participants.map { "\($0.kind):\($0.id)" }.joined(separator: ", "))
        field("score", ticket.score.map { String($0) })
        if let callback = ticket.callback {
            field("call back", "by \(moments.text(callback.due)), \(callback.calls) missed")
        }
        for clock in ticket.sla {
            field(
                Self.promise(clock.target),
                [clock.state, clock.due.map(moments.text)].compactMap { $0 }
                    .joined(separator: " "))
        }
        if let told = ticket.promise {
            let times = told.revisions == 0 ? "" : ", revised \(told.revisions)×"
            field("told", "\(moments.text(told.until)), \(told.state)\(times)")
        }
        for related in ticket.related { self.related(related, ticket.number) }
    }

    private mutating func handover(_ handover: API.Handover) {
        let times = handover.count > 1 ? ", handed on \(handover.count) times" : ""
        field(
            "from team",
            "\(handover.from.rawValue), by \(handover.by.rawValue) \(moments.text(handover.at))\(times)"
        )
        field("brief", handover.brief)
    }

    /// What is promised, short enough for the column of names.
    private static func promise(_ target: String) -> String {
        switch target {
        case "first_response": "1st answer"
        case "response": "answer"
        case "resolution": "solution"
        default: target
        }
    }

    private mutating func related(
        _ related: API.Ticket.RelatedTicket, _ number: TicketNumber
    ) {
        var text = "#\(related.number.rawValue) (\(related.relation))"
        if let message = related.message {
            text += ": somebody who may not write here answered; "
            text += "hamdel ticket join \(number.rawValue) \(message.rawValue) lets them in"
        }
        field("related", text)
    }

    private mutating func message(_ message: API.Message, _ extent: Extent) {
        blank()
        line(title(of: message))
        if let call = message.call { line(Self.text(of: call), indent: 2) }
        if message.senderAuth == .failed {
            line(
                "! the sender's address failed its check: perhaps somebody else wrote this",
                indent: 2)
        }
        if message.mark != nil {
            line("! nobody vouches for the sender of this", indent: 2)
        }
        paragraph(extent == .written ? message.text : message.fullText, indent: 2)
        for attachment in message.attachments {
            line(
                "+ \(attachment.name ?? "(no name)"), \(attachment.contentType), "
                    + "\(attachment.size) bytes, attachment \(attachment.id.rawValue)", indent: 2)
        }
        if let delivery = message.delivery, delivery.detail != nil || delivery.report != nil {
            let words = [delivery.report, delivery.code, delivery.detail].compactMap { $0 }
            line("delivery: \(words.joined(separator: " · "))", indent: 2)
            if delivery.state == .failed {
                line("try again: hamdel outbox retry \(delivery.id.rawValue)", indent: 2)
            }
        }
    }

    private func title(of message: API.Message) -> String {
        let direction =
            switch message.direction {
            case .inbound: "◀"
            case .outbound: "▶"
            case .note: "✎"
            }
        var words = [
            moments.text(message.receivedAt), message.author.name ?? message.author.kind.rawValue,
        ]
        words.append(message.direction == .note ? "note" : message.channel.rawValue)
        if let auth = message.senderAuth { words.append(auth.rawValue) }
        if let delivery = message.delivery { words.append(delivery.state.rawValue) }
        return "\(direction) \(message.id.rawValue)  " + words.joined(separator: " · ")
    }

    private static func text(of call: Call) -> String {
        var text = "\(call.direction.rawValue) call, \(call.outcome.rawValue)"
        if call.durationSeconds > 0 {
            text += ", \(call.durationSeconds / 60) min \(call.durationSeconds % 60) s"
        }
        if let inner = call.extension { text += ", extension \(inner)" }
        return text
    }
}
