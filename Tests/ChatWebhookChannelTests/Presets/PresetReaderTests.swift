import ChannelKit
import HelpdeskConfiguration
import HelpdeskCore
import Testing

@testable import ChatWebhookChannel

@Suite("Presets as files")
struct PresetReaderTests {
    private static let good = """
        [preset]
        name = "mine"
        kind = "mine"
        conversations = "perpetual"
        [signature]
        kind = "token"
        given = "{header.x-token}"
        [[incoming]]
        each = "m = body.messages[]"
        id = "{m.id}"
        text = "{m.text}"
        [[incoming.case]]
        is = "message"
        """

    private func faults(_ text: String) -> [String] {
        switch PresetReader.read(Array(text.utf8), file: "my.toml") {
        case .success: []
        case .failure(let faults): faults.faults.map(\.description)
        }
    }

    @Test("every shipped preset reads, and the configuration knows it by name")
    func shipped() throws {
        #expect(PresetCatalogue.names == PresetDesk.names)
        for name in PresetCatalogue.names {
            let preset = try #require(PresetCatalogue.preset(named: name)).get()
            #expect(preset.name == name)
            #expect(preset.reply != nil)
        }
    }

    @Test("a good file is read")
    func readable() { #expect(faults(Self.good) == []) }

    @Test(
        "a bad one is told by file, line and column",
        arguments: [
            (
                "kind = \"token\"", "kind = \"tokn\"",
                "my.toml:6:8: signature.kind: expected \"hmac\", \"token\", \"standard-webhooks\""
            ),
            ("{m.text}", "{m.text", "my.toml:11:16: incoming.text: expected | or }"),
            (
                "{m.text}", "{n.text}",
                "my.toml:11:8: incoming.text: nothing is called n here; there are body, header, m, query, settings"
            ),
            (
                "{m.text}", "{credentials.key}",
                "my.toml:11:8: incoming.text: nothing is called credentials here; there are body, header, m, query, settings"
            ),
            ("{m.text}", "{settings.key}", "my.toml:11:8: incoming.text: [settings] has no key"),
            (
                "m = body.messages[]", "m = body.messages[",
                "my.toml:9:27: incoming.each: expected a number, #binding, member=value, or nothing"
            ),
            ("m = body.messages[]", "m body", "my.toml:9:11: incoming.each: expected ="),
            (
                "is = \"message\"", "is = \"mesage\"",
                "my.toml:13:6: incoming.case.is: expected \"message\", \"receipt\", \"nothing\""
            ),
            (
                "is = \"message\"", "when = \"m.type is 'x'\"",
                "my.toml:13:16: incoming.case.when: expected =, !=, in, not in, or starts"
            ),
            (
                "is = \"message\"", "whne = \"m\"",
                "my.toml:13:1: unknown key \"whne\"; known here: when, is, id, conversation, conversation_kind, sender, identities, author, sent_at, clock, subject, text, in_reply_to, file, automatic, handoff, receipts, status, detail"
            ),
            ("name = \"mine\"", "name = 5", "my.toml:2:8: preset.name: expected text"),
            ("kind = \"mine\"\n", "", "my.toml:1:1: preset.kind is missing"),
        ])
    func bad(_ old: String, _ new: String, _ expected: String) {
        let text = Self.good.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
            .joined(separator: new)
        #expect(text != Self.good)
        #expect(faults(text) == [expected])
    }

    @Test("all faults are told at once, in the order of the file")
    func several() {
        let text = Self.good.replacing("{header.x-token}", with: "{raw}")
            .replacing("{m.id}", with: "{m..id}")
        #expect(
            faults(text) == [
                "my.toml:7:9: signature.given: nothing is called raw here; there are body, header, query, settings",
                "my.toml:10:10: incoming.id: expected a member's name",
            ])
    }

    @Test("ops' own file is used instead of a shipped one, and its faults stop the inbox")
    func own() async throws {
        func channel(_ text: String) throws -> ChatWebhookChannel {
            try PresetDesk.channel(
                "telegram", credentials: [:],
                ["preset_source": .text(text), "preset_file": .text("/etc/hamdel/my.toml")])
        }
        let host = PresetHost()
        let reply = await (try channel(Self.good)).receive(
            WebhookRequest(
                method: "POST", path: "", headers: [("x-token", PresetDesk.secret)],
                body: Array(#"{"messages":[{"id":1,"text":"a"},{"id":2,"text":"b"}]}"#.utf8)),
            host: host)
        #expect(reply.status == 200)
        #expect(host.messages.map(\.externalID) == ["1", "2"])
        let error = #expect(throws: ChannelConfigurationError.self) { try channel("[preset]\n") }
        #expect(error?.key == "preset_file")
        #expect(error?.got.contains("/etc/hamdel/my.toml:1:1") == true)
    }

    @Test("settings and credentials that a preset does not have, or lacks, are named")
    func settings() {
        func key(
            _ preset: String, _ settings: [String: String] = [:],
            _ credentials: [String: String] = [:]
        ) -> String? {
            do {
                _ = try PresetDesk.channel(preset, settings: settings, credentials: credentials)
                return nil
            } catch {
                return (error as? ChannelConfigurationError)?.key
            }
        }
        #expect(key("telegram", ["api_bas": "x"]) == "settings.api_bas")
        #expect(key("telegram", ["api_base": "tapi.bale.ai"]) == "settings.api_base")
        #expect(key("telegram", ["api_base": "https://tapi.bale.ai"]) == nil)
        #expect(key("telegram", [:], ["token": "x"]) == "credentials.token")
        let withoutURL = #expect(throws: ChannelConfigurationError.self) {
            try ChatWebhookChannel(
                configuration: ChannelConfiguration(
                    inbox: InboxID(rawValue: "x"), values: ["preset": .text("twilio")], zone: .utc),
                secrets: ChannelSecrets(live: ["s"]))
        }
        #expect(withoutURL?.key == "webhook_url")
    }

    @Test("bounds: elements, values, ids, depth")
    func bounds() async throws {
        let channel = try PresetDesk.channel(
            "telegram", credentials: [:], ["preset_source": .text(Self.good)])
        func post(_ body: String) async -> (Int, PresetHost) {
            let host = PresetHost()
            let reply = await channel.receive(
                WebhookRequest(
                    method: "POST", path: "", headers: [("x-token", PresetDesk.secret)],
                    body: Array(body.utf8)), host: host)
            return (reply.status, host)
        }
        let many = (0..<600).map { #"{"id":"\#($0)","text":"t"}"# }.joined(separator: ",")
        let (status, host) = await post(#"{"messages":[\#(many)]}"#)
        #expect(status == 200)
        #expect(host.messages.count == 600)
        let long = String(repeating: "م", count: 5_000)
        let (_, longHost) = await post(#"{"messages":[{"id":"\#(long)","text":"t"}]}"#)
        let id = try #require(longHost.messages.first?.externalID)
        #expect(id.utf8.count <= 255)
        #expect(PlainWord.id(long) == id)
        #expect(PlainWord.id(long + "x") != id)
        // No id: the content is the id, so the same again adds nothing.
        let (_, unnamed) = await post(#"{"messages":[{"text":"t"},{"text":"t"},{"text":"u"}]}"#)
        #expect(unnamed.messages.map(\.text) == ["t", "u"])
    }

    @Test("a bot's transcript and its handoff, as a preset says them")
    func handoff() async throws {
        let text = Self.good.replacing(
            "[[incoming.case]]",
            with: """
                handoff = "m.event = 'handoff'"
                [[incoming.case]]
                when = "m.from = 'bot'"
                author = "bot"
                [[incoming.case]]
                """)
        let channel = try PresetDesk.channel(
            "telegram", credentials: [:], ["preset_source": .text(text)])
        let host = PresetHost()
        _ = await channel.receive(
            WebhookRequest(
                method: "POST", path: "", headers: [("x-token", PresetDesk.secret)],
                body: Array(
                    #"{"messages":[{"id":1,"from":"bot","text":"How can I help?"},{"id":2,"from":"v","text":"a person please","event":"handoff"}]}"#
                        .utf8)), host: host)
        #expect(host.messages.map(\.author) == [.bot, .customer])
        #expect(host.messages.map(\.handoff) == [false, true])
    }
}
