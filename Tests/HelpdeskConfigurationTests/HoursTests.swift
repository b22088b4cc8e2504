import HelpdeskConfiguration
import HelpdeskCore
import Testing

@Suite("When teams work, in the configuration")
struct HoursTests {
    private static let calendar = """
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20260321
        DTEND;VALUE=DATE:20260325
        SUMMARY:Nowruz
        END:VEVENT
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20260501
        RRULE:FREQ=YEARLY
        SUMMARY:Labour Day
        END:VEVENT
        END:VCALENDAR
        """

    private static func hours(_ keys: String) -> String {
        smallest + """
            [[business_hours]]
            name = "tehran"
            timezone = "Asia/Tehran"
            week = { sat = ["08:00-12:00", "13:00-17:00"], fri = ["22:00-02:00"] }
            \(keys)

            """
    }

    @Test(
        "holidays come from iCalendar files beside the dates; paths begin at the file that names them"
    )
    func files() throws {
        let text = Self.hours(
            "holidays = [\"jalali:*-01-13\"]\nholidays_files = [\"ir.ics\"]")
        let read = try configuration(text, and: ["ir.ics": Self.calendar])
        let hours = try #require(read.businessHours.first)
        let file = try #require(hours.holidaysFiles.first)
        #expect(file.path == "ir.ics")
        func name(_ day: String) throws -> String? { file.days[try #require(CivilDate(day))] }
        #expect(try name("2026-03-21") == "Nowruz")
        #expect(try name("2026-03-24") == "Nowruz")
        #expect(try name("2026-03-25") == nil)
        #expect(try name("2040-05-01") == "Labour Day")
        #expect(try name("2025-05-01") == nil)
        #expect(hours.holidays == [.everyJalaliYear(month: 1, day: 13)])
    }

    @Test("what is wrong with a calendar is said with its own line")
    func wrongFiles() {
        let text = Self.hours("holidays_files = [\"ir.ics\"]")
        let missing = complaints(text)
        #expect(missing.count == 1)
        #expect(
            missing.first?.hasPrefix(
                "hamdel.toml:16:19: business_hours.holidays_files: expected the path")
                == true)
        #expect(missing.first?.hasSuffix("got no such file at \"ir.ics\"") == true)
        let rule = Self.calendar.split(separator: "\n").joined(separator: "\n")
            .replacing("FREQ=YEARLY", with: "FREQ=YEARLY;BYEASTER=1")
        let unknown = complaints(text, and: ["ir.ics": rule])
        #expect(unknown.count == 1)
        #expect(unknown.first?.hasPrefix("ir.ics:9:1: business_hours.holidays_files: ") == true)
        #expect(unknown.first?.contains("BYEASTER=1") == true)
        let empty = complaints(text, and: ["ir.ics": "<html>not found</html>"])
        #expect(empty.count == 1)
        #expect(empty.first?.hasPrefix("ir.ics:1:1: ") == true)
        #expect(empty.first?.hasSuffix("got none") == true)
        let large = String(repeating: " ", count: 4 * 1_048_576 + 1)
        #expect(complaints(text, and: ["ir.ics": large]).first?.contains("more than") == true)
    }

    @Test("single days may have hours of their own")
    func special() throws {
        let read = try configuration(
            Self.hours(
                "special = [{ day = \"jalali:1405-12-28\", hours = [\"08:00-12:00\"] }, { day = \"2026-07-03\", hours = [] }]"
            ))
        let special = try #require(read.businessHours.first).special
        #expect(special.count == 2)
        #expect(special.first?.hours == [try HourRange("08:00-12:00")])
        #expect(special.last?.hours == [])
        let late = complaints(
            Self.hours("special = [{ day = \"2026-07-03\", hours = [\"22:00-02:00\"] }]"))
        #expect(late.count == 1)
        #expect(late.first?.contains("expected hours that end by 24:00") == true)
        let unknown = complaints(Self.hours("special = [{ date = \"2026-07-03\", hours = [] }]"))
        #expect(unknown.contains { $0.contains("\"date\"") })
    }
}

@Suite("Who is told, in the configuration")
struct TellingTests {
    @Test("a webhook of notices needs a secret, and quiet hours must end")
    func notify() throws {
        let read = try configuration(
            smallest + """
                [notify]
                mail = true
                webhook = "https://chat.example.org/x"
                webhook_secret = "whsec_c2VjcmV0"
                quiet_hours = ["22:00-07:00"]
                """)
        #expect(read.notify.webhook?.url == "https://chat.example.org/x")
        #expect(read.notify.quietHours == (try QuietHours(["22:00-07:00"])))
        #expect(
            complaints(smallest + "[notify]\nwebhook = \"https://x.example\"") == [
                "hamdel.toml:13:11: notify.webhook: expected webhook and webhook_secret together, got webhook alone"
            ])
        #expect(
            complaints(smallest + "[notify]\nquiet_hours = [\"00:00-24:00\"]").first?
                .contains("leave no minute") == true)
    }

    @Test("one endpoint stands alone or in a list; names tell them apart; teams are there")
    func endpoints() throws {
        let one = "[webhook_out]\nurl = \"https://crm.example/x\"\nsecret = \"whsec_c2VjcmV0\"\n"
        let read = try configuration(smallest + one)
        #expect(read.webhooksOut.map(\.name) == ["main"])
        #expect(read.webhooksOut.first?.events == [])
        func two(_ first: String, _ second: String) -> String {
            smallest
                + [first, second].map {
                    "[[webhook_out]]\n\($0)\nurl = \"https://crm.example/x\"\nsecret = \"whsec_c2VjcmV0\"\n"
                }.joined()
        }
        let both = try configuration(
            two("name = \"crm\"\nevents = [\"ticket_*\"]", "name = \"bi\""))
        #expect(both.webhooksOut.map(\.name) == ["crm", "bi"])
        #expect(both.webhooksOut.first?.events == ["ticket_*"])
        #expect(complaints(two("", "")).first?.contains("expected a name of its own") == true)
        #expect(
            complaints(two("name = \"notify\"", "")).first?.contains("notify.webhook has it")
                == true)
        #expect(
            complaints(two("events = [\"Ticket opened\"]", "name = \"b\"")).first?
                .contains("expected a type of event") == true)
        #expect(
            complaints(two("private_teams = [\"nobody\"]", "name = \"b\"")).first?
                .contains("expected names of [[team]]s") == true)
    }

    @Test("how often a later time is told")
    func revisions() throws {
        #expect(try configuration(smallest).autoReply.revisions == 1)
        let read = try configuration(
            smallest + "[auto_reply]\nrevisions = 2\nrevise_before = \"1h\"")
        #expect(read.autoReply.revisions == 2)
        #expect(read.autoReply.reviseBefore == .hours(1))
        #expect(complaints(smallest + "[auto_reply]\nrevisions = 3").count == 1)
    }
}
