import HelpdeskAPI
import HelpdeskCore
import TestKit
import Testing

@testable import HelpdeskServer

@Suite struct AttentionTests {
    private let book = AttentionBook()
    private let start = ManualClock.start
    private let ticket = TicketNumber(rawValue: 7)

    private func words(_ change: AttentionBook.Change?) -> [String]? {
        change.map { $0.attention.agents.map { "\($0.agent.rawValue) \($0.state.rawValue)" } }
    }

    @Test func whatChangesIsToldOnce() {
        #expect(
            words(book.say(.viewing, .nima, of: ticket, in: nil, at: start)) == ["nima viewing"])
        #expect(book.say(.viewing, .nima, of: ticket, in: nil, at: start + .seconds(5)) == nil)
        #expect(
            words(book.say(.writing, .leila, of: ticket, in: nil, at: start + .seconds(6)))
                == ["leila writing", "nima viewing"])
        #expect(
            words(book.say(nil, .nima, of: ticket, in: nil, at: start + .seconds(7)))
                == ["leila writing"])
        #expect(book.say(nil, .nima, of: ticket, in: nil, at: start + .seconds(8)) == nil)
    }

    @Test func sinceIsWhenItBeganAndNotWhenItWasSaidAgain() {
        _ = book.say(.viewing, .nima, of: ticket, in: nil, at: start)
        _ = book.say(.viewing, .nima, of: ticket, in: nil, at: start + .seconds(9))
        let agents = book.attention(of: ticket, at: start + .seconds(10)).agents
        #expect(agents.map(\.since) == [Timestamp(start)])
    }

    @Test func whatIsNotSaidAgainIsForgotten() {
        _ = book.say(.viewing, .nima, of: ticket, in: .people, at: start)
        let last = start + AttentionBook.lifetime
        #expect(book.sweep(at: last - TimeSpan(milliseconds: 1)).isEmpty)
        let swept = book.sweep(at: last)
        #expect(swept.map(\.attention) == [API.Attention(ticket: ticket, agents: [])])
        #expect(swept.map(\.team) == [.people], "outsiders do not hear of its end either")
        #expect(book.sweep(at: last).isEmpty && book.all().isEmpty)
    }

    @Test func oneAgentHasSoManyInFrontOfThem() {
        for number in 1...Int64(AttentionBook.perAgent + 1) {
            _ = book.say(
                .viewing, .nima, of: TicketNumber(rawValue: number), in: nil,
                at: start + TimeSpan(milliseconds: number))
        }
        #expect(book.all().count == AttentionBook.perAgent)
        #expect(
            book.attention(of: TicketNumber(rawValue: 1), at: start + .seconds(1)).agents.isEmpty)
    }

    @Test func itStandsBesideTheStreamAndMovesNobodysPlace() {
        let feed = StreamFeed(from: Position(rawValue: 5))
        feed.subscribe(.nima)
        let place = StreamPlace(position: Position(rawValue: 5), glance: 0)
        let seen = AttentionBook.Change(
            attention: API.Attention(ticket: ticket, agents: []), team: nil)
        feed.tell(seen, teams: nil)
        let frame = StreamFrame.attention(seen.attention)
        #expect(!String(decoding: frame, as: UTF8.self).contains("id:"))
        let next = StreamPlace(position: Position(rawValue: 5), glance: 1)
        #expect(feed.next(after: place, for: .nima) == .frames(frame, next))
        #expect(feed.next(after: next, for: .nima) == .nothing)
        let hidden = AttentionBook.Change(attention: seen.attention, team: .people)
        feed.tell(hidden, teams: [.hami: [.people]])
        let last = StreamPlace(position: Position(rawValue: 5), glance: 2)
        #expect(feed.next(after: next, for: .nima) == .frames([], last))
        #expect(feed.next(after: next, for: .hami) == .frames(frame, last))
    }

    @Test func wordsOfAttentionAreBounded() {
        let feed = StreamFeed(from: .start)
        feed.subscribe(.nima)
        for number in 1...5_000 {
            feed.tell(
                AttentionBook.Change(
                    attention: API.Attention(
                        ticket: TicketNumber(rawValue: Int64(number)), agents: []), team: nil),
                teams: nil)
        }
        guard
            case .frames(let bytes, _) = feed.next(
                after: StreamPlace(position: .start, glance: 0), for: .nima)
        else {
            Issue.record("nothing was told")
            return
        }
        let frames = bytes.split(separator: UInt8(ascii: "\n")).count / 2
        #expect(frames <= StreamFeed.glances && frames > StreamFeed.glances / 2)
    }
}
