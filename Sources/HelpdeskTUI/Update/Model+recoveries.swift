internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

/// Customers who gave a low score, and are to be won back.
extension Model {
    mutating func pressRecoveries(
        _ key: KeyPress, _ recoveries: [API.Recovery]?, _ index: Int
    ) -> [Effect] {
        let command = key.asCommand
        let items = recoveries ?? []
        let chosen = items.indices.contains(index) ? items[index] : nil
        switch (command.code, command.modifiers) {
        case (.escape, _), (.character("q"), []), (.left, _), (.character("c"), .control):
            overlay = nil
        case (.character("j"), []), (.down, _): moveRecovery(to: index + 1)
        case (.character("k"), []), (.up, _): moveRecovery(to: index - 1)
        case (.character("g"), []), (.home, _): moveRecovery(to: 0)
        case (.character("G"), []), (.end, _): moveRecovery(to: items.count - 1)
        case (.enter, _), (.right, _):
            guard let chosen else { return [] }
            // Some questions are about no ticket: then there is none to open.
            guard let ticket = chosen.ticket else {
                notice = .failed("this customer was asked about no ticket in particular")
                return []
            }
            overlay = nil
            focus = .thread
            return open(ticket)
        case (.character("A"), _), (.character("a"), []):
            return chosen.map { [.changeRecovery($0.id, .take)] } ?? []
        case (.character("x"), []):
            if let chosen { overlay = .prompt(Prompt(.outcome(chosen.id))) }
        case (.character("l"), .control): return [.redraw]
        default: break
        }
        return []
    }

    private mutating func moveRecovery(to index: Int) {
        guard case .recoveries(let items, _) = overlay else { return }
        overlay = .recoveries(items, index: max(min(index, (items?.count ?? 0) - 1), 0))
    }

    mutating func changed(_ recovery: API.Recovery, _ change: RecoveryChange) -> [Effect] {
        switch change {
        case .take:
            notice = .done("\(recovery.customer.name ?? "the customer") is yours to win back")
        case .finish: notice = .done("the recovery is done")
        }
        guard let ticket = recovery.ticket, ticket == opened else { return [.load(.recoveries)] }
        return [.load(.recoveries), .load(.thread(ticket))]
    }

    mutating func take(_ recoveries: [API.Recovery]) -> [Effect] {
        if case .recoveries(_, let index) = overlay {
            overlay = .recoveries(
                recoveries, index: max(min(index, recoveries.count - 1), 0))
        }
        return []
    }
}
