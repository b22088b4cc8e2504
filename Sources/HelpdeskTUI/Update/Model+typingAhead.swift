internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

extension Model {
    /// Puts off what needs a thread until it is here. Without a connection it is said at once instead: nobody should type
    /// into something that may take an hour.
    mutating func awaitThread(_ ticket: TicketNumber, _ intent: TypeAhead.Intent) -> [Effect] {
        if case .offline = connection {
            notice = .failed("the thread is not here yet")
            return []
        }
        typeAhead = TypeAhead(ticket, intent)
        notice = .done("the thread is on its way; Esc lets it be")
        return open(ticket)
    }

    /// Whether a key was kept for later.
    mutating func keepAhead(_ input: TypeAhead.Input) -> Bool {
        guard typeAhead != nil else { return false }
        if case .key(let key) = input, isGivingUp(key) {
            typeAhead = nil
            notice = nil
        } else {
            typeAhead?.append(input)
        }
        return true
    }

    private func isGivingUp(_ key: KeyPress) -> Bool {
        let command = key.asCommand
        return command.code == .escape || command == KeyPress(.character("c"), .control)
    }

    /// Does what waited for this thread, and then what was typed meanwhile.
    mutating func takeUp(_ number: TicketNumber) -> [Effect] {
        guard let waiting = typeAhead, waiting.ticket == number else { return [] }
        typeAhead = nil
        notice = nil
        var effects: [Effect] =
            switch waiting.intent {
            case .command(let command): run(command)
            case .draft(let key): resume(key)
            }
        for input in waiting.inputs {
            switch input {
            case .key(let key): effects += press(key)
            case .paste(let text): effects += paste(text)
            }
        }
        return effects
    }
}
