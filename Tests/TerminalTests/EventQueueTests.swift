import Synchronization
import Testing

@testable import Terminal

@Suite struct EventQueueTests {
    private final class Counter: Sendable {
        let count = Atomic<Int>(0)
    }

    @Test("A queue says when it is full, and calls once when room appears again")
    func bounds() async {
        let calls = Counter()
        let queue = EventQueue { calls.count.add(1, ordering: .relaxed) }
        for _ in 0..<EventQueue.limit { queue.offer(.resumed) }
        #expect(!queue.hasRoom)
        #expect(calls.count.load(ordering: .relaxed) == 0)
        #expect(await queue.next() == .resumed)
        #expect(calls.count.load(ordering: .relaxed) == 1)
        #expect(queue.hasRoom)
        #expect(await queue.next() == .resumed)
        #expect(calls.count.load(ordering: .relaxed) == 1)
    }

    @Test("Of several sizes that wait, only the last is told; everything else in order")
    func coalescing() async {
        let queue = EventQueue {}
        queue.offer(.resized(Size(columns: 1, rows: 1)))
        queue.offer(.resized(Size(columns: 2, rows: 2)))
        queue.offer(.resumed)
        queue.offer(.resized(Size(columns: 3, rows: 3)))
        queue.finish()
        queue.offer(.resumed)
        var events: [TerminalEvent] = []
        while let event = await queue.next() { events.append(event) }
        #expect(
            events == [
                .resized(Size(columns: 2, rows: 2)), .resumed, .resized(Size(columns: 3, rows: 3)),
            ])
    }
}
