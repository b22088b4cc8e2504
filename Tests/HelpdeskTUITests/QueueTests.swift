import HelpdeskAPI
import HelpdeskCore
import Terminal
import Testing

@testable import HelpdeskTUI

@Suite struct QueueTests {
    private let desk = Desk(words: .english)

    private func page(_ indices: [Int], next: String? = nil) -> API.Page<API.Ticket> {
        API.Page(indices.map { desk.ticket($0) }, nextCursor: next)
    }

    private func queue(_ indices: [Int], selected: Int) -> Queue {
        var queue = Queue()
        queue.replace(with: page(indices))
        queue.move(to: selected, height: 3)
        return queue
    }

    @Test("the cursor stays on its ticket and its row when others come and go")
    func cursorStays() {
        var queue = queue([3, 4, 5, 6, 7], selected: 3)
        let row = 3 - queue.top
        queue.replace(with: page([0, 1, 2, 3, 5, 6, 7]))
        #expect(queue.selected == desk.ticket(6).number)
        #expect(queue.selectedIndex.map { $0 - queue.top } == row)
    }

    @Test("tickets that come above are counted until the top is seen")
    func newOnes() {
        var queue = queue([3, 4, 5], selected: 0)
        queue.replace(with: page([1, 2, 3, 4, 5]))
        #expect(queue.newAbove == 2)
        queue.replace(with: page([0, 1, 2, 3, 4, 5]))
        #expect(queue.newAbove == 3)
        queue.move(to: 0, height: 3)
        #expect(queue.newAbove == 0)
    }

    @Test("a ticket that left the view stays until the cursor moves on")
    func ghost() {
        var queue = queue([3, 4, 5], selected: 1)
        queue.replace(with: page([3, 5]))
        #expect(queue.tickets.map(\.number) == [3, 4, 5].map { desk.ticket($0).number })
        #expect(queue.ghost == desk.ticket(4).number)
        queue.move(to: 2, height: 3)
        #expect(queue.tickets.map(\.number) == [3, 5].map { desk.ticket($0).number })
        #expect(queue.selected == desk.ticket(5).number)
        #expect(queue.ghost == nil)
    }

    @Test("the next page adds what is not there yet")
    func append() {
        var queue = queue([0, 1], selected: 0)
        queue.append(page([1, 2, 3], next: "c"))
        #expect(queue.tickets.count == 4)
        #expect(queue.nextCursor == "c")
        #expect(queue.wantsMore)
    }

    @Test("an answer for another view is not shown")
    func staleAnswer() {
        let model = desk.model(.init(columns: 80, rows: 24), display: DisplaySettings())
        let other = model.typing("2")
        let late = other.after(.loaded(.queue(QueueRequest(view: "mine"), page([0, 1]))))
        #expect(late.queue.view == "unassigned")
        #expect(late.queue.tickets.isEmpty)
    }
}
