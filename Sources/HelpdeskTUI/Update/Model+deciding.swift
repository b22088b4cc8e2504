internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

extension Model {
    /// Changes of the tickets that the keys are about.
    mutating func decide(_ command: Command) -> [Effect] {
        let targets = self.targets
        guard let subject = targets.first else { return [] }
        switch command {
        case .take: return change(targets, .assign(AgentID(rawValue: "me")))
        case .reopen: return change(targets, .reopen)
        case .spam: return askSpam(targets)
        case .join: return askJoin()
        case .assign: overlay = .picker(Picker(.assign(targets), assignees))
        case .close: overlay = .picker(Picker(.closing(targets), Model.closingReasons))
        case .status: overlay = .picker(Picker(.status(targets), Model.statuses))
        case .priority: overlay = .picker(Picker(.priority(targets), Model.priorities))
        case .snooze: overlay = .picker(Picker(.snooze(targets), snoozes))
        case .transfer: return pickTeam(targets)
        default:
            let tags = targets.count == 1 ? ticket(subject)?.tags ?? [] : []
            notice = tags.isEmpty ? nil : .done("now: " + tags.joined(separator: " "))
            overlay = .prompt(Prompt(.tags(targets)))
        }
        return []
    }

    private var assignees: [Picker.Choice] {
        let present = agents.filter { !$0.disabled }
        let own = me?.agent.login
        let ordered = present.filter { $0.login == own } + present.filter { $0.login != own }
        return ordered.map { agent in
            let load = display.digits("\(agent.load)/\(agent.capacity)")
            return Picker.Choice(
                id: agent.login.rawValue, title: agent.name,
                detail: "\(agent.login.rawValue)  \(Wording.presence(agent))  \(load)")
        } + [Picker.Choice(id: "", title: "nobody", detail: "back to the queue")]
    }

    private static let closingReasons: [Picker.Choice] = [
        (.solved, "the customer is asked how it went"), (.noAnswer, "the customer fell silent"),
        (.duplicate, "handled in another ticket"), (.wrappedUp, "a call, summed up"),
        (.spam, "nobody is asked"),
    ].map { (reason: ClosingReason, detail: String) in
        Picker.Choice(id: reason.rawValue, title: Wording.reason(reason), detail: detail)
    }

    private static let statuses: [Picker.Choice] = [
        Picker.Choice(id: "open", title: "open", detail: "it is ours to do"),
        Picker.Choice(id: "pending", title: "pending", detail: "waits for the customer"),
        Picker.Choice(id: "closed", title: "closed", detail: "done; asks for a reason"),
    ]

    private static let priorities: [Picker.Choice] = TicketPriority.allCases.reversed().map {
        Picker.Choice(
            id: $0.rawValue, title: $0.rawValue,
            detail: Wording.mark($0).trimmed)
    }

    mutating func pickPresence() -> [Effect] {
        let choices = [
            Picker.Choice(id: "online", title: "online", detail: "work comes to you"),
            Picker.Choice(id: "away", title: "away", detail: "no chats for now"),
            Picker.Choice(id: "offline", title: "offline", detail: "off duty until changed"),
            Picker.Choice(id: "shift", title: "by shift", detail: "as the plan says"),
        ]
        overlay = .picker(Picker(.presence, choices))
        return []
    }

    mutating func pickTeam(_ targets: [TicketNumber]) -> [Effect] {
        let choices = teams.map {
            Picker.Choice(id: $0.name.rawValue, title: $0.name.rawValue, detail: "")
        }
        overlay = .picker(Picker(.transfer(targets), choices))
        return teams.isEmpty ? [.load(.teams)] : []
    }

    /// Customers' words leave the queue with it: asked for first, and taken back with the same key.
    private mutating func askSpam(_ targets: [TicketNumber]) -> [Effect] {
        let isSpam = targets.allSatisfy { ticket($0)?.spam == true }
        if isSpam { return change(targets, .notSpam) }
        let steps = targets.map { TicketStep(ticket: $0, change: .spam) }
        overlay = .confirm("Is \(name(targets)) spam?", steps, title: "marked as spam")
        return []
    }

    /// The writer of a linked ticket gets to read this one from then on: asked for first.
    private mutating func askJoin() -> [Effect] {
        guard let subject, let related = ticket(subject)?.related,
            let other = related.first(where: { $0.message != nil }), let message = other.message
        else {
            notice = .failed("no linked ticket asks to join this one")
            return []
        }
        let question =
            "Move the message of \(display.ticket(other.number)) here, and let its writer in?"
        overlay = .confirm(
            question, [TicketStep(ticket: subject, change: .join(message))], title: "joined")
        return []
    }

    func name(_ tickets: [TicketNumber]) -> String {
        tickets.count == 1
            ? display.ticket(tickets[0]) : "\(display.number(tickets.count)) tickets"
    }

    /// Does what was picked for tickets.
    mutating func choose(_ choice: Picker.Choice, for purpose: Picker.Purpose) -> [Effect] {
        overlay = nil
        switch purpose {
        case .assign(let targets):
            let agent = choice.id.isEmpty ? nil : AgentID(rawValue: choice.id)
            return change(targets, .assign(agent))
        case .closing(let targets):
            return change(targets, .close(ClosingReason(rawValue: choice.id) ?? .solved))
        case .status(let targets):
            switch choice.id {
            case "pending": return change(targets, .pending)
            case "closed":
                overlay = .picker(Picker(.closing(targets), Model.closingReasons))
                return []
            default: return change(targets, .reopen)
            }
        case .priority(let targets):
            return change(targets, .priority(TicketPriority(rawValue: choice.id) ?? .normal))
        case .transfer(let targets): return change(targets, .transfer(TeamID(rawValue: choice.id)))
        case .snooze(let targets):
            if choice.id.isEmpty {
                overlay = .prompt(Prompt(.snooze(targets)))
                return []
            }
            return snooze(targets, choice.id)
        case .presence: return [.setPresence(Presence(rawValue: choice.id))]
        case .view: return show(view: choice.id, words: nil)
        default: return chooseOther(choice, for: purpose)
        }
    }
}

extension String {
    var trimmed: String { String(prefix { $0 != " " }) }
}
