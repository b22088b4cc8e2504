internal import HelpdeskCore
internal import HelpdeskStore

/// What a notice is about: a ticket, or a customer who is in none that the agent may see.
enum NoticeSubject {
    case ticket(TicketRow)
    /// With the inbox that they are known from.
    case customer(CustomerID, InboxID?)

    var ticket: TicketRow? {
        if case .ticket(let row) = self { row } else { nil }
    }

    var customer: CustomerID {
        switch self {
        case .ticket(let row): row.ticket.customer
        case .customer(let customer, _): customer
        }
    }

    var inbox: InboxID? {
        switch self {
        case .ticket(let row): row.ticket.inbox
        case .customer(_, let inbox): inbox
        }
    }

    /// As the mails name it.
    var name: NoticeText.Subject {
        switch self {
        case .ticket(let row): .ticket(row.ticket.number)
        case .customer(let customer, _): .customer(customer)
        }
    }

    /// Whether anybody is told of it at all: never of spam, bulk and what an archive says.
    var isTold: Bool {
        guard let ticket = ticket?.ticket else { return true }
        return ticket.ticketClass == .regular && ticket.origin != .history
    }
}
