import ChannelKit
import CurlTransport
import Foundation
import HelpdeskCore
import RandomKit
import Testing

@testable import ChatWebhookChannel

/// The folder of the channel, for its test cases and sample.
private let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../channels/chat-webhook").standardizedFileURL

@Suite("Receiving signed webhooks")
struct ReceivingTests {
    private static let now = Instant(milliseconds: 1_795_239_000_000)
    private let host = RecordingHost(now: now)

    static func channel(
        _ values: [String: ChannelConfiguration.Value] = [:], secrets: [String] = ["s3cret"]
    ) throws -> ChatWebhookChannel {
        try ChatWebhookChannel(
            configuration: ChannelConfiguration(
                inbox: InboxID(rawValue: "site-chat"), values: values, zone: .utc),
            secrets: ChannelSecrets(live: secrets), transfer: HTTPTransfer(loop: CurlLoop()),
            clock: { now })
    }

    private func post(
        _ body: [UInt8], _ channel: ChatWebhookChannel? = nil, id: String = "msg_1"
    ) async throws -> WebhookReply {
        let channel = try channel ?? Self.channel()
        let seconds = Self.now.milliseconds / 1000
        let signature = try #require(
            channel.signing.signature(id: id, timestamp: seconds, body: body))
        return await channel.receive(
            WebhookRequest(
                method: "POST", path: "/",
                headers: [
                    ("webhook-id", id), ("webhook-timestamp", "\(seconds)"),
                    ("webhook-signature", signature),
                ], body: body), host: host)
    }

    private func detail(_ reply: WebhookReply) throws -> String {
        let object = try JSONSerialization.jsonObject(with: Data(reply.body)) as? [String: Any]
        return object?["detail"] as? String ?? ""
    }

    @Test("everything a message can say arrives as it was said")
    func whole() async throws {
        let body = try Array(Data(contentsOf: folder.appending(path: "testcases/whole.json")))
        let reply = try await post(body, Self.channel(["trust_identities": .boolean(true)]))
        #expect(reply.status == 200)
        #expect(
            String(decoding: reply.body, as: UTF8.self)
                == #"{"messages":[{"external_id":"m-1","outcome":"ticketed","message":5,"ticket":7,"reason":null}]}"#
        )
        var expected = InboundMessage(
            externalID: "m-1", conversation: "visit-9",
            sender: Sender(
                identity: ClaimedIdentity(
                    address: IdentityAddress(kind: "site", value: "u-77"), evidence: .vouched),
                name: "سارا"),
            identities: [
                ClaimedIdentity(address: .email("sara@example.ir"), evidence: .vouched),
                ClaimedIdentity(address: .phone("+989121234567"), evidence: .claimed),
            ], author: .customer, kind: .message, sentAt: Instant(milliseconds: 1_795_238_999_250),
            subject: "سفارش", text: "سلام\n[box.jpg] https://chat.example.org/f/1",
            html: "<p>سلام</p>",
            attachments: [
                InboundAttachment(
                    name: "note.txt", contentType: "text/plain", size: 3,
                    sha256: BlobHash(
                        rawValue: "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
                    ),
                    body: .bytes(Array("foo".utf8)))
            ], inReplyTo: "m-0", references: ["m-0"], autoSubmitted: .no, senderAuth: .verified,
            raw: body.last == 0x0A ? body.dropLast() : body)
        expected.handoff = true
        #expect(host.messages == [expected])
        #expect(host.batches.first?.request?.id == "msg_1")
        #expect(host.batches.first?.request?.bodyHash.count == 32)
    }

    @Test("`verified` counts only where the inbox trusts its integration")
    func untrusted() async throws {
        let body = try Array(Data(contentsOf: folder.appending(path: "testcases/whole.json")))
        _ = try await post(body)
        let message = try #require(host.messages.first)
        #expect(message.senderAuth == .unchecked)
        #expect(message.sender.identity?.evidence == .claimed)
        #expect(message.identities.allSatisfy { $0.evidence == .claimed })
    }

    @Test("several messages in one request, in order; a call and a bot among them")
    func several() async throws {
        let body = try Array(Data(contentsOf: folder.appending(path: "testcases/several.json")))
        let reply = try await post(body)
        #expect(reply.status == 200)
        #expect(host.messages.map(\.externalID) == ["a", "b", "c"])
        #expect(host.messages.map(\.author) == [.customer, .bot, .agent])
        #expect(host.messages[1].autoSubmitted == .generated)
        #expect(
            host.messages[2].call
                == Call(
                    direction: .outbound, outcome: .answered, durationSeconds: 61, extension: "12"))
        #expect(host.messages[0].sender == Sender(identity: nil, name: "visitor"))
        #expect(host.messages[0].text == "one\ntwo & three")
    }

    @Test("a wrong signature is 401 and nothing is read")
    func unsigned() async throws {
        let channel = try Self.channel()
        for headers in [
            [],
            [
                ("webhook-id", "a"), ("webhook-timestamp", "1795239000"),
                ("webhook-signature", "v1,AAAA"),
            ],
        ] {
            let reply = await channel.receive(
                WebhookRequest(method: "POST", path: "/", headers: headers, body: Array("{".utf8)),
                host: host)
            #expect(reply.status == 401)
        }
        #expect(host.batches.isEmpty)
        let get = await channel.receive(
            WebhookRequest(method: "GET", path: "/", headers: [], body: []), host: host)
        #expect(get.status == 405)
    }

    private static let person = #""sender":{"kind":"site","id":"u"}"#

    @Test(
        "what is malformed is 400 with its place, and nothing of it is kept",
        arguments: [
            ("{", "byte 1: expected a name in quotes"), ("[]", "expected an object, got a list"),
            ("{}", "external_id: is missing; it must be unique in the inbox"),
            (#"{"external_id":7}"#, "external_id: expected text, got a number"),
            (#"{"external_id":""}"#, "external_id: must not be empty"),
            (#"{"external_id":"a\nb"}"#, "external_id: must not hold control characters"),
            (
                #"{"external_id":"a","text":"x"}"#,
                "sender: is missing; expected {kind, id, name, verified}"
            ),
            (
                #"{"external_id":"a","text":"x","sender":"sara"}"#,
                "sender: expected an object, got text"
            ),
            (
                #"{"external_id":"a","text":"x","sender":{"id":"u"}}"#,
                #"sender.kind: is missing; "email", "tel", or the provider's name"#
            ),
            (
                #"{"external_id":"a","text":"x","sender":{"kind":"Site","id":"u"}}"#,
                "sender.kind: expected a-z, 0-9, - and _ only"
            ),
            (
                #"{"external_id":"a","text":"x","sender":{"kind":"email","id":"sara"}}"#,
                "sender.id: is no address of kind email"
            ),
            (
                #"{"external_id":"a","text":"x","sender":{"kind":"site","id":"u","verified":"yes"}}"#,
                "sender.verified: expected true or false, got text"
            ),
            (
                #"{"external_id":"a",\#(person)}"#,
                "text: is missing; a message has text, html, attachments or a call"
            ),
            (
                #"{"external_id":"a","text":null,\#(person)}"#,
                "text: is missing; a message has text, html, attachments or a call"
            ),
            (#"{"external_id":"a","text":["x"],\#(person)}"#, "text: expected text, got a list"),
            (
                #"{"external_id":"a","text":"x","sent_at":"today",\#(person)}"#,
                "sent_at: expected a time like 2026-11-21T05:30:00Z"
            ),
            (
                #"{"external_id":"a","text":"x","author":"boss",\#(person)}"#,
                "author: expected customer, agent, bot"
            ),
            (
                #"{"external_id":"a","text":"x","kind":"call",\#(person)}"#,
                #"call: goes with kind "call", and the other way round"#
            ),
            (
                #"{"external_id":"a","kind":"call","call":{"direction":"in"},\#(person)}"#,
                "call.outcome: is missing"
            ),
            (
                #"{"external_id":"a","kind":"call","call":{"direction":"in","outcome":"answered","duration_s":-1},\#(person)}"#,
                "call.duration_s: expected a whole number from 0 to 604800"
            ),
            (
                #"{"external_id":"a","text":"x","identities":[{"kind":"tel","id":"1"},{"kind":"tel"}],\#(person)}"#,
                "identities[1].id: is missing"
            ),
            (
                #"{"external_id":"a","text":"x","attachments":[{"data":"!"}],\#(person)}"#,
                "attachments[0].data: expected base64"
            ),
            (
                #"{"external_id":"a","text":"x","attachments":[{"name":"n"}],\#(person)}"#,
                "attachments[0].data: is missing; an attachment has data (base64) or url"
            ),
            (
                #"{"external_id":"a","text":"x","references":[1],\#(person)}"#,
                "references[0]: expected text of 1 to 998 bytes"
            ),
            (#"{"messages":[]}"#, "messages: expected a list of 1 to 256 messages"),
            (#"{"messages":{}}"#, "messages: expected a list of 1 to 256 messages"),
            (
                #"{"messages":[{"external_id":"a","text":"x",\#(person)},{"external_id":"b","text":1,\#(person)}]}"#,
                "messages[1].text: expected text, got a number"
            ),
            (
                #"{"external_id":"a","text":"\ud800",\#(person)}"#,
                "text (byte 27): a lone surrogate"
            ),
        ])
    func malformed(_ body: String, _ expected: String) async throws {
        let reply = try await post(Array(body.utf8))
        #expect(reply.status == 400)
        #expect(reply.contentType == "application/problem+json")
        #expect(try detail(reply) == expected)
        #expect(host.batches.isEmpty)
    }

    @Test("a body over a MiB is refused")
    func tooLarge() async throws {
        let reply = try await post(Array(repeating: 0x20, count: 1024 * 1024 + 1))
        #expect(reply.status == 400)
    }

    @Test(
        "the host's refusals become the answers of the contract",
        arguments: [
            (DeliveryRefusal.busy(retryAfter: TimeSpan(milliseconds: 1500)), 503, 2),
            (.noSpace, 503, 60), (.stopping, 503, 5), (.storeFailed("disk"), 503, 30),
            (.conflict(existing: "m-1"), 409, nil),
        ] as [(DeliveryRefusal, Int, Int?)])
    func refusals(_ refusal: DeliveryRefusal, _ status: Int, _ retryAfter: Int?) async throws {
        host.refuse(refusal)
        let reply = try await post(Array(#"{"external_id":"a","text":"x",\#(Self.person)}"#.utf8))
        #expect(reply.status == status)
        #expect(reply.retryAfter == retryAfter)
        // What failed inside is the log's, not the world's.
        #expect(!String(decoding: reply.body, as: UTF8.self).contains("disk"))
    }

    @Test("unknown members, NUL and numbers written in Persian")
    func leniency() async throws {
        let body =
            #"{"external_id":"a","text":"x\u0000y","colour":{"deep":[1]},"sender":{"kind":"tel","id":"۰۹۱۲ ۱۲۳-۴۵۶۷"}}"#
        #expect(try await post(Array(body.utf8)).status == 200)
        #expect(host.messages.first?.text == "x\u{2400}y")
        #expect(host.messages.first?.sender.identity?.address.text == "tel:09121234567")
    }

    @Test("random changes to a good body are answered, never trapped on")
    func random() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let good = try Array(Data(contentsOf: folder.appending(path: "testcases/whole.json")))
        let channel = try Self.channel()
        for _ in 0..<2000 {
            var body = good
            for _ in 0...(random.next() % 3) {
                let index = Int(random.next() % UInt64(body.count))
                switch random.next() % 3 {
                case 0: body[index] = UInt8(truncatingIfNeeded: random.next())
                case 1: body.remove(at: index)
                default:
                    body.insert(contentsOf: good[min(index, good.count)...].prefix(8), at: index)
                }
            }
            let status = try await post(body, channel).status
            #expect(status == 200 || status == 400, "seed \(seed)")
        }
    }

    @Test("wrong settings name their key; the sample is the code's")
    func settings() throws {
        let wrong: [(String, ChannelConfiguration.Value)] = [
            ("preset", .text("icq")), ("trust_identities", .text("true")),
            ("reply_url", .text("ftp://x")),
            ("reply_url", .text("https://x y")), ("reply_url", .integer(1)),
            ("conversations", .text("room")),
        ]
        for (key, value) in wrong {
            let error = #expect(throws: ChannelConfigurationError.self) {
                try Self.channel([key: value])
            }
            #expect(error?.key == key)
        }
        for secrets in [[], [""], ["good", "whsec_?"]] {
            let error = #expect(throws: ChannelConfigurationError.self) {
                try Self.channel(secrets: secrets)
            }
            #expect(error?.key == "secret")
        }
        let sample = try String(contentsOf: folder.appending(path: "sample.toml"), encoding: .utf8)
        #expect(ChatWebhookChannel.sampleConfiguration == sample)
    }
}
