import ChannelKit
import Glibc
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import RandomKit
import TestKit
import Testing

/// Random merges, splits, undos and mails in between, held against a model: each message has a home, and is shown in the
/// ticket that its home was merged into.
@Suite("Merges and splits in any order")
struct TicketMergePropertyTests {
    private static let runs = getenv("HAMDEL_FULL") == nil ? 6 : 120

    @Test("lose no message, and undone bring each back to where it came from")
    func anyOrder() async throws {
        let seed = SeededRandom.freshSeed()
        var random = SeededRandom(seed: seed)
        var model = Model()
        var steps = 0
        for run in 0..<Self.runs {
            model = Model()
            let desk = try await TestDesk(.oneAgent)
            var mails = 0
            for _ in 0..<4 { try await mail(desk, &model, &mails, to: nil) }
            for _ in 0..<24 {
                switch random.next() % 6 {
                case 0, 1: try await merge(desk, &model, &random)
                case 2: try await split(desk, &model, &random)
                case 3: try await undo(desk, &model, &random)
                default:
                    try await mail(
                        desk, &model, &mails, to: random.pick(model.tickets))
                }
                steps += 1
                try check(desk, model, "seed \(seed), run \(run)")
            }
            // Everything back, in any order.
            for _ in 0..<200 where !model.operations.isEmpty {
                try await undo(desk, &model, &random)
            }
            #expect(model.operations.isEmpty, "seed \(seed), run \(run)")
            for (message, origin) in model.origins {
                #expect(model.homes[message] == origin, "seed \(seed), run \(run)")
            }
            try check(desk, model, "seed \(seed), run \(run), undone")
            try desk.verify()
        }
        print("merges and splits: \(Self.runs) runs, \(steps) steps, seed \(seed)")
    }

    struct Model {
        struct Operation: Equatable {
            enum Kind { case merge, split }
            let kind: Kind
            let source: TicketNumber
            let target: TicketNumber
            var moves: [MessageID: TicketNumber] = [:]
        }

        var tickets: [TicketNumber] = []
        var parents: [TicketNumber: TicketNumber] = [:]
        var homes: [MessageID: TicketNumber] = [:]
        /// Where each was sent.
        var origins: [MessageID: TicketNumber] = [:]
        /// The external id of a ticket's first mail: what an answer refers to.
        var names: [TicketNumber: String] = [:]
        var first: [TicketNumber: MessageID] = [:]
        var operations: [Operation] = []

        func shown(_ ticket: TicketNumber) -> TicketNumber {
            var shown = ticket
            while let next = parents[shown] { shown = next }
            return shown
        }

        func messages(in ticket: TicketNumber) -> [MessageID] {
            homes.keys.filter { shown(homes[$0] ?? ticket) == ticket }.sorted()
        }

        func last(on ticket: TicketNumber) -> Int? {
            operations.lastIndex { $0.source == ticket || $0.target == ticket }
        }
    }

    /// A mail into a ticket by reference to its first mail, or a new one.
    private func mail(
        _ desk: TestDesk, _ model: inout Model, _ mails: inout Int, to ticket: TicketNumber?
    ) async throws {
        mails += 1
        let id = "mail\(mails)@e"
        var references: [String] = []
        var home: TicketNumber?
        if let ticket, let name = model.names[ticket], let first = model.first[ticket] {
            references = [name]
            home = model.homes[first]
        }
        let got = try await desk.ticket(
            .mail(from: "sara@example.ir", id: id, references: references))
        guard let home, let shown = Optional(model.shown(home)) else {
            model.tickets.append(got.ticket)
            model.names[got.ticket] = id
            model.first[got.ticket] = got.message
            model.homes[got.message] = got.ticket
            model.origins[got.message] = got.ticket
            return
        }
        #expect(got.ticket == shown)
        model.homes[got.message] = home
        model.origins[got.message] = home
    }

    private func merge(
        _ desk: TestDesk, _ model: inout Model, _ random: inout SeededRandom
    ) async throws {
        guard let one = random.pick(model.tickets), let other = random.pick(model.tickets) else {
            return
        }
        let isAllowed =
            one != other && model.parents[one] == nil && model.parents[other] == nil
        do {
            try await TicketMergeTests.merge(one, into: other, desk)
            #expect(isAllowed)
        } catch {
            #expect(!isAllowed, "\(error)")
            return
        }
        model.parents[one] = other
        model.operations.append(Model.Operation(kind: .merge, source: one, target: other))
    }

    private func split(
        _ desk: TestDesk, _ model: inout Model, _ random: inout SeededRandom
    ) async throws {
        guard let ticket = random.pick(model.tickets), model.parents[ticket] == nil else { return }
        let messages = model.messages(in: ticket)
        guard messages.count > 1, let from = random.pick(Array(messages.dropFirst())) else {
            return
        }
        let number = try await TicketMergeTests.split(ticket, from: from, desk)
        var operation = Model.Operation(kind: .split, source: ticket, target: number)
        for message in messages where message >= from {
            operation.moves[message] = model.homes[message]
            model.homes[message] = number
        }
        model.tickets.append(number)
        model.operations.append(operation)
    }

    private func undo(
        _ desk: TestDesk, _ model: inout Model, _ random: inout SeededRandom
    ) async throws {
        guard let ticket = random.pick(model.tickets) else { return }
        let index = model.last(on: ticket)
        let operation = index.map { model.operations[$0] }
        var isAllowed = index != nil
        if let operation, operation.kind == .split {
            let isWhole = operation.moves.keys.allSatisfy {
                model.homes[$0] == operation.target
            }
            isAllowed = isWhole && model.last(on: operation.target) == index
        }
        do {
            try await TicketMergeTests.undo(ticket, desk)
            #expect(isAllowed)
        } catch {
            #expect(!isAllowed, "\(error)")
            return
        }
        guard let index, let operation else { return }
        model.operations.remove(at: index)
        switch operation.kind {
        case .merge: model.parents[operation.source] = nil
        case .split:
            for (message, home) in operation.moves { model.homes[message] = home }
        }
    }

    private func check(_ desk: TestDesk, _ model: Model, _ place: String) throws {
        for ticket in model.tickets {
            let expected = model.messages(in: ticket).map(\.rawValue)
            #expect(try TicketMergeTests.messages(ticket, desk) == expected, "\(place)")
            let row = try desk.row(ticket)
            #expect(row.ticket.mergedInto == model.parents[ticket], "\(place)")
            if row.ticket.mergedInto != nil {
                #expect(row.ticket.status == .closed, "\(place)")
                #expect(row.ticket.closingReason == .duplicate, "\(place)")
            }
        }
    }
}
