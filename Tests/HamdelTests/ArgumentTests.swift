import ArgumentParser
import HelpdeskAPI
import HelpdeskClient
import HelpdeskCore
import Testing

@testable import hamdel

struct ArgumentTests {
    @Test(arguments: [
        ("12", 12), ("#12", 12), ("#۱۲۳۴", 1_234), ("١٢", 12), ("0", nil), ("-3", nil),
        ("#", nil), ("12a", nil), ("99999999999999999999", nil), ("", nil), ("##1", nil),
    ])
    func `a ticket's number may have a hash and any digits`(text: String, number: Int64?) {
        #expect(NumberText.positive(text) == number)
    }

    @Test(arguments: [
        ("12", [12]), ("12,#13, ۱۴", [12, 13, 14]), ("3 3\n2", [3, 2]), ("", nil), ("a", nil),
        ("1,b", nil), (",", nil),
    ])
    func `a selection is numbers, each once`(text: String, numbers: [Int64]?) {
        #expect(
            TicketSelection.numbers(in: text)
                == numbers?.map { TicketNumber(rawValue: $0) })
    }

    @Test(arguments: [
        ("30m", "2026-11-22T07:00:00.000Z"), ("۲h", "2026-11-22T08:30:00.000Z"),
        ("3d", "2026-11-25T06:30:00.000Z"), ("1w", "2026-11-29T06:30:00.000Z"),
        ("tomorrow", "2026-11-23T05:30:00.000Z"), ("Tomorrow 14:30", "2026-11-23T11:00:00.000Z"),
        ("monday", "2026-11-23T05:30:00.000Z"), ("sun", "2026-11-29T05:30:00.000Z"),
        ("thu 8:00", "2026-11-26T04:30:00.000Z"), ("today 18:00", "2026-11-22T14:30:00.000Z"),
        ("14:30", "2026-11-22T11:00:00.000Z"), ("9:00", "2026-11-23T05:30:00.000Z"),
        ("2026-11-24", "2026-11-24T05:30:00.000Z"),
        ("2026-11-24T10:00", "2026-11-24T06:30:00.000Z"),
        ("۱۴۰۵/۰۹/۰۳ ۱۰:۰۰", "2026-11-24T06:30:00.000Z"),
        ("1405-9-3", "2026-11-24T05:30:00.000Z"),
        ("2026-11-24T10:00:00+01:00", "2026-11-24T09:00:00.000Z"),
        ("tomorrow 9", "2026-11-23T05:30:00.000Z"), ("tomorrow at 9", "2026-11-23T05:30:00.000Z"),
        ("فردا ۹", "2026-11-23T05:30:00.000Z"), ("فردا ساعت ۱۴:۳۰", "2026-11-23T11:00:00.000Z"),
        ("پس‌فردا", "2026-11-24T05:30:00.000Z"), ("سه‌شنبه", "2026-11-24T05:30:00.000Z"),
        ("شنبه ۸", "2026-11-28T04:30:00.000Z"), ("۲ ساعت", "2026-11-22T08:30:00.000Z"),
        ("3 days", "2026-11-25T06:30:00.000Z"), ("1405/01/15", "2026-04-04T05:30:00.000Z"),
    ])
    func `a moment is read as people type it`(text: String, expected: String) {
        let reader = WhenText(
            now: Instant(milliseconds: 1_795_329_000_000), offset: { _ in 12_600 })
        #expect(reader.instant(text).map(RFC3339.text) == expected)
    }

    @Test(arguments: [
        "", "soon", "0h", "2y", "-1h", "99999999999h", "25:00", "9:5", "2026-02-30", "1405/13/01",
        "tomorrow noon", "2026-11-24 10:00 11:00", "h", "tomorrow 24", "ساعت", "days",
    ])
    func `what is no moment is refused`(text: String) {
        let reader = WhenText(
            now: Instant(milliseconds: 1_795_329_000_000), offset: { _ in 12_600 })
        #expect(reader.instant(text) == nil)
    }

    @Test func `a change of clocks between now and then is taken into account`() {
        // UTC+2 until 2026-11-23 00:00 UTC, UTC+1 from then on.
        let change = Instant(milliseconds: 1_795_392_000_000)
        let reader = WhenText(
            now: Instant(milliseconds: 1_795_329_000_000),
            offset: { $0 < change ? 7_200 : 3_600 })
        #expect(
            reader.instant("tomorrow").map(RFC3339.text) == "2026-11-23T08:00:00.000Z")
    }

    @Test func `tags have signs, and the command's own options are no tags`() throws {
        let words = try TagWords(["+a", "-old", "+نیاز", "-o", "ids", "--dry-run"])
        #expect(words.add == ["a", "نیاز"])
        #expect(words.remove == ["old"])
        #expect(words.format == .ids)
        #expect(words.consent == .dryRun)
    }

    @Test(arguments: [[], ["a"], ["+"], ["-o"], ["-o", "xml"], ["+a b"], ["--yes"]])
    func `other words are no tags`(words: [String]) {
        #expect(throws: ValidationError.self) { try TagWords(words) }
    }

    @Test(arguments: [
        ("sara@example.ir", "email:sara@example.ir"), ("tel:+98912", "tel:+98912"),
        ("email:a@b", "email:a@b"),
    ])
    func `an address may be bare when it is a mail address`(text: String, address: String) throws {
        #expect(try AddressText.address(text) == address)
    }

    @Test(arguments: ["", "sara", "@b", "a@", ":x", "x:", "a @b", "a\u{1B}@b"])
    func `what is no address is refused`(text: String) {
        #expect(throws: ValidationError.self) { try AddressText.address(text) }
    }

    @Test(arguments: [
        ["ticket", "close", "abc"], ["ticket", "show"], ["ticket", "list", "--status", "gone"],
        ["ticket", "list", "--mine", "--unassigned"], ["ticket", "list", "--limit", "0"],
        ["ticket", "reply", "1", "--close", "--pending"], ["ticket", "reply", "-"],
        ["ticket", "reply", "-", "--text", "-"], ["ticket", "priority", "1", "dire"],
        ["ticket", "list", "-o", "xml"], ["presence", "asleep"], ["watch", "--after", "-1"],
        ["login", "https://a.b"], ["participant", "1", "invite", "a@b"], ["no-such-command"],
        ["ticket", "new", "--customer", "7"],
    ])
    func `a wrong command line is status 64`(words: [String]) async {
        let error = await #expect(throws: (any Error).self) {
            try await Hamdel.asyncParseAsRoot(words)
        }
        #expect(error.map { Hamdel.exitCode(for: $0).rawValue } == 64)
    }

    @Test func `solved and resolved are closed`() async throws {
        let list = try await Hamdel.asyncParseAsRoot(
            ["ticket", "list", "--status", "solved", "--status", "new", "--mine"])
        #expect(try (list as? TicketList)?.ticketQuery().text == "?status=closed%2Cnew&assignee=me")
        let all = try await Hamdel.asyncParseAsRoot(
            ["ticket", "list", "--status", "all", "--class", "all", "--is", "unread"])
        #expect(
            try (all as? TicketList)?.ticketQuery().text
                == "?status=new%2Copen%2Cpending%2Cclosed&class=all&is=unread")
    }
}
