import Foundation
import HelpdeskCore
import RandomKit
import Testing

@testable import HelpdeskStore

/// Merged customers are one person to every read, and apart again as if nothing had been, whatever the order.
@Suite struct CustomerTreeTests {
    private static let seed: UInt64 = {
        let text = ProcessInfo.processInfo.environment["HAMDEL_SEED"]
        return text.flatMap(UInt64.init) ?? UInt64.random(in: 1...UInt64.max)
    }()

    private static let runs =
        ProcessInfo.processInfo.environment["HAMDEL_FULL"] == nil ? 400 : 5_000

    /// Merge, new messages on both sides, unmerge, in random orders over up to six customers: both come back exactly, plus
    /// the new messages on the right side.
    @Test func mergingAndUnmergingInAnyOrderLosesNothing() throws {
        print("seed \(Self.seed)")
        var random = SeededRandom(seed: Self.seed)
        let desk = try TestDesk()
        var steps = 0
        for run in 0..<Self.runs {
            let start = People(random: random)
            let (people, failure) = try desk.write { transaction -> (People, String?) in
                var people = start
                do {
                    try people.play(transaction)
                    return (people, nil)
                } catch let found as People.Difference {
                    return (people, found.text)
                }
            }
            random = people.random
            steps += people.steps
            #expect(failure == nil, "seed \(Self.seed), run \(run)")
            if failure != nil { return }
        }
        let report = try desk.store.verify()
        #expect(report.differences == [])
        print(
            "merge and unmerge: \(Self.runs) runs, \(steps) steps, \(report.events) events replayed, seed \(Self.seed)"
        )
    }

    @Test(arguments: [
        (1, 1, "customer 1 cannot be merged into themselves"),
        (1, 2, "customers 1 and 2 are merged already"),
        (2, 1, "customers 2 and 1 are merged already"),
        (3, 1, "customers 3 and 1 are merged already"),
        (1, 4, "customer 1 is merged into 2 already; unmerge them first, or merge 2"),
    ])
    func doubleMergesAndCyclesAreRefusedWithASentence(
        _ one: Int64, _ other: Int64, _ text: String
    ) throws {
        let desk = try TestDesk()
        try desk.write {
            for _ in 0..<4 { _ = try $0.makeCustomer("Somebody") }
            try $0.merge(1, 2)
            try $0.merge(2, 3)
        }
        let places = try desk.read { reader throws(StoreError) in
            (
                try reader.mergePlace(of: CustomerID(rawValue: one)),
                try reader.mergePlace(of: CustomerID(rawValue: other))
            )
        }
        let (from, into) = (try #require(places.0), try #require(places.1))
        do {
            try CustomerMerge.check(from, into: into)
            Issue.record("not refused")
        } catch {
            #expect(error.text == text)
        }
    }

    @Test func everyReadLooksAtTheWholeTree() throws {
        let desk = try FullDesk().desk
        let (one, other) = (FullDesk.open, FullDesk.both)
        try desk.write { try $0.merge(one.rawValue, other.rawValue) }
        let read = try desk.read { reader throws(StoreError) in
            (
                cards: [
                    try reader.customer(one, viewer: .lea),
                    try reader.customer(other, viewer: .lea),
                ],
                tickets: try reader.tickets(
                    TicketFilter(statuses: Set(TicketStatus.allCases), customer: one),
                    viewer: .lea
                ).rows,
                found: try reader.customers(matching: "sara", viewer: .lea).rows,
                timeline: try reader.timeline(of: one, viewer: .lea)?.rows.count,
                sums: (
                    try reader.service(of: one).lastServed,
                    try reader.service(of: other).lastServed
                ),
                low: try reader.scoredLow(by: one, atMost: 4, since: .distantPast)
            )
        }
        #expect(read.cards[0] == read.cards[1])
        let card = try #require(read.cards[0])
        #expect(card.customer.id == other)
        #expect(card.customer.name == "Mina Rad")
        #expect(card.identities.map(\.address.value) == ["+989121234567", "sara@example.ir"])
        #expect(card.merged.map(\.customer) == [one])
        #expect(card.scores.count == 3)
        #expect(read.tickets.map(\.row.ticket.number.rawValue) == [4, 3, 1])
        #expect(Set(read.tickets.map(\.customer.id)) == [other])
        #expect(read.found.map(\.customer.id) == [other])
        #expect(read.sums.0 == read.sums.1)
        #expect(read.low == ["sara", "hami"].reduce(into: []) { $0.insert(AgentID(rawValue: $1)) })
        // A page of the one timeline is the pages of both, in order.
        let apart = try desk.read { reader throws(StoreError) in
            try reader.connection.first(
                "SELECT COUNT(*) FROM messages WHERE customer IN ($1, $2)", [one, other]
            ) { row throws(StoreError) in try row.integer(0) }
        }
        #expect((read.timeline ?? 0) > Int(apart ?? 0))
        #expect(try desk.store.verify().isIntact)
    }

    @Test func whomTheViewerMayNotKnowIsNotOnTheCard() throws {
        let desk = try FullDesk().desk
        try desk.write { try $0.merge(FullDesk.hidden.rawValue, FullDesk.open.rawValue) }
        let cards = try desk.read { reader throws(StoreError) in
            (
                open: try reader.customer(FullDesk.open, viewer: .sara),
                hidden: try reader.customer(FullDesk.hidden, viewer: .sara),
                both: try reader.customer(FullDesk.open, viewer: .lea)
            )
        }
        #expect(cards.open?.identities.map(\.address.value) == ["sara@example.ir"])
        #expect(cards.open?.merged == [])
        #expect(cards.hidden == nil)
        #expect(cards.both?.identities.count == 2)
    }
}

extension StoreTransaction {
    func merge(_ one: Int64, _ other: Int64) throws {
        let customer = CustomerID(rawValue: one)
        try add(
            .customer(
                .merged(
                    CustomerMerged(
                        customer: customer, into: CustomerID(rawValue: other), evidence: nil,
                        reason: nil))), nil, customer, by: .agent(.sara))
    }

    func unmerge(_ one: Int64, from other: Int64) throws {
        let customer = CustomerID(rawValue: one)
        try add(
            .customer(
                .unmerged(
                    CustomerUnmerged(
                        customer: customer, from: CustomerID(rawValue: other), reason: nil))),
            nil, customer, by: .agent(.sara))
    }
}

/// A handful of customers, what is known of them, and a model of who should have what.
private struct People: Sendable {
    struct Difference: Error { let text: String }

    struct Person: Sendable {
        let id: CustomerID
        let identity: IdentityID
        let address: String
        var tickets: [TicketNumber]
        /// What they said, and what was answered to them, in order.
        var messages: [MessageID]
        /// Alone, before anything was merged.
        var card: CustomerCard?
        /// Their whole timeline then, entry by entry.
        var entries: [TimelineEntry] = []
        var parent: Int?
    }

    var random: SeededRandom
    var people: [Person] = []
    var steps = 0

    init(random: SeededRandom) { self.random = random }

    mutating func play(_ transaction: StoreTransaction) throws {
        for _ in 0..<Int.random(in: 2...6, using: &random) { try add(transaction) }
        for index in people.indices {
            people[index].card = try transaction.reader.customer(
                people[index].id, viewer: .system)
            people[index].entries = try Self.entries(of: people[index].id, transaction.reader)
        }
        for _ in 0..<Int.random(in: 2...14, using: &random) {
            switch Int.random(in: 0..<4, using: &random) {
            case 0: try merge(transaction)
            case 1: try unmerge(transaction)
            default: try speak(transaction)
            }
            steps += 1
            try check(transaction)
        }
        // Apart again, in any order.
        for index in people.indices.filter({ people[$0].parent != nil }).shuffled(using: &random) {
            try cut(index, transaction)
            try check(transaction)
        }
        try checkRestored(transaction)
    }

    private mutating func add(_ transaction: StoreTransaction) throws {
        let address = "p\(transaction.counters.customer + 1)@example.ir"
        let id = try transaction.makeCustomer("Person \(people.count)", .email(address))
        let identity = IdentityID(rawValue: transaction.counters.identity)
        try transaction.know(id, of: people.count, &random)
        var person = Person(
            id: id, identity: identity, address: address, tickets: [], messages: [], card: nil,
            parent: nil)
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            let ticket = try transaction.open(id, "About")
            person.tickets.append(ticket)
            person.messages.append(try transaction.hear(identity, id, in: ticket))
        }
        people.append(person)
    }

    private func root(_ index: Int) -> Int {
        var root = index
        while let parent = people[root].parent { root = parent }
        return root
    }

    private func tree(_ index: Int) -> [Int] {
        people.indices.filter { root($0) == root(index) }
    }

    private mutating func merge(_ transaction: StoreTransaction) throws {
        let one = Int.random(in: people.indices, using: &random)
        let other = Int.random(in: people.indices, using: &random)
        let reader = transaction.reader
        guard let from = try reader.mergePlace(of: people[one].id),
            let into = try reader.mergePlace(of: people[other].id)
        else { throw Difference(text: "no place") }
        let isAllowed = people[one].parent == nil && root(one) != root(other)
        do {
            try CustomerMerge.check(from, into: into)
            guard isAllowed else { throw Difference(text: "\(one) into \(other) was allowed") }
        } catch is CustomerMergeRejection {
            guard !isAllowed else { throw Difference(text: "\(one) into \(other) was refused") }
            return
        }
        try transaction.merge(people[one].id.rawValue, people[other].id.rawValue)
        people[one].parent = other
    }

    private mutating func unmerge(_ transaction: StoreTransaction) throws {
        let merged = people.indices.filter { people[$0].parent != nil }
        guard let index = merged.randomElement(using: &random) else { return }
        try cut(index, transaction)
    }

    private mutating func cut(_ index: Int, _ transaction: StoreTransaction) throws {
        guard let parent = people[index].parent else { return }
        try transaction.unmerge(people[index].id.rawValue, from: people[parent].id.rawValue)
        people[index].parent = nil
    }

    /// Somebody writes in a ticket of anybody they are one with, or in their own; sometimes they are answered.
    private mutating func speak(_ transaction: StoreTransaction) throws {
        let index = Int.random(in: people.indices, using: &random)
        let tickets = tree(index).flatMap { people[$0].tickets }
        guard let ticket = tickets.randomElement(using: &random) else { return }
        let owner = people.first { $0.tickets.contains(ticket) }?.id ?? people[index].id
        let message = try transaction.hear(people[index].identity, owner, in: ticket)
        people[index].messages.append(message)
        guard Bool.random(using: &random) else { return }
        people[index].messages.append(
            try transaction.reply(to: message, owner, in: ticket))
    }

    private func check(_ transaction: StoreTransaction) throws {
        let reader = transaction.reader
        for index in people.indices {
            let members = tree(index)
            guard let card = try reader.customer(people[index].id, viewer: .system) else {
                throw Difference(text: "no card of \(index)")
            }
            let top = people[root(index)]
            let expected = Set(members.map { people[$0].address })
            guard card.customer.id == top.id, card.customer.name == top.card?.customer.name,
                Set(card.identities.map(\.address.value)) == expected,
                card.merged.count == members.count - 1
            else { throw Difference(text: "card of \(index): \(card)") }
            let said = members.flatMap { people[$0].messages }.sorted()
            guard try Self.messages(of: people[index].id, reader) == said else {
                throw Difference(text: "timeline of \(index)")
            }
            let tickets = try reader.tickets(
                TicketFilter(customer: people[index].id), limit: 200, viewer: .system)
            guard
                tickets.rows.map(\.row.ticket.number)
                    == members.flatMap({ people[$0].tickets }).sorted(by: >)
            else { throw Difference(text: "tickets of \(index)") }
        }
    }

    /// Alone again, everybody is who they were: the whole card but for whom they spoke with last, the whole timeline, entry by
    /// entry, and after it what was said to and by them since.
    private func checkRestored(_ transaction: StoreTransaction) throws {
        for person in people {
            let reader = transaction.reader
            guard let before = person.card,
                let card = try reader.customer(person.id, viewer: .system)
            else { throw Difference(text: "no card of \(person.id)") }
            let expected = CustomerCard(
                customer: before.customer, merged: [], preferredChannel: before.preferredChannel,
                lastChannel: before.lastChannel, identities: before.identities,
                suggestions: before.suggestions, attributes: before.attributes,
                segments: before.segments, externalID: before.externalID,
                blocking: before.blocking, scores: before.scores, standings: before.standings,
                openTickets: before.openTickets, lastAgents: card.lastAgents,
                createdAt: before.createdAt, erasedAt: before.erasedAt)
            guard card == expected else {
                throw Difference(text: "not restored: \(card), expected \(expected)")
            }
            let entries = try Self.entries(of: person.id, reader)
            guard Array(entries.prefix(person.entries.count)) == person.entries else {
                throw Difference(text: "another past: \(person)")
            }
            guard try Self.messages(of: person.id, reader) == person.messages else {
                throw Difference(text: "what came since is not theirs: \(person)")
            }
        }
    }

    private static func entries(
        of customer: CustomerID, _ reader: StoreReader
    ) throws -> [TimelineEntry] {
        try reader.timeline(of: customer, limit: 500, viewer: .system)?.rows ?? []
    }

    private static func messages(
        of customer: CustomerID, _ reader: StoreReader
    ) throws -> [MessageID] {
        try reader.timeline(of: customer, limit: 500, viewer: .system)?.rows.compactMap {
            if case .message(let message) = $0.item { message.id } else { nil }
        } ?? []
    }
}

extension StoreTransaction {
    /// A message from an address into a ticket.
    fileprivate func hear(
        _ identity: IdentityID, _ owner: CustomerID, in ticket: TicketNumber
    ) throws -> MessageID {
        let message = nextMessage()
        try add(
            .ticket(
                .messageReceived(
                    MessageReceived(
                        message: message, inbox: .mail, channel: .email, kind: .message,
                        author: .customer, identity: identity, senderAuth: .verified,
                        autoSubmitted: .no, sentAt: nil, origin: .live,
                        content: try keep(
                            json: MessageContent(text: "words"), as: .message, of: owner,
                            salt: Self.salt), raw: nil, attachments: [],
                        fingerprint: "f\(message.rawValue)",
                        threading: ThreadingDecision(
                            rule: .token, outcome: .joined, ticket: ticket, steps: []),
                        call: nil))), ticket, owner)
        return message
    }

    /// What their card has beside names and addresses, some of it the same for several.
    fileprivate func know(
        _ customer: CustomerID, of index: Int, _ random: inout SeededRandom
    ) throws {
        var attributes = ["number": "K-\(index)"]
        if Bool.random(using: &random) { attributes["organisation"] = "Textiles" }
        if Bool.random(using: &random) {
            attributes["plan"] = ["gold", "lead"].randomElement(using: &random)
        }
        let segments = ["new", "wholesale", "staff"].filter { _ in Bool.random(using: &random) }
        try add(
            .customer(
                .updated(
                    CustomerUpdated(
                        customer: customer, standing: Bool.random(using: &random) ? .vip : nil,
                        preferredChannel: Bool.random(using: &random) ? .email : nil,
                        attributes: try keep(
                            json: attributes, as: .attributes, of: customer, salt: Self.salt),
                        segments: segments))), nil, customer, by: .agent(.sara))
    }

    fileprivate func reply(
        to asked: MessageID, _ owner: CustomerID, in ticket: TicketNumber
    ) throws -> MessageID {
        let message = nextMessage()
        try add(
            .ticket(
                .messageWritten(
                    MessageWritten(
                        message: message, inbox: .mail, channel: .email, agent: .sara,
                        content: try keep(
                            json: MessageContent(text: "answer"), as: .message, of: owner,
                            salt: Self.salt), attachments: [], answers: asked))), ticket, owner,
            by: .agent(.sara))
        return message
    }
}
