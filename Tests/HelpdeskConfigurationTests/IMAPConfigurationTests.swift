import HelpdeskConfiguration
import HelpdeskCore
import Testing

@Suite struct IMAPConfigurationTests {
    private func imap(_ table: String) throws -> IMAPConfiguration? {
        let inbox = try #require(try configuration(smallest + "imap = \(table)\n").inboxes.first)
        guard case .email(let email) = inbox.channel else { return nil }
        return email.imap
    }

    @Test func whatIsNotSaidIsTheSafeWay() throws {
        let imap = try imap(
            "{ url = \"imaps://mail.example.org/\", user = \"sara\", password = { env = \"PW\" } }")
        #expect(imap?.url == "imaps://mail.example.org")
        #expect(imap?.user == "sara")
        #expect(imap?.proof == .password(.environment(variable: "PW"), .any))
        #expect(imap?.encryption == .require)
        #expect(imap?.folder == "INBOX")
        #expect(imap?.waiting == .idle)
        #expect(imap?.poll == .minutes(1))
        #expect(imap?.marking == .untouched)
        #expect(imap?.moveTo == nil)
        #expect(imap?.importSince == nil)
        #expect(imap?.authorities == nil)
    }

    @Test func everythingCanBeSaid() throws {
        let imap = try imap(
            """
            { url = "imap://127.0.0.1:1143", user = "s", token_command = ["/bin/token", "a b"], auth = "xoauth2", \
            folder = "پشتیبانی", tls = "off", ca_file = "/ca.pem", poll = "30s", idle = false, mark_seen = true, \
            move_to = "Done", import_since = 2026-01-01 }
            """)
        #expect(imap?.proof == .tokenCommand(["/bin/token", "a b"]))
        #expect(imap?.folder == "پشتیبانی")
        #expect(imap?.encryption == .off)
        #expect(imap?.authorities == "/ca.pem")
        #expect(imap?.poll == .seconds(30))
        #expect(imap?.waiting == .poll)
        #expect(imap?.marking == .seen)
        #expect(imap?.moveTo == "Done")
        #expect(imap?.importSince == CivilDate(year: 2026, month: 1, day: 1))
    }

    @Test(arguments: [
        ("url = \"http://x\"", "inbox.imap.url"), ("url = \"imaps://x/INBOX\"", "inbox.imap.url"),
        ("url = \"imaps://u@x\"", "inbox.imap.url"), ("user = \"\"", "inbox.imap.user"),
        ("token_command = [\"x\"]", "inbox.imap.password"),
        ("auth = \"xoauth2\"", "inbox.imap.auth"),
        ("auth = \"cram\"", "inbox.imap.auth"), ("folder = \"a\\nb\"", "inbox.imap.folder"),
        ("move_to = \"INBOX\"", "inbox.imap.move_to"), ("poll = \"0s\"", "inbox.imap.poll"),
        ("tls = \"off\"", "inbox.imap.tls"),
        ("import_since = \"2026-02-30\"", "inbox.imap.import_since"),
        ("idel = true", "inbox.imap.idel"), ("token_command = \"x\"", "inbox.imap.token_command"),
    ])
    func whatIsWrongIsNamed(change: String, key: String) throws {
        var parts = [
            "url": "url = \"imap://mail.example.org\"", "user": "user = \"sara\"",
            "password": "password = { env = \"PW\" }",
        ]
        parts[String(change.prefix { $0 != " " })] = change
        let table = "imap = { " + parts.values.sorted().joined(separator: ", ") + " }\n"
        let found = complaints(smallest + table)
        #expect(found.contains { $0.contains(" \(key): ") }, "\(found)")
    }

    @Test func theSecretIsInNoListing() throws {
        let text =
            smallest + "imap = { url = \"imaps://x\", user = \"u\", password = \"hunter2\" }\n"
        let loaded = try loaded(text)
        #expect(!ConfigurationListing.text(loaded).contains("hunter2"))
        #expect(loaded.configuration.inboxes.first?.settings["imap"] == nil)
        #expect(loaded.secretUses.map(\.key) == ["inbox.imap.password"])
    }
}
