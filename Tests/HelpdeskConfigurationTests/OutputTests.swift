import HelpdeskConfiguration
import TOMLReading
import Testing

@testable import HelpdeskConfiguration

@Suite struct OutputTests {
    @Test func theExampleLoadsAndFindsTheDefaults() throws {
        let text = ConfigurationExample.text(
            settings: [
                "store.url": "\"sqlite:/tmp/desk/hamdel.db\"", "inbox.name": "\"mail\"",
            ])
        let plain = smallest.replacing("[http]", with: "[http]\nsocket = \"/run/hamdel/api.sock\"")
        #expect(try configuration(text) == configuration(plain))
        #expect(try loaded(text).warnings.map(\.key) == ["http.public_url"])
    }

    /// Takes the mark off every key that has a default, and nothing else.
    @Test func everyDefaultAsWrittenIsTheDefaultInForce() throws {
        for section in ConfigurationManual.sections where section.form == .table {
            var settings: [String: String] = [:]
            for key in section.keys {
                if case .defaults(let value) = key.presence {
                    settings["\(section.name).\(key.name)"] = value
                }
            }
            let text = ConfigurationExample.text(settings: settings)
            #expect(try configuration(text) == configuration(ConfigurationExample.text()))
        }
        for (section, element) in [("team", "support"), ("inbox", "support-mail")] {
            let description = try #require(ConfigurationManual.section(section))
            var settings: [String: String] = [:]
            for key in description.keys where key.name != "name" {
                if case .defaults(let value) = key.presence {
                    settings["\(section).\(key.name)"] = value
                }
            }
            #expect(!settings.isEmpty, "\(element)")
            let text = ConfigurationExample.text(settings: settings)
            #expect(try configuration(text) == configuration(ConfigurationExample.text()))
        }
    }

    @Test func defaultsInsideOfTablesAreThoseOfTheTable() throws {
        let plain = try configuration(smallest)
        #expect(try configuration(smallest + "[routing]\nweights = {}\n") == plain)
        #expect(try configuration(smallest + "signature = {}\n") == plain)
        let inbox = try #require(try configuration(smallest + "smtp = {}\n").inboxes.first)
        guard case .email(let email) = inbox.channel else {
            Issue.record("not an email inbox")
            return
        }
        #expect(email.smtp == plain.smtp)
        let hours =
            smallest + """
                [[business_hours]]
                name = "x"
                timezone = "UTC"
                week = { sat = ["08:00-12:00"] }

                """
        #expect(try configuration(hours + "holidays = []\n") == configuration(hours))
    }

    @Test func everyExampleOfAKeyIsAccepted() throws {
        for section in ConfigurationManual.sections {
            for key in section.keys {
                let text =
                    "\(section.form == .list ? "[[\(section.name)]]" : "[\(section.name)]")\n\(key.name) = \(key.example)\n"
                let about = complaints(text).filter {
                    $0.contains(" \(section.name).\(key.name): ") && !$0.contains("got nothing")
                        && !$0.contains("the name of a [[") && !$0.contains("user and password")
                        && !$0.contains("webhook and webhook_secret together")
                        && !$0.contains("got no such file")
                }
                #expect(about == [])
            }
        }
    }

    @Test func everyKeyIsInTheExampleAndInTheManual() {
        let example = ConfigurationExample.text()
        let manual = ConfigurationManual.markdown()
        for section in ConfigurationManual.sections {
            #expect(example.contains(section.header))
            #expect(manual.contains("## `\(section.header)`"))
            for key in section.keys {
                #expect(
                    example.contains("\n\(key.name) = ") || example.contains("\n#\(key.name) = "))
                #expect(manual.contains("| `\(key.name)` |"))
            }
        }
    }

    @Test func nothingIsReadThatIsNotDescribedAndNothingIsDescribedThatIsNotRead() throws {
        var reader = ConfigurationReader(
            extent: .whole, files: .disk, isKnownTimeZone: { _ in true })
        let text = ConfigurationManual.sections.map { section in
            let keys = section.keys.map { "\($0.name) = \($0.example)\n" }.joined()
            return "\(section.form == .list ? "[[\(section.name)]]" : "[\(section.name)]")\n\(keys)"
        }.joined()
        let secrets = """
            [[inbox]]
            smtp = { password = { file = "/x" } }
            """
        let root = try TOMLDocument.parse(Array((text + secrets).utf8), file: "x").get()
        _ = reader.configuration(root)
        var described: Set<String> = []
        func describe(_ section: SectionDescription) {
            for key in section.keys {
                described.insert("\(section.name).\(key.name)")
                if let nested = key.nested { describe(nested) }
            }
        }
        ConfigurationManual.sections.forEach(describe)
        #expect(reader.readKeys == described)
    }

    @Test func showSaysWhatHoldsAndWhoSaidSo() throws {
        let text = """
            [store]
            url = "postgres://me:hunter2@db/hamdel"
            [http]
            listen = "127.0.0.1:8080"
            [[team]]
            name = "support"
            [[inbox]]
            name = "chat"
            channel = "chat-webhook"
            team = "support"
            secret = ["hunter2", { file = "/s" }]
            """
        let smtp = """
            [smtp]
            user = "a"
            password = "hunter2"
            """
        let shown = ConfigurationListing.text(try loaded(text, and: ["conf.d/a.toml": smtp]))
        let lines = shown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for line in [
            "url = \"postgres://me:********@db/hamdel\"  # hamdel.toml:2",
            "listen = \"127.0.0.1:8080\"  # hamdel.toml:4",
            "public_url = \"http://127.0.0.1:8080\"  # follows from other keys",
            "socket = \"/run/hamdel/lmtp.sock\"  # follows from other keys",
            "mode = \"0660\"  # default",
            "# overflow is not set: tickets wait",
            "secret = [\"********\", { file = \"/s\" }]  # hamdel.toml:11",
            "password = \"********\"  # conf.d/a.toml:3",
        ] {
            #expect(lines.contains(line), "\(line)")
        }
        #expect(!shown.contains("hunter2"))
    }

    @Test func whatShowPrintsLoadsAgainAsTheSame() throws {
        let text =
            smallest + """
                signature = { en = "A\\n\\"B\\"", fa = "ب" }
                smtp = { user = "a", password = { env = "X" } }
                [[business_hours]]
                name = "tehran"
                timezone = "Asia/Tehran"
                week = { sat = ["08:00-12:00"] }
                holidays = [2026-03-21, "jalali:1405-01-02"]
                """
        let once = try loaded(text)
        #expect(try configuration(ConfigurationListing.text(once)) == once.configuration)
    }
}
