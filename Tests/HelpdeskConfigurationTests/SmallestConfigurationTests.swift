import HelpdeskConfiguration
import HelpdeskCore
import TOMLReading
import Testing

@Suite struct SmallestConfigurationTests {
    @Test func theSmallestConfigurationLoadsAndEverythingElseHasItsDefault() throws {
        let configuration = try configuration(smallest)
        #expect(configuration.store.location == .sqlite(path: "/tmp/desk/hamdel.db"))
        #expect(configuration.http.listen?.written == "127.0.0.1:8080")
        #expect(configuration.http.socket == nil)
        #expect(configuration.http.publicURL == "http://127.0.0.1:8080")
        #expect(configuration.http.group == "hamdel")
        #expect(configuration.http.mode == FileMode(bits: 0o660))
        #expect(configuration.smtp.url == "smtp://127.0.0.1:25")
        #expect(configuration.smtp.encryption == .offered)
        #expect(configuration.smtp.login == nil)
        #expect(configuration.teams.map(\.name) == ["support"])
        #expect(configuration.teams.first?.openness == .open)
        #expect(configuration.businessHours.isEmpty)
        #expect(configuration.shifts.isEmpty)
        #expect(configuration.autoReply.acknowledgements == .on)
        #expect(configuration.webhooksOut == [])
    }

    @Test func theDefaultsOfSurveyRoutingAndLimitsAreThoseOfTheContract() throws {
        let configuration = try configuration(smallest)
        let survey = configuration.survey
        let policy = SurveyPolicy()
        #expect(survey.surveys == .on)
        #expect(survey.delay == policy.delay)
        #expect(survey.cooldown == policy.cooldown)
        #expect(survey.lowScore == policy.lowScore)
        #expect(survey.expires == policy.expires)
        #expect(survey.samplePercent * 10 == policy.samplePerThousand)
        #expect(survey.recoveryDue == policy.recoveryDue)
        let routing = configuration.routing
        let standard = RoutingPolicy.standard
        #expect(routing.stickiness == standard.stickiness)
        #expect(routing.chatWait == standard.chatWait)
        #expect(routing.mailWait == standard.mailWait)
        #expect(routing.assignmentTimeout == standard.assignmentTimeout)
        #expect(routing.vipPriority == standard.vipPriority)
        #expect(routing.weights.mail == standard.weights.mail)
        #expect(routing.weights.chat == standard.weights.chat)
        #expect(routing.weights.callBack == standard.weights.callBack)
        let limits = configuration.limits
        #expect(limits.apiPerMinute == 600)
        #expect(limits.webhookPerSecond == 20)
        #expect(limits.surveyPostsPerMinute == 10)
        #expect(limits.ticketsPerSenderHour == 30)
        #expect(limits.messageSize == 26_214_400)
    }

    @Test func theInboxHasTheWindowsOfItsChannel() throws {
        let inbox = try #require(try configuration(smallest).inbox(named: "mail"))
        #expect(inbox.team == "support")
        #expect(inbox.liveWithin == .hours(48))
        #expect(inbox.reopenWindow == .days(14))
        #expect(inbox.continuity == .zero)
        #expect(inbox.language == .english)
        #expect(inbox.acknowledgement == .asConfigured)
        #expect(inbox.channel.kind == .email)
        guard case .email(let email) = inbox.channel else {
            Issue.record("not an email inbox")
            return
        }
        #expect(email.address == "support@example.org")
        #expect(email.authservID == nil)
        #expect(email.formSenders.isEmpty)
        #expect(email.smtp == nil)
    }

    static let sockets: [(http: String, store: String, folder: String)] = [
        ("socket = \"/run/hamdel/api.sock\"", "/var/lib/hamdel/hamdel.db", "/run/hamdel"),
        ("listen = \"127.0.0.1:1\"", "/tmp/desk/hamdel.db", "/tmp/desk"),
        ("listen = \"127.0.0.1:1\"", "/hamdel.db", ""),
        ("listen = \"127.0.0.1:1\"", "hamdel.db", "."),
        ("", "/tmp/desk/hamdel.db", "/run/hamdel"),
    ]

    @Test(arguments: sockets)
    func socketsStandTogetherUnlessTheyAreNamed(
        _ example: (http: String, store: String, folder: String)
    ) throws {
        let text = """
            [store]
            url = "sqlite:\(example.store)"
            [http]
            \(example.http)
            [[team]]
            name = "support"
            """
        let configuration = try configuration(text)
        #expect(configuration.lmtp.socket == example.folder + "/lmtp.sock")
        #expect(configuration.control.socket == example.folder + "/control.sock")
    }

    @Test func withNeitherSocketNorAddressTheSocketIsTheUsualOne() throws {
        let text = "[store]\nurl = \"sqlite:/x.db\"\n[http]\n[[team]]\nname = \"a\"\n"
        #expect(try configuration(text).http.socket == "/run/hamdel/api.sock")
    }

    @Test func theExamplesOfTheContractLoadTogether() throws {
        let text = """
            [store]
            url = "postgres://hamdel@db.example.org/hamdel"
            [http]
            socket = "/run/hamdel/api.sock"
            listen = "127.0.0.1:8080"
            public_url = "https://desk.example.org/"
            [lmtp]
            socket = "/run/hamdel/lmtp.sock"
            [smtp]
            url = "smtp://127.0.0.1:25"
            user = "desk"
            password = { file = "/etc/hamdel/smtp" }
            tls = "require"
            [[team]]
            name = "support"
            business_hours = "tehran"
            overflow = "second-line"
            private = false
            [[team]]
            name = "second-line"
            private = true
            [control]
            socket = "/run/hamdel/control.sock"
            [[inbox]]
            name = "support-mail"
            channel = "email"
            address = "support@example.org"
            team = "support"
            authserv_id = "mx.example.org"
            form_senders = ["forms@example.org"]
            smtp = { url = "smtps://other.example.org" }
            signature = { en = "Regards", fa = "با احترام" }
            [[inbox]]
            name = "site-chat"
            channel = "chat-webhook"
            preset = "generic"
            team = "support"
            secret = [{ file = "/etc/hamdel/chat" }, { env = "CHAT" }, { credential = "chat" }]
            trust_identities = true
            reply_url = "https://chat.example.org/in"
            [[inbox]]
            name = "phones"
            channel = "phone-log"
            preset = "asterisk"
            team = "support"
            region = "IR"
            [[business_hours]]
            name = "tehran"
            timezone = "Asia/Tehran"
            week = { sat = ["13:00-17:00", "08:00-12:00"], thu = ["22:00-06:00"] }
            holidays = ["jalali:1405-01-01", "2026-12-25", 2027-01-01]
            [[shift]]
            agent = "sara"
            business_hours = "tehran"
            [[shift]]
            agent = "reza"
            week = { fri = ["08:00-12:00"] }
            [survey]
            enabled = true
            delay = "1h"
            cooldown = "7d"
            low_score = 2
            expires = "14d"
            [limits]
            api_per_minute = 0
            [routing]
            [auto_reply]
            """
        let configuration = try configuration(text)
        #expect(
            configuration.store.location
                == .postgres(url: "postgres://hamdel@db.example.org/hamdel"))
        #expect(configuration.http.publicURL == "https://desk.example.org")
        #expect(configuration.smtp.login?.password == .file(path: "/etc/hamdel/smtp"))
        #expect(configuration.team(named: "second-line")?.openness == .private)
        #expect(configuration.team(named: "support")?.overflow == "second-line")
        #expect(configuration.inboxes.map(\.continuity) == [.zero, .hours(72), .days(7)])
        #expect(configuration.inboxes.first?.signatures[.persian] == "با احترام")
        guard case .chatWebhook(let chat) = configuration.inboxes[1].channel else {
            Issue.record("not a chat inbox")
            return
        }
        #expect(
            chat.secrets == [
                .file(path: "/etc/hamdel/chat"), .environment(variable: "CHAT"),
                .credential(name: "chat"),
            ])
        #expect(chat.trust == .believed)
        let hours = try #require(configuration.businessHours(named: "tehran"))
        #expect(
            hours.week.days == [
                .saturday: [try HourRange("08:00-12:00"), try HourRange("13:00-17:00")],
                .thursday: [try HourRange("22:00-06:00")],
            ])
        #expect(
            hours.holidays.map(\.date?.text) == ["2026-03-21", "2026-12-25", "2027-01-01"])
        #expect(
            configuration.shifts.map(\.hours) == [
                .businessHours("tehran"),
                .week(.init(days: [.friday: [try HourRange("08:00-12:00")]]), timezone: nil),
            ])
        #expect(configuration.limits.apiPerMinute == 0)
    }
}
