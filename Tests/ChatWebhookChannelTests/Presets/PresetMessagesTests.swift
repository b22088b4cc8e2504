import ChannelKit
import HelpdeskCore
import RandomKit
import Testing

@testable import ChatWebhookChannel

/// What providers document that they send, and what it must become. Written after their documentation.
@Suite("What shipped presets make of providers' payloads")
struct PresetMessagesTests {
    struct Golden: CustomTestStringConvertible, Sendable {
        let preset: String
        let what: String
        let body: String
        /// One line per message or receipt, as `described` writes it.
        let expected: [String]
        var settings: [String: String] = [:]
        var testDescription: String { "\(preset): \(what)" }
    }

    /// `author kind:id "name" conversation id <reply | text`, marks for automatic and handoff.
    static func described(_ message: InboundMessage) -> String {
        let sender = message.sender.identity?.address.text ?? "nobody"
        let name = message.sender.name.map { " \"\($0)\"" } ?? ""
        let reply = message.inReplyTo.map { " <\($0)" } ?? ""
        let marks =
            (message.autoSubmitted == .no ? "" : " automatic") + (message.handoff ? " handoff" : "")
            + (message.conversationKind.map { " \($0.rawValue)" } ?? "")
        return
            "\(message.author.rawValue) \(sender)\(name) \(message.conversation ?? "-") \(message.externalID)\(reply)\(marks) | \(message.text)"
    }

    static func described(_ receipt: Receipt) -> String {
        "receipt \(receipt.externalID) \(receipt.kind.rawValue)"
            + (receipt.detail.map { " (\($0))" } ?? "")
    }

    @Test("documented payloads", arguments: Golden.telegram + Golden.whatsapp + Golden.others)
    func golden(_ golden: Golden) async throws {
        let host = PresetHost()
        let isForm = golden.body.first != "{"
        let channel = try PresetDesk.channel(golden.preset, settings: golden.settings)
        let reply = await channel.receive(
            PresetDesk.request(
                golden.preset, Array(golden.body.utf8),
                type: isForm ? "application/x-www-form-urlencoded" : "application/json"),
            host: host)
        #expect(reply.status == 200)
        #expect(
            host.messages.map(Self.described) + host.receipts.map(Self.described)
                == golden.expected)
    }

    @Test("no payload is blank, doubled or lost when a provider sends it again, in any order")
    func again() async throws {
        for golden in Golden.telegram + Golden.whatsapp + Golden.others {
            let host = PresetHost()
            let channel = try PresetDesk.channel(golden.preset, settings: golden.settings)
            let isForm = golden.body.first != "{"
            for _ in 0..<3 {
                let reply = await channel.receive(
                    PresetDesk.request(
                        golden.preset, Array(golden.body.utf8),
                        type: isForm ? "application/x-www-form-urlencoded" : "application/json"),
                    host: host)
                #expect(reply.status == 200)
            }
            let kept = host.messages.count
            #expect(kept == golden.expected.count { !$0.hasPrefix("receipt") }, "\(golden.what)")
            #expect(host.messages.allSatisfy { !$0.text.isEmpty }, "\(golden.what)")
        }
    }

    @Test(
        "when nothing can be kept the provider keeps it; a message known with other content is no fault of its neighbours"
    )
    func refusals() async throws {
        let host = PresetHost()
        let one = Golden.whatsapp[0].body
        host.refuse(.noSpace)
        let refused = try await PresetDesk.post("whatsapp", one, host).reply
        #expect(refused.status == 503)
        #expect(refused.retryAfter == 60)
        #expect(host.messages.isEmpty)
        host.refuse(nil)
        _ = try await PresetDesk.post("whatsapp", one, host)
        // The first again with other words, and a second one beside it.
        let both = one.replacingOccurrences(
            "]}}]}]}",
            #",{"from":"989121234567","id":"wamid.other","timestamp":"1700000009","type":"text","text":{"body":"دوم"}}]}}]}]}"#
        ).replacingOccurrences("Does it come in another color?", "changed")
        let reply = try await PresetDesk.post("whatsapp", both, host).reply
        #expect(reply.status == 200)
        #expect(host.messages.map(\.text) == ["Does it come in another color?", "دوم"])
    }

    @Test("what is no document is 400, what is unsigned 401, another method 405")
    func bad() async throws {
        for preset in ["telegram", "whatsapp", "slack"] {
            let broken = try await PresetDesk.post(preset, #"{"a":"#).reply
            #expect(broken.status == 400, "\(preset)")
            let channel = try PresetDesk.channel(preset)
            let unsigned = await channel.receive(
                WebhookRequest(method: "POST", path: "", headers: [], body: Array("{}".utf8)),
                host: PresetHost())
            #expect(unsigned.status == 401, "\(preset)")
            let other = await channel.receive(
                WebhookRequest(method: "PUT", path: "", headers: [], body: []), host: PresetHost())
            #expect(other.status == 405, "\(preset)")
        }
    }

    @Test("random changes to good payloads are answered, never trapped on")
    func mutated() async throws {
        let seed: UInt64 = 77
        var random = SeededRandom(seed: seed)
        let all = Golden.telegram + Golden.whatsapp + Golden.others
        var channels: [String: ChatWebhookChannel] = [:]
        for preset in PresetDesk.names { channels[preset] = try PresetDesk.channel(preset) }
        for _ in 0..<3_000 {
            let golden = all[Int(random.next() % UInt64(all.count))]
            var bytes = Array(golden.body.utf8)
            for _ in 0..<(1 + random.next() % 4) {
                let index = Int(random.next() % UInt64(bytes.count))
                bytes[index] = UInt8(truncatingIfNeeded: random.next())
            }
            let type =
                golden.body.first == "{" ? "application/json" : "application/x-www-form-urlencoded"
            let host = PresetHost()
            let reply = try await #require(channels[golden.preset]).receive(
                PresetDesk.request(golden.preset, bytes, type: type), host: host)
            #expect([200, 400, 401].contains(reply.status), "seed \(seed)")
        }
    }

    @Test("WhatsApp asks by GET whether the address is ours; only the right token is answered")
    func verification() async throws {
        let channel = try PresetDesk.channel("whatsapp")
        func ask(_ query: String) async -> WebhookReply {
            await channel.receive(
                WebhookRequest(method: "GET", path: query, headers: [], body: []),
                host: PresetHost())
        }
        let right = await ask(
            "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=verify-me")
        #expect(
            right
                == WebhookReply(
                    status: 200, contentType: "text/plain", body: Array("1158201444".utf8)))
        #expect(await ask("?hub.mode=subscribe&hub.challenge=1&hub.verify_token=no").status == 403)
        #expect(await ask("?hub.mode=subscribe&hub.challenge=1").status == 403)
        // Without a token of ours nobody can guess it.
        let without = try PresetDesk.channel("whatsapp", credentials: [:])
        let reply = await without.receive(
            WebhookRequest(
                method: "GET", path: "?hub.mode=subscribe&hub.challenge=1&hub.verify_token=",
                headers: [], body: []), host: PresetHost())
        #expect(reply.status == 403)
    }

    @Test("Slack's url_verification is answered once it is signed")
    func slackVerification() async throws {
        let asked = #"{"token":"x","challenge":"3eZbrw1a","type":"url_verification"}"#
        let reply = try await PresetDesk.post("slack", asked).reply
        #expect(
            reply
                == WebhookReply(
                    status: 200, contentType: "text/plain", body: Array("3eZbrw1a".utf8)))
        let unsigned = await (try PresetDesk.channel("slack")).receive(
            WebhookRequest(method: "POST", path: "", headers: [], body: Array(asked.utf8)),
            host: PresetHost())
        #expect(unsigned.status == 401)
    }

    @Test("Kavenegar's message may come in the query of a GET")
    func kavenegarGET() async throws {
        let host = PresetHost()
        let channel = try PresetDesk.channel("kavenegar")
        let query = FormBody.encoded("سلام، سفارش من نرسید")
        let reply = await channel.receive(
            WebhookRequest(
                method: "GET",
                path:
                    "?token=\(PresetDesk.secret)&messageid=8792343&from=09121234567&to=10004346&message=\(query)",
                headers: [], body: []), host: host)
        #expect(reply.status == 200)
        #expect(String(decoding: reply.body, as: UTF8.self) == "OK")
        #expect(
            host.messages.map(Self.described) == [
                "customer tel:+989121234567 09121234567 8792343 | سلام، سفارش من نرسید"
            ])
    }

    @Test("a phone number is vouched for only where the inbox trusts its provider")
    func trust() async throws {
        for (trusts, evidence) in [(false, ClaimedIdentity.Evidence.claimed), (true, .vouched)] {
            let channel = try PresetDesk.channel(
                "whatsapp", ["trust_identities": .boolean(trusts)])
            let host = PresetHost()
            _ = try await PresetDesk.post("whatsapp", Golden.whatsapp[0].body, to: channel, host)
            let message = try #require(host.messages.first)
            #expect(message.senderAuth == .verified)
            #expect(
                message.identities == [
                    ClaimedIdentity(address: .phone("+989121234567"), evidence: evidence)
                ])
        }
        // The sender of an SMS can be forged: claimed, whatever the inbox trusts.
        let sms = try PresetDesk.channel("kavenegar", ["trust_identities": .boolean(true)])
        let host = PresetHost()
        _ = try await PresetDesk.post(
            "kavenegar", #"{"messageid":"1","from":"9121234567","message":"x"}"#, to: sms, host)
        #expect(host.messages.first?.senderAuth == .unchecked)
        #expect(
            host.messages.first?.sender.identity
                == ClaimedIdentity(address: .phone("+989121234567"), evidence: .claimed))
    }

    @Test(
        "numbers as providers write them",
        arguments: [
            ("+98 912 123 4567", "98", "+989121234567"), ("00989121234567", "98", "+989121234567"),
            ("09121234567", "98", "+989121234567"), ("9121234567", "98", "+989121234567"),
            ("۰۹۱۲۱۲۳۴۵۶۷", "98", "+989121234567"), ("989121234567", "98", "+989121234567"),
            ("1000596446", "", "1000596446"), ("30005", "98", "30005"),
            ("Irancell", "98", "Irancell"),
            ("whatsapp:+15005550006", "", "+15005550006"), ("", "98", ""),
        ])
    func numbers(_ text: String, _ code: String, _ expected: String) {
        #expect(PhoneText.number(text, countryCode: code) == expected)
    }

    @Test(
        "the other spelling of a mobile number",
        arguments: [
            ("+554188887777", "+5541988887777"), ("+5541988887777", "+554188887777"),
            ("+5491123456789", "+541123456789"), ("+541123456789", "+5491123456789"),
            ("+5215512345678", "+525512345678"), ("+989121234567", nil), ("+554132221111", nil),
        ] as [(String, String?)])
    func otherForms(_ number: String, _ other: String?) {
        #expect(PhoneText.otherForm(number) == other)
    }
}

extension String {
    fileprivate func replacingOccurrences(_ old: String, _ new: String) -> String {
        split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    }
}
