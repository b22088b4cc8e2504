import HelpdeskCore
import Testing

@Suite("numbers after a restore") struct LostNumbersTests {
    private static let start = Instant(milliseconds: 1_700_000_000_000)

    @Test(
        arguments: [
            // A young desk, a backup of a moment ago: the least.
            (given: 12, life: 1, lost: 0, next: 2_000),
            // 100 a day, a day lost: ten times two days' worth, from a round number on.
            (given: 36_500, life: 365, lost: 1, next: 39_000),
            // A week lost at 10,000 a day.
            (given: 1_000_000, life: 100, lost: 7, next: 1_800_000),
            (given: 0, life: 0, lost: 0, next: 1_000),
        ] as [(given: Int64, life: Int64, lost: Int64, next: Int64)])
    func leapByWhatMayHaveBeenGiven(_ row: (given: Int64, life: Int64, lost: Int64, next: Int64)) {
        let last = Self.start + .days(row.life)
        let goOn = LostNumbers.goOn(
            after: row.given, first: Self.start, last: last, restoredAt: last + .days(row.lost))
        #expect(goOn == row.next)
    }

    @Test func neverGoBackAndNeverOverflow() {
        for given in [0, 1, 999, 1_000, 1 << 40, Int64.max] {
            for now in [Instant.distantPast, Self.start, .distantFuture] {
                let goOn = LostNumbers.goOn(
                    after: given, first: .distantPast, last: Self.start, restoredAt: now)
                #expect(goOn >= given)
            }
        }
    }

    @Test func eventsOfAnEpochHaveIDsOfTheirOwn() {
        let book = EpochBook([
            .init(epoch: 3, position: Position(rawValue: 20)),
            .init(epoch: 2, position: Position(rawValue: 10)),
        ])
        #expect(book.eventID(at: Position(rawValue: 9)) == "evt_9")
        #expect(book.eventID(at: Position(rawValue: 10)) == "evt_2_10")
        #expect(book.eventID(at: Position(rawValue: 20)) == "evt_3_20")
        #expect(EpochBook().eventID(at: Position(rawValue: 1)) == "evt_1")
    }

    @Test func onlyWhatWasSentBeforeTheEpochMayHaveBeenSeen() {
        let epoch = Epoch(number: 2, began: Self.start)
        #expect(epoch.mayHaveSeen(sentAt: Self.start - .minutes(1)))
        #expect(!epoch.mayHaveSeen(sentAt: Self.start))
        #expect(!epoch.mayHaveSeen(sentAt: nil))
        #expect(!Epoch.first.mayHaveSeen(sentAt: .distantPast))
    }
}
