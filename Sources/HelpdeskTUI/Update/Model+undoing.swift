internal import HelpdeskAPI
internal import HelpdeskCore

extension Model {
    /// Changes tickets, and remembers how to take that back.
    mutating func change(_ targets: [TicketNumber], _ change: TicketChange) -> [Effect] {
        let steps = targets.map { TicketStep(ticket: $0, change: change) }
        return carryOut(steps, title: Wording.done(change), .new)
    }

    mutating func carryOut(
        _ steps: [TicketStep], title: String, _ way: UndoShelf.Way
    ) -> [Effect] {
        let back = steps.reversed().flatMap { step in
            (ticket(step.ticket).map { step.change.inverse(before: $0) } ?? [])
                .map { TicketStep(ticket: step.ticket, change: $0) }
        }
        if !back.isEmpty { undoing.record(Undoable(title: title, back: back), way) }
        if steps.count > 1 {
            bulk = Bulk(title: title, total: steps.count)
            queue.unmark()
        }
        return steps.map { .change($0.ticket, $0.change, version: nil) }
    }

    /// Takes back a reply that is still held; else the last change.
    mutating func undo() -> [Effect] {
        if let effects = takeBack() { return effects }
        guard let last = undoing.takeUndo() else {
            notice = .failed("nothing to take back")
            return []
        }
        return carryOut(last.back, title: "taken back: \(last.title)", .undoing)
    }

    mutating func redo() -> [Effect] {
        guard let last = undoing.takeRedo() else {
            notice = .failed("nothing to do again")
            return []
        }
        return carryOut(last.back, title: "done again", .redoing)
    }

    enum Answer { case done, failed(String) }

    /// Counts an answer to one of many changes; says how it stands. Whether there were many.
    @discardableResult
    mutating func countBulk(_ answer: Answer) -> Bool {
        guard var bulk else { return false }
        switch answer {
        case .done: bulk.done += 1
        case .failed(let text): bulk.failures.append(text)
        }
        self.bulk = bulk.isOver ? nil : bulk
        let count = display.digits("\(bulk.done) of \(bulk.total)")
        if let failure = bulk.failures.first {
            notice = .failed("\(count) \(bulk.title); \(failure)")
        } else {
            notice = .done("\(count) \(bulk.title)")
        }
        return true
    }
}
