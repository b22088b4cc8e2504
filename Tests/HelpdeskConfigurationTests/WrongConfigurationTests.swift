import HelpdeskConfiguration
import Testing

/// Each example is put behind the smallest configuration, whose last line is 11; its own first line is 12.
@Suite struct WrongConfigurationTests {
    static let sections: [(text: String, complaints: [String])] = [
        (
            "[survy]\nenabled = true",
            [
                "hamdel.toml:12:2: survy: expected a known section, got \"survy\"; did you mean [survey]?"
            ]
        ),
        (
            "[survey]\ndelai = \"1h\"",
            [
                "hamdel.toml:13:1: survey.delai: expected a key of [survey], got \"delai\"; did you mean \"delay\"?"
            ]
        ),
        (
            "[survey]\nstickiness = \"1h\"",
            [
                "hamdel.toml:13:1: survey.stickiness: expected a key of [survey], got \"stickiness\"; [routing] has a key of that name"
            ]
        ),
        (
            "[survey]\nnothing_like_it = 1",
            [
                "hamdel.toml:13:1: survey.nothing_like_it: expected a key of [survey], got \"nothing_like_it\""
            ]
        ),
        (
            "[inbox.pop3]\nurl = \"pop3s://x\"",
            ["hamdel.toml:12:8: inbox.pop3: expected a key of [[inbox]], got \"pop3\""]
        ),
        (
            "[[survey]]\nenabled = true",
            ["hamdel.toml:12:3: survey: expected [survey] on a line of its own, got a list"]
        ),
        (
            "[shift]\nagent = \"sara\"",
            ["hamdel.toml:12:2: shift: expected [[shift]] on a line of its own, got [shift]"]
        ),
        (
            "[[team]]\nname = \"support\"",
            [
                "hamdel.toml:13:8: team.name: expected a name of its own, got \"support\"; the first is at hamdel.toml:6:8"
            ]
        ),
        (
            "[[team]]",
            [
                "hamdel.toml:12:1: team.name: expected the name of a team such as \"support\": up to 64 letters, digits, \"-\", \"_\", \".\", got nothing"
            ]
        ),
        (
            "[[team]]\nname = \"b\"\noverflow = \"suport\"\nbusiness_hours = \"x\"",
            [
                "hamdel.toml:14:12: team.overflow: expected the name of a [[team]], got \"suport\"; did you mean \"support\"?",
                "hamdel.toml:15:18: team.business_hours: expected the name of a [[business_hours]], got \"x\"; there is none",
            ]
        ),
        (
            "[[team]]\nname = \"a\"\noverflow = \"b\"\n[[team]]\nname = \"b\"\noverflow = \"c\"\n[[team]]\nname = \"c\"\noverflow = \"b\"",
            [
                "hamdel.toml:17:12: team.overflow: expected teams that do not lead back to themselves, got b → c → b"
            ]
        ),
        (
            "[[team]]\nname = \"a\"\noverflow = \"a\"",
            [
                "hamdel.toml:14:12: team.overflow: expected teams that do not lead back to themselves, got a → a"
            ]
        ),
        (
            "[[shift]]\nagent = \"sara\"",
            ["hamdel.toml:12:1: shift: expected either week or business_hours, got neither"]
        ),
        (
            "[smtp]\nuser = \"a\"",
            [
                "hamdel.toml:13:8: smtp.password: expected user and password together, or neither, got only user"
            ]
        ),
    ]

    @Test(arguments: sections)
    func aWrongSectionIsReportedWhereItStands(_ example: (text: String, complaints: [String])) {
        #expect(complaints(smallest + example.text) == example.complaints)
    }

    static let inboxes: [(text: String, complaints: [String])] = [
        (
            "channel = \"emial\"",
            [
                "hamdel.toml:15:11: inbox.channel: expected a channel: one of \"email\", \"chat-webhook\", \"phone-log\", \"exec\", got \"emial\"; did you mean \"email\"?"
            ]
        ),
        (
            "channel = \"fax\"",
            [
                "hamdel.toml:15:11: inbox.channel: expected a channel: one of \"email\", \"chat-webhook\", \"phone-log\", \"exec\", got \"fax\""
            ]
        ),
        (
            "channel = \"email\"",
            [
                "hamdel.toml:12:1: inbox.address: expected a mail address such as \"support@example.org\", got nothing; an email inbox cannot do without"
            ]
        ),
        (
            "channel = \"email\"\naddress = \"SUPPORT@example.org\"",
            [
                "hamdel.toml:16:11: inbox.address: expected an address of its own, got \"SUPPORT@example.org\"; the first is at hamdel.toml:11:11"
            ]
        ),
        (
            "channel = \"chat-webhook\"",
            [
                "hamdel.toml:12:1: inbox.secret: expected { file = \"…\" }, { credential = \"…\" } or { env = \"…\" }, or a list of 1 to 8 of them, got nothing; a chat-webhook inbox cannot do without"
            ]
        ),
        (
            "channel = \"chat-webhook\"\nsecret = { file = \"/x\", env = \"Y\" }",
            [
                "hamdel.toml:16:10: inbox.secret: expected { file = \"…\" }, { credential = \"…\" } or { env = \"…\" }, got 2 of them"
            ]
        ),
        (
            "channel = \"chat-webhook\"\nsecret = { flie = \"/x\" }",
            [
                "hamdel.toml:16:12: secret.flie: expected a key of secret = { … }, got \"flie\"; did you mean \"file\"?"
            ]
        ),
        (
            "channel = \"chat-webhook\"\nsecret = { file = \"/x\" }\npreset = \"generik\"",
            [
                "hamdel.toml:17:10: inbox.preset: expected a preset of chat-webhook: \"generic\", \"telegram\", \"whatsapp\", \"twilio\", \"kavenegar\", \"slack\", \"mattermost\", got \"generik\"; did you mean \"generic\"?"
            ]
        ),
        (
            "channel = \"phone-log\"\nregion = \"ir\"\npreset = \"generic\"\nmapping = { form = \"x\", to = 0 }",
            [
                "hamdel.toml:16:10: inbox.region: expected a country as two capitals, such as \"IR\", got \"ir\"; write \"IR\"",
                "hamdel.toml:18:13: inbox.mapping.form: expected a key of inbox.mapping = { … }, got \"form\"; did you mean \"from\"?",
                "hamdel.toml:18:30: inbox.mapping.to: expected the name of a column, its number from 1, or a list of two (date and time), got 0",
            ]
        ),
    ]

    @Test(arguments: inboxes)
    func aWrongInboxIsReportedWhereItStands(_ example: (text: String, complaints: [String])) {
        let text = smallest + "[[inbox]]\nname = \"x\"\nteam = \"support\"\n" + example.text
        #expect(complaints(text) == example.complaints)
    }

    @Test func everythingWrongIsSaidAtOnceInTheOrderOfTheFile() {
        let text = """
            [store]
            url = "mysql://x"
            [http]
            listen = 8080
            colour = "red"
            [[inbox]]
            name = "a b"
            channel = "email"
            team = "suport"
            """
        #expect(
            complaints(text) == [
                "hamdel.toml:1:1: team: expected at least one [[team]], got nothing",
                "hamdel.toml:2:7: store.url: expected \"sqlite:/path/of/the.db\" or \"postgres://user@host/database\", got \"mysql://x\"",
                "hamdel.toml:4:10: http.listen: expected an address and a port such as \"127.0.0.1:8080\" or \"[::1]:8080\", got 8080",
                "hamdel.toml:5:1: http.colour: expected a key of [http], got \"colour\"",
                "hamdel.toml:6:1: inbox.address: expected a mail address such as \"support@example.org\", got nothing; an email inbox cannot do without",
                "hamdel.toml:7:8: inbox.name: expected the name of an inbox such as \"support-mail\": up to 64 letters, digits, \"-\", \"_\", \".\", got \"a b\"",
                "hamdel.toml:9:8: inbox.team: expected the name of a [[team]], got \"suport\"; there is none",
            ])
    }

    @Test func anEmptyFileSaysWhatIsMissing() {
        #expect(
            complaints("") == [
                "hamdel.toml:1:1: store.url: expected \"sqlite:/path/of/the.db\" or \"postgres://user@host/database\", got nothing",
                "hamdel.toml:1:1: team: expected at least one [[team]], got nothing",
            ])
    }

    @Test func aMissingFileIsSaid() {
        let result = ConfigurationFile.load(
            path: "/etc/hamdel/hamdel.toml", files: files([:]), isKnownTimeZone: { _ in true })
        guard case .failure(let problems) = result else {
            Issue.record("it loaded")
            return
        }
        #expect(
            problems.description
                == "/etc/hamdel/hamdel.toml:1:1: file: expected a configuration file, got no such file"
        )
    }

    @Test func aFileOfManyMistakesIsCutOffInPrint() throws {
        let text = (0..<150).map { "[[team]]\nnam = \($0)\n" }.joined()
        guard case .failure(let problems) = load(text) else {
            Issue.record("it loaded")
            return
        }
        #expect(problems.list.count == 301)
        let lines = problems.description.split(separator: "\n")
        #expect(lines.count == 101)
        #expect(lines.last == "… and 201 more")
    }

    @Test func aPasswordInAWrongURLIsNotRepeated() {
        let text = smallest + "[smtp]\nurl = \"smtp://me:hunter2@host\""
        #expect(
            complaints(text) == [
                "hamdel.toml:13:7: smtp.url: expected \"smtp://host:port\" or \"smtps://host:port\", got \"smtp://me:********@host\"; user and password are keys of their own"
            ])
    }

    @Test func aSecretOfTheWrongTypeIsNotRepeated() {
        let text = smallest + "[smtp]\nuser = \"a\"\npassword = 12345"
        #expect(
            complaints(text) == [
                "hamdel.toml:14:12: smtp.password: expected { file = \"…\" }, { credential = \"…\" } or { env = \"…\" }, got something else"
            ])
    }

    @Test func whatIsPrintedHasNoControlSequences() {
        let text = smallest + "[survey]\ndelay = \"\\u001b[31mred\\u202E\"\n\"\\u001bx\" = 1"
        #expect(
            complaints(text) == [
                "hamdel.toml:13:9: survey.delay: expected a duration such as \"1h\", from 0s to 90d, got \"\\u001B[31mred\\u202E\"",
                "hamdel.toml:14:1: survey.\\u001Bx: expected a key of [survey], got \"\\u001Bx\"",
            ])
    }

    @Test("an event that there is not is refused with the list of those that there are")
    func unknownEvents() throws {
        let endpoint = "[[webhook_out]]\nurl = \"https://crm.example\"\nsecret = { env = \"S\" }\n"
        let wrong = complaints(
            smallest + endpoint + "events = [\"ticket_*\", \"survey_answerd\", \"mail_*\"]")
        #expect(wrong.count == 2)
        #expect(
            wrong.first?.hasPrefix(
                "hamdel.toml:15:10: webhook_out.events: expected types of events, or beginnings of them with \"*\": one of acknowledgement_skipped, "
            ) == true)
        #expect(
            wrong.first?.hasSuffix(
                "got \"survey_answerd\"; did you mean \"survey_answered\"?") == true)
        #expect(wrong.last?.hasSuffix("got \"mail_*\"") == true)
        let right = "events = [\"ticket_*\", \"ticket_hidden\", \"agent_noticed\", \"*\"]"
        #expect(complaints(smallest + endpoint + right) == [])
    }
}
