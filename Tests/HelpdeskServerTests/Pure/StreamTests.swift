import HelpdeskAPI
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import RandomKit
import TestKit
import Testing

@testable import HelpdeskServer

extension StreamFeed {
    /// Of somebody who heard no word of attention.
    fileprivate func next(after position: Position, for agent: AgentID) -> Delivery {
        next(after: StreamPlace(position: position, glance: 0), for: agent)
    }

    fileprivate func wait(beyond position: Position) async -> Wake {
        await wait(beyond: StreamPlace(position: position, glance: 0))
    }
}

@Suite struct StreamTests {
    private func item(
        _ position: Int64, team: TeamID? = nil, agent: AgentID? = nil,
        farewell: EventAudience.Farewell? = nil
    ) -> StreamItem {
        StreamItem(
            position: Position(rawValue: position), frame: Array("<\(position)>".utf8),
            audience: EventAudience(team: team, agent: agent, farewell: farewell),
            farewell: farewell.map { _ in Array("gone".utf8) })
    }

    private func place(_ position: Int64) -> Position { Position(rawValue: position) }

    private func frames(_ text: String, _ position: Int64) -> StreamFeed.Delivery {
        .frames(Array(text.utf8), StreamPlace(position: place(position), glance: 0))
    }

    @Test func anEventIsOneFrame() throws {
        let event = API.Event(
            position: Position(rawValue: 7), id: "evt_7", type: "ticket_tagged", schema: 1,
            at: Timestamp(ManualClock.start), actor: .init(kind: "system"),
            data: ["added": ["a\nb", "\u{202E}x"]])
        let text = String(decoding: StreamFrame.event(event), as: UTF8.self)
        #expect(text.hasPrefix("id: 7\nevent: event\ndata: {\"position\":7,"))
        #expect(text.hasSuffix("\n\n"))
        #expect(text.utf8.filter { $0 == 0x0A }.count == 4, "no value breaks out of its line")
        #expect(!text.contains("\u{202E}"))
    }

    @Test func aResyncNamesThePlaceToGoOnFrom() {
        let text = String(decoding: StreamFrame.resync(at: place(9)), as: UTF8.self)
        #expect(text == "id: 9\nevent: resync\ndata: {\"position\":9}\n\n")
    }

    @Test func everybodyGetsWhatComesAfterTheirPlace() {
        let feed = StreamFeed(from: place(3))
        feed.append([item(4), item(5)], teams: [:])
        #expect(feed.next(after: place(3), for: .nima) == frames("<4><5>", 5))
        #expect(feed.next(after: place(4), for: .nima) == frames("<5>", 5))
        #expect(feed.next(after: place(5), for: .nima) == .nothing)
        #expect(feed.next(after: place(2), for: .nima) == .behind(place(5)))
    }

    @Test func whoFallsBehindIsToldSo() {
        let feed = StreamFeed(from: .start, capacity: 4)
        for position in 1...10 { feed.append([item(Int64(position))], teams: [:]) }
        #expect(feed.next(after: place(5), for: .nima) == .behind(place(10)))
        #expect(feed.next(after: place(6), for: .nima) == frames("<7><8><9><10>", 10))
    }

    @Test func bytesAreBoundedToo() {
        let feed = StreamFeed(from: .start, capacity: 1_000, maximumBytes: 10)
        for position in 1...9 { feed.append([item(Int64(position))], teams: [:]) }
        #expect(feed.next(after: place(6), for: .nima) == frames("<7><8><9>", 9))
        #expect(feed.next(after: place(5), for: .nima) == .behind(place(9)))
    }

    @Test func ticketsOfPrivateTeamsAreSkippedForOthers() {
        let feed = StreamFeed(from: .start)
        feed.append(
            [item(1), item(2, team: .people), item(3)],
            teams: [.hami: [.people], .nima: [.support]])
        #expect(feed.next(after: .start, for: .nima) == frames("<1><3>", 3))
        #expect(feed.next(after: .start, for: .hami) == frames("<1><2><3>", 3))
        #expect(feed.next(after: place(1), for: .nima) == frames("<3>", 3))
    }

    @Test func aTicketThatGoesIntoAPrivateTeamLeavesWithOneEvent() {
        let feed = StreamFeed(from: .start)
        feed.append([item(1, team: .people, farewell: .toAll)], teams: [.hami: [.people]])
        #expect(feed.next(after: .start, for: .nima) == frames("gone", 1))
        #expect(feed.next(after: .start, for: .hami) == frames("<1>", 1))
    }

    @Test func whoNeverSawATicketDoesNotHearThatItWent() {
        let item = item(1, team: .people, farewell: .toTeam(.secondLine))
        #expect(item.frame(for: .nima, in: [.support]) == nil)
        #expect(item.frame(for: .nima, in: [.secondLine]) == Array("gone".utf8))
        #expect(item.frame(for: .nima, in: [.people]) == Array("<1>".utf8))
    }

    @Test func whatOneAgentIsToldNobodyElseGets() {
        let feed = StreamFeed(from: .start)
        feed.append([item(1), item(2, agent: .nima), item(3)], teams: [:])
        #expect(feed.next(after: .start, for: .nima) == frames("<1><2><3>", 3))
        #expect(feed.next(after: .start, for: .hami) == frames("<1><3>", 3))
    }

    @Test func whoWaitsIsWokenByNewsByTheBeatAndByTheEnd() async {
        let feed = StreamFeed(from: .start)
        async let news = feed.wait(beyond: .start)
        feed.append([item(1)], teams: [:])
        #expect(await news == .news)
        #expect(await feed.wait(beyond: .start) == .news, "it is there already")
        feed.finish()
        #expect(await feed.wait(beyond: place(1)) == .finished)
        #expect(feed.next(after: .start, for: .nima) == .finished)
    }

    @Test func aCancelledWaitEnds() async {
        let feed = StreamFeed(from: .start)
        let task = Task { await feed.wait(beyond: .start) }
        task.cancel()
        _ = await task.value
    }

    /// Whatever comes when: in order, nothing twice, and nothing left out without a word.
    @Test func noGapIsSilent() {
        var random = SeededRandom(seed: 4_711)
        for round in 0..<300 {
            let feed = StreamFeed(from: .start, capacity: Int.random(in: 1...9, using: &random))
            var newest: Int64 = 0
            var place = Position.start
            var seen: [Int64] = []
            for _ in 0..<60 {
                if random.happens(oneIn: 2) {
                    let count = Int64.random(in: 1...4, using: &random)
                    feed.append((newest + 1...newest + count).map { item($0) }, teams: [:])
                    newest += count
                } else {
                    switch feed.next(after: place, for: .nima) {
                    case .frames(let bytes, let reached):
                        let text = String(decoding: bytes, as: UTF8.self)
                        seen += text.split(separator: "<").compactMap { Int64($0.dropLast()) }
                        place = reached.position
                    case .behind(let position):
                        place = position
                        seen.append(-position.rawValue)
                    case .nothing: #expect(place.rawValue == newest)
                    case .finished: Issue.record("nobody finished it")
                    }
                }
            }
            var last: Int64 = 0
            for position in seen {
                if position > 0 { #expect(position == last + 1, "round \(round)") }
                last = abs(position)
            }
        }
    }
}
