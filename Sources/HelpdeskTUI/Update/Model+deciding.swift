internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

extension Model {
    /// Changes of the ticket that the keys are about.
    mutating func decide(_ command: Command) -> [Effect] {
        guard let subject else { return [] }
        switch command {
        case .take: return change(subject, .assign(AgentID(rawValue: "me")))
        case .reopen: return change(subject, .reopen)
        case .assign: overlay = .picker(Picker(.assign(subject), assignees))
        case .close: overlay = .picker(Picker(.closing(subject), Model.closingReasons))
        case .status: overlay = .picker(Picker(.status(subject), Model.statuses))
        default:
            let tags = ticket(subject)?.tags ?? []
            notice = tags.isEmpty ? nil : .done("now: " + tags.joined(separator: " "))
            overlay = .prompt(Prompt(.tags(subject)))
        }
        return []
    }

    func change(_ number: TicketNumber, _ change: TicketChange) -> [Effect] {
        [.change(number, change, version: nil)]
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

    /// Does what was picked.
    mutating func choose(_ choice: Picker.Choice, for purpose: Picker.Purpose) -> [Effect] {
        overlay = nil
        switch purpose {
        case .assign(let number):
            let agent = choice.id.isEmpty ? nil : AgentID(rawValue: choice.id)
            return change(number, .assign(agent))
        case .closing(let number):
            return change(number, .close(ClosingReason(rawValue: choice.id) ?? .solved))
        case .status(let number):
            switch choice.id {
            case "pending": return change(number, .pending)
            case "closed":
                overlay = .picker(Picker(.closing(number), Model.closingReasons))
                return []
            default: return change(number, .reopen)
            }
        case .presence: return [.setPresence(Presence(rawValue: choice.id))]
        case .view: return show(view: choice.id, words: nil)
        }
    }

    /// Does what was typed after `:`.
    mutating func obey(_ line: String) -> [Effect] {
        let typed: TypedCommand
        do throws(TypedCommand.Fault) {
            typed = try TypedCommand.parse(line)
        } catch {
            notice = .failed(error.text)
            return []
        }
        switch typed {
        case .run(let command): return run(command)
        case .open(let number):
            focus = .thread
            return open(number)
        case .change(let wanted):
            guard let subject else { return [] }
            return change(subject, wanted)
        case .view(let name): return show(view: name, words: nil)
        case .search(let words): return show(view: queue.view, words: words.isEmpty ? nil : words)
        case .presence(let presence): return [.setPresence(presence)]
        case .send(let then):
            composer?.then = then
            return send()
        case .discard:
            composer = nil
            return []
        case .quitAnyway: return [.quit]
        case .join: return join()
        }
    }

    /// Moves the message of the ticket that claims to belong here.
    private mutating func join() -> [Effect] {
        guard let subject, let related = ticket(subject)?.related,
            let message = related.lazy.compactMap(\.message).first
        else {
            notice = .failed("no linked ticket asks to join this one")
            return []
        }
        return change(subject, .join(message))
    }
}
