import HelpdeskCore
import Testing

@Suite("A later time, told by itself")
struct PromiseRevisionTests {
    @Test(
        "is looked at half an hour before, or a quarter of a short promise, and at most as often as may be"
    )
    func moment() {
        let given = Instant(milliseconds: 0)
        let table: [(times: Int, length: TimeSpan, revisions: Int, before: TimeSpan?)] = [
            (1, .hours(4), 0, .minutes(30)), (1, .minutes(20), 0, .minutes(5)),
            (1, .hours(2), 0, .minutes(30)), (1, .hours(4), 1, nil),
            (2, .hours(4), 1, .minutes(30)),
            (9, .hours(4), 2, nil), (0, .hours(4), 0, nil), (1, .zero, 0, nil),
            (1, .hours(-1), 0, nil),
        ]
        for row in table {
            let until = given + row.length
            #expect(
                PromiseRevision(times: row.times).moment(
                    givenAt: given, until: until, revisions: row.revisions)
                    == row.before.map { until - $0 })
        }
    }
}
