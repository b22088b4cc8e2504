import HelpdeskConfiguration
import HelpdeskCore
import Testing

@Suite struct ExecConfigurationTests {
    private func text(_ lines: String) -> String {
        smallest + "[[inbox]]\nname = \"own\"\nchannel = \"exec\"\nteam = \"support\"\n" + lines
    }

    @Test func whatAnAdapterIsHandedStandsInTheSettingsButForItsSecrets() throws {
        let inbox = try #require(
            try configuration(
                text(
                    """
                    command = ["/usr/lib/adapter", "--fast"]
                    config = { folder = "/var/spool/x", every_s = 5, deep = { list = ["a", 1, true] } }
                    secrets = { api_key = { env = "KEY" } }
                    trust_identities = true
                    drain = true
                    """)
            ).inbox(named: "own"))
        #expect(
            inbox.channel
                == .exec(
                    ExecInboxConfiguration(
                        command: ["/usr/lib/adapter", "--fast"],
                        secrets: ["api_key": .environment(variable: "KEY")])))
        #expect(inbox.channel.kind == .exec)
        #expect(inbox.intake == .draining)
        #expect(inbox.continuity == .hours(72))
        #expect(
            inbox.settings == [
                "command": .list([.text("/usr/lib/adapter"), .text("--fast")]),
                "config": .table([
                    "folder": .text("/var/spool/x"), "every_s": .integer(5),
                    "deep": .table(["list": .list([.text("a"), .integer(1), .boolean(true)])]),
                ]),
                "trust_identities": .boolean(true),
            ])
    }

    @Test(arguments: [
        ("", "inbox.command"),
        ("command = []", "inbox.command"),
        ("command = \"/bin/x\"", "inbox.command"),
        ("command = [\"./adapter.py\"]", "inbox.command"),
        ("command = [\"sub/adapter\"]", "inbox.command"),
        ("command = [\"/bin/x\", 5]", "inbox.command"),
        ("command = [\"/bin/x\"]\nconfig = { ratio = 0.5 }", "inbox.config"),
        ("command = [\"/bin/x\"]\nconfig = { since = 2026-01-01 }", "inbox.config"),
        ("command = [\"/bin/x\"]\nconfig = [1]", "inbox.config"),
        ("command = [\"/bin/x\"]\nsecrets = { key = 5 }", "inbox.secrets"),
        ("command = [\"/bin/x\"]\ndrain = \"yes\"", "inbox.drain"),
    ])
    func mistakesNameTheirKey(_ lines: String, _ key: String) {
        let found = complaints(text(lines + "\n"))
        #expect(found.count == 1 && found.first?.contains(key) == true, "\(found)")
    }

    @Test func aProgramMayBeNamedAsInPATH() {
        #expect(complaints(text("command = [\"python3\", \"/srv/adapter.py\"]\n")) == [])
    }
}
