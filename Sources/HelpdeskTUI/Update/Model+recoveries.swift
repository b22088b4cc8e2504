internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

/// Customers who gave a low score, and are to be won back.
extension Model {
    mutating func pressRecoveries(
        _ key: KeyPress, _ recoveries: [API.Recovery]?, _ index: Int
    ) -> [Effect] {
        let items = recoveries ?? []
        let chosen = items.indices.contains(index) ? items[index] : nil
        switch commandForRecoveries(key) {
        case .back, .quit: overlay = nil
        case .down: moveRecovery(to: index + 1)
        case .up: moveRecovery(to: index - 1)
        case .top: moveRecovery(to: 0)
        case .bottom: moveRecovery(to: items.count - 1)
        case .open:
            guard let chosen else { return [] }
            // Some questions are about no ticket: then there is none to open.
            guard let ticket = chosen.ticket else {
                notice = .failed("this customer was asked about no ticket in particular")
                return []
            }
            overlay = nil
            focus = .thread
            return open(ticket)
        case .take, .assign: return chosen.map { [.changeRecovery($0.id, .take)] } ?? []
        case .close: if let chosen { overlay = .prompt(Prompt(.outcome(chosen.id))) }
        case .redraw: return [.redraw]
        default: break
        }
        return []
    }

    /// Moves as on a page; opens, takes and closes as in the queue.
    private mutating func commandForRecoveries(_ key: KeyPress) -> Command? {
        let isFirst = pendingKey == nil
        if case .command(let command) = look(up: key, in: [.page]) { return command }
        guard isFirst, pendingKey == nil,
            case .command(let command) = settings.keys.find([key.asCommand], in: .queue)
        else { return nil }
        return [.open, .take, .assign, .close].contains(command) ? command : nil
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
