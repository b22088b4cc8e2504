import HelpdeskCore
import HelpdeskTUI
import Testing

@testable import hamdel

/// One draft of key `k`, as this seat and the desk have it: what comes of it.
struct DraftReunionTests {
    static func draft(_ text: String, _ key: String = "k") -> Draft {
        Draft(
            kind: .reply, ticket: TicketNumber(rawValue: 7), key: key, text: text,
            updatedAt: Instant(milliseconds: 1))
    }

    static func seat(
        _ text: String, _ copy: DeskCopy? = nil, _ key: String = "k",
        _ stage: SeatDraft.Stage = .writing
    ) -> SeatDraft {
        SeatDraft(draft: draft(text, key), copy: copy, stage: stage)
    }

    static func same(_ version: Int64) -> DeskCopy { DeskCopy(version: version, state: .same) }
    static func older(_ version: Int64) -> DeskCopy { DeskCopy(version: version, state: .older) }

    struct Case {
        let what: String
        let seat: [SeatDraft]
        let desk: [String: DraftReunion.Desk]
        let drafts: [SeatDraft]
        var forgotten: [String] = []
        var uncopied: [String] = []
    }

    static let cases = [
        Case(
            what: "the desk never heard of it", seat: [seat("a")], desk: ["k": .unknown],
            drafts: [seat("a")], uncopied: ["a"]),
        Case(
            what: "the desk forgot it", seat: [seat("a", same(3))], desk: ["k": .unknown],
            drafts: [seat("a")], uncopied: ["a"]),
        Case(
            what: "both have the same", seat: [seat("a")],
            desk: ["k": .open(draft("a"), version: 2)], drafts: [seat("a", same(2))]),
        Case(
            what: "written on here", seat: [seat("x", older(2))],
            desk: ["k": .open(draft("a"), version: 2)], drafts: [seat("x", older(2))],
            uncopied: ["x"]),
        Case(
            what: "written on there", seat: [seat("a", same(2))],
            desk: ["k": .open(draft("x"), version: 3)], drafts: [seat("x", same(3))]),
        Case(
            what: "the copy was made and not noted", seat: [seat("abc")],
            desk: ["k": .open(draft("ab"), version: 1)], drafts: [seat("abc", older(1))],
            uncopied: ["abc"]),
        Case(
            what: "the same, noted late, and written on there", seat: [seat("ab", older(1))],
            desk: ["k": .open(draft("abc"), version: 3)], drafts: [seat("abc", same(3))]),
        Case(
            what: "written on here and there", seat: [seat("ax", older(1))],
            desk: ["k": .open(draft("ay"), version: 2)],
            drafts: [seat("ay", same(2)), seat("ax", nil, "new-1")], uncopied: ["ax"]),
        Case(
            what: "only there", seat: [], desk: ["k": .open(draft("a"), version: 4)],
            drafts: [seat("a", same(4))]),
        Case(
            what: "sent or discarded there", seat: [seat("a", same(2))], desk: ["k": .over],
            drafts: [], forgotten: ["k"]),
        Case(
            what: "sent from here, and the answer was lost",
            seat: [seat("a", older(2), "k", .asked)], desk: ["k": .over], drafts: [],
            forgotten: ["k"]),
        Case(
            what: "asked for, and the daemon never heard it", seat: [seat("a", nil, "k", .asked)],
            desk: ["k": .unknown], drafts: [seat("a", nil, "k", .asked)], uncopied: ["a"]),
        Case(
            what: "over there, written on here", seat: [seat("ab", older(2))], desk: ["k": .over],
            drafts: [seat("ab", nil, "new-1")], forgotten: ["k"], uncopied: ["ab"]),
        Case(what: "nothing anywhere", seat: [], desk: ["k": .over], drafts: []),
    ]

    @Test(arguments: cases.indices)
    func `no text that only one of both has is lost`(index: Int) {
        let given = Self.cases[index]
        var count = 0
        let reunion = DraftReunion(seat: given.seat, desk: given.desk) {
            count += 1
            return "new-\(count)"
        }
        #expect(reunion.drafts == given.drafts, "\(given.what)")
        #expect(reunion.forgotten == given.forgotten, "\(given.what)")
        #expect(reunion.uncopied.map(\.text) == given.uncopied, "\(given.what)")
    }

    @Test func `what is written after the copy is newer, and was not asked for`() {
        var seat = Self.seat("a", Self.same(2), "k", .asked)
        #expect(seat.written(Self.draft("a")) == seat)
        seat = seat.written(Self.draft("ab"))
        #expect(seat == Self.seat("ab", Self.older(2)))
        seat.copied(Self.draft("a"), 3)
        #expect(seat.copy == Self.older(3))
        seat.copied(Self.draft("ab"), 4)
        #expect(seat.copy == Self.same(4))
    }
}
