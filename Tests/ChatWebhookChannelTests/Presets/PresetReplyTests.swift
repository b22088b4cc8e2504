import ChannelKit
import CurlTransport
import HelpdeskCore
import StubServers
import Testing

@testable import ChatWebhookChannel

@Suite("Answers in providers' words")
struct PresetReplyTests {
    private func message(
        _ text: String = "سلام سارا", conversation: String? = nil, to: IdentityAddress,
        inReplyTo: String? = nil
    ) -> OutboundMessage {
        OutboundMessage(
            delivery: DeliveryID(rawValue: 42), ticket: TicketNumber(rawValue: 7), purpose: .reply,
            conversation: conversation, to: [.init(address: to, name: "سارا")], subject: "S",
            text: text, language: "fa", messageID: "reply-1@desk.example.org",
            inReplyTo: inReplyTo, date: PresetDesk.now)
    }

    private struct Sent: Equatable {
        var line: String
        var authorization: String?
        var body: String
        var result: SendResult
    }

    private func send(
        _ preset: String, _ settings: [String: String], _ message: OutboundMessage, answer: String,
        status: String = "200 OK", headers: String = ""
    ) async throws -> Sent {
        let record = HTTPRecord()
        let server = try StubServer.http(record) { _ in
            "HTTP/1.1 \(status)\r\nContent-Length: \(answer.utf8.count)\r\n\(headers)\r\n\(answer)"
        }
        var settings = settings
        settings["api_base"] = "http://127.0.0.1:\(server.port)"
        let channel = try PresetDesk.channel(preset, settings: settings)
        #expect(channel.capabilities.sending == .supported)
        let prepared = try channel.prepare(message)
        let result = await channel.send(prepared, attempt: 1)
        let request = try #require(record.requests.first)
        #expect(record.requests.count == 1)
        // Nothing secret stands in what is kept with the outbox row.
        let secrets = [PresetDesk.secret] + (PresetDesk.credentials[preset] ?? [:]).values
        let kept = String(decoding: prepared.bytes, as: UTF8.self)
        #expect(!secrets.contains { kept.contains($0) })
        return Sent(
            line: request.line, authorization: request.headers["authorization"],
            body: String(decoding: request.body, as: UTF8.self), result: result)
    }

    @Test("Telegram: sendMessage, its id as receipts and answers name it")
    func telegram() async throws {
        let sent = try await send(
            "telegram", [:],
            message(conversation: "5", to: IdentityAddress(kind: "telegram", value: "5")),
            answer: #"{"ok":true,"result":{"message_id":99,"chat":{"id":5}}}"#)
        #expect(
            sent
                == Sent(
                    line: "POST /bot123:abc/sendMessage HTTP/1.1",
                    body: #"{"chat_id":"5","text":"سلام سارا"}"#, result: .sent(externalID: "5:99"))
        )
    }

    @Test("WhatsApp: the number's id in the path, the token in a header")
    func whatsapp() async throws {
        let sent = try await send(
            "whatsapp", ["phone_number_id": "106540352242922"],
            message(
                conversation: "989121234567",
                to: IdentityAddress(kind: "whatsapp", value: "989121234567"), inReplyTo: "wamid.A"),
            answer: #"{"messaging_product":"whatsapp","messages":[{"id":"wamid.R"}]}"#)
        #expect(
            sent
                == Sent(
                    line: "POST /106540352242922/messages HTTP/1.1", authorization: "Bearer EAAB",
                    body:
                        #"{"messaging_product":"whatsapp","recipient_type":"individual","to":"989121234567","type":"text","text":{"body":"سلام سارا"},"context":{"message_id":"wamid.A"}}"#,
                    result: .queued(externalID: "wamid.R")))
    }

    @Test("Twilio: a form, signed in with the account's id and token")
    func twilio() async throws {
        let sent = try await send(
            "twilio", ["account_sid": "AC1", "from": "+15005550006"],
            message("Ahoy & more", conversation: "+14155551234", to: .phone("+14155551234")),
            answer: #"{"sid":"SM9","status":"queued"}"#, status: "201 Created")
        #expect(sent.line == "POST /2010-04-01/Accounts/AC1/Messages.json HTTP/1.1")
        #expect(
            sent.authorization == "Basic "
                + WireBase64.encoded(Array("AC1:\(PresetDesk.secret)".utf8)))
        #expect(sent.body == "To=%2B14155551234&From=%2B15005550006&Body=Ahoy%20%26%20more")
        #expect(sent.result == .queued(externalID: "SM9"))
    }

    @Test(
        "Kavenegar: the delivery's number makes a second attempt harmless; a caller who never wrote can be reached"
    )
    func kavenegar() async throws {
        let sent = try await send(
            "kavenegar", ["sender": "10004346"], message("سلام", to: .phone("+989121234567")),
            answer:
                #"{"return":{"status":200,"message":"تایید شد"},"entries":[{"messageid":8792343,"status":1}]}"#
        )
        #expect(sent.line == "POST /v1/key-1/sms/send.json HTTP/1.1")
        #expect(
            sent.body
                == "receptor=%2B989121234567&sender=10004346&message=%D8%B3%D9%84%D8%A7%D9%85&localid=42"
        )
        #expect(sent.result == .queued(externalID: "8792343"))
        let channel = try PresetDesk.channel("kavenegar")
        #expect(channel.capabilities.attemptSafety == .idempotent)
        #expect(channel.capabilities.claimedSenders == .everywhere)
    }

    @Test("Slack: into the thread; Mattermost: below the post")
    func threads() async throws {
        let slack = try await send(
            "slack", [:],
            message(conversation: "C1:1.1", to: IdentityAddress(kind: "slack", value: "T1/U1")),
            answer: #"{"ok":true,"channel":"C1","ts":"9.9"}"#)
        #expect(slack.line == "POST /chat.postMessage HTTP/1.1")
        #expect(
            slack.body
                == #"{"channel":"C1","thread_ts":"1.1","text":"سلام سارا","unfurl_links":false}"#)
        #expect(slack.result == .sent(externalID: "C1:9.9"))
        let direct = try await send(
            "slack", [:],
            message(conversation: "D1:", to: IdentityAddress(kind: "slack", value: "T1/U1")),
            answer: #"{"ok":true,"channel":"D1","ts":"9.9"}"#)
        #expect(direct.body == #"{"channel":"D1","text":"سلام سارا","unfurl_links":false}"#)
        let mattermost = try await send(
            "mattermost", [:],
            message(conversation: "ch:po", to: IdentityAddress(kind: "mattermost", value: "u")),
            answer: #"{"id":"newpost"}"#, status: "201 Created")
        #expect(mattermost.line == "POST /api/v4/posts HTTP/1.1")
        #expect(mattermost.body == #"{"channel_id":"ch","root_id":"po","message":"سلام سارا"}"#)
        #expect(mattermost.result == .sent(externalID: "newpost"))
    }

    struct Answer: Sendable {
        let preset: String
        let status: String
        let body: String
        let expected: SendResult
    }

    @Test(
        "what providers refuse, and how",
        arguments: [
            Answer(
                preset: "whatsapp", status: "400 Bad Request",
                body:
                    #"{"error":{"message":"(#131047) Re-engagement message","code":131047,"error_data":{"details":"More than 24 hours"}}}"#,
                expected: .rejected(.windowClosed, detail: "HTTP 400: 131047 More than 24 hours")),
            Answer(
                preset: "whatsapp", status: "401 Unauthorized",
                body: #"{"error":{"message":"token expired","code":190}}"#,
                expected: .rejected(.auth, detail: "HTTP 401: 190 token expired")),
            Answer(
                preset: "whatsapp", status: "400 Bad Request",
                body: #"{"error":{"message":"rate","code":130429}}"#,
                expected: .retry(after: nil, detail: "HTTP 400: 130429 rate")),
            Answer(
                preset: "telegram", status: "429 Too Many Requests",
                body:
                    #"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 14","parameters":{"retry_after":14}}"#,
                expected: .retry(
                    after: .seconds(14), detail: "HTTP 429: Too Many Requests: retry after 14")),
            Answer(
                preset: "telegram", status: "403 Forbidden",
                body: #"{"ok":false,"description":"Forbidden: bot was blocked by the user"}"#,
                expected: .rejected(
                    .blocked, detail: "HTTP 403: Forbidden: bot was blocked by the user")),
            Answer(
                preset: "telegram", status: "502 Bad Gateway", body: "<html>",
                expected: .retry(after: nil, detail: "HTTP 502")),
            Answer(
                preset: "twilio", status: "400 Bad Request",
                body: #"{"code":21610,"message":"unsubscribed recipient"}"#,
                expected: .rejected(.blocked, detail: "HTTP 400: 21610 unsubscribed recipient")),
            Answer(
                preset: "kavenegar", status: "411 Length Required",
                body: #"{"return":{"status":411,"message":"bad receptor"},"entries":null}"#,
                expected: .rejected(.badAddress, detail: "HTTP 411: 411 bad receptor")),
            Answer(
                preset: "slack", status: "200 OK",
                body: #"{"ok":false,"error":"channel_not_found"}"#,
                expected: .rejected(.badAddress, detail: "HTTP 200: channel_not_found")),
            Answer(
                preset: "slack", status: "200 OK", body: #"{"ok":false,"error":"brand_new_error"}"#,
                expected: .rejected(.content, detail: "HTTP 200: brand_new_error")),
        ])
    func refused(_ answer: Answer) async throws {
        let settings = [
            "whatsapp": ["phone_number_id": "1"], "twilio": ["account_sid": "AC1", "from": "+1"],
        ]
        let sent = try await send(
            answer.preset, settings[answer.preset] ?? [:],
            message(conversation: "5:6", to: .phone("+14155551234")), answer: answer.body,
            status: answer.status)
        #expect(sent.result == answer.expected)
    }

    @Test(
        "a connection that breaks behind the message leaves it uncertain, unless a second copy is harmless"
    )
    func broken() async throws {
        for (preset, isUncertain) in [("telegram", true), ("kavenegar", false)] {
            let server = try StubServer { connection in
                _ = connection.readRequest()
                connection.cut()
            }
            let channel = try PresetDesk.channel(
                preset, settings: ["api_base": "http://127.0.0.1:\(server.port)"])
            let prepared = try channel.prepare(
                message(conversation: "5", to: .phone("+989121234567")))
            let result = await channel.send(prepared, attempt: 1)
            switch result {
            case .uncertain: #expect(isUncertain)
            case .retry: #expect(!isUncertain)
            default: Issue.record("\(preset): \(result)")
            }
        }
    }

    @Test("what cannot be sent is said before: no address, too long, a file, no credentials")
    func unprepared() throws {
        func code(
            _ preset: String, _ message: OutboundMessage, _ credentials: [String: String]? = nil
        ) -> OutboundRefusal.Code? {
            do {
                _ = try PresetDesk.channel(preset, credentials: credentials).prepare(message)
                return nil
            } catch let refusal as OutboundRefusal {
                return refusal.code
            } catch {
                return nil
            }
        }
        let telegram = IdentityAddress(kind: "telegram", value: "5")
        #expect(code("telegram", message(to: telegram)) == nil)
        #expect(code("slack", message(to: telegram)) == .badAddress)
        // 4096 of UTF-16: a smile counts twice.
        let smiles = String(repeating: "😀", count: 2048)
        #expect(code("telegram", message(smiles, to: telegram)) == nil)
        #expect(code("telegram", message(smiles + "x", to: telegram)) == .tooLong)
        var withFile = message(to: telegram)
        withFile.attachments = [.init(name: "a", contentType: "text/plain", bytes: [1])]
        #expect(code("telegram", withFile) == .unsupported)
        #expect(code("telegram", message(to: telegram), [:]) == .receiveOnly)
        let receiving = try PresetDesk.channel("telegram", credentials: [:])
        #expect(receiving.capabilities.sending == .receiveOnly)
        #expect(
            try PresetDesk.channel("whatsapp", settings: ["phone_number_id": "1"]).capabilities
                .replyWindow == .hours(24))
    }
}
