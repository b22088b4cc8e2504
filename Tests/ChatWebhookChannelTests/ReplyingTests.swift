import ChannelKit
import CurlTransport
import Foundation
import HelpdeskCore
import StubServers
import Testing

@testable import ChatWebhookChannel

@Suite("Answers out")
struct ReplyingTests {
    private static let now = Instant(milliseconds: 1_795_239_000_000)

    private func message(
        _ text: String = "سلام سارا", purpose: OutboundMessage.Purpose = .reply
    ) -> OutboundMessage {
        OutboundMessage(
            delivery: DeliveryID(rawValue: 42), ticket: TicketNumber(rawValue: 7), purpose: purpose,
            conversation: "visit-9",
            to: [.init(address: IdentityAddress(kind: "site", value: "u-77"), name: "سارا")],
            subject: nil, text: text, language: "fa",
            attachments: [
                .init(name: "a.txt", contentType: "text/plain", bytes: Array("foo".utf8))
            ],
            messageID: "reply-1@desk.example.org", inReplyTo: "m-1", references: ["m-1"],
            date: Self.now)
    }

    private func channel(_ server: StubServer) throws -> ChatWebhookChannel {
        try ReceivingTests.channel(["reply_url": .text("http://127.0.0.1:\(server.port)/hamdel")])
    }

    @Test("an answer is posted, signed, in the shape that comes in; its id stays in every attempt")
    func posted() async throws {
        let record = HTTPRecord()
        let server = try StubServer.http(record) { _ in
            "HTTP/1.1 201 Created\r\nContent-Length: 22\r\n\r\n{\"external_id\":\"x-99\"}\n"
        }
        let channel = try channel(server)
        let prepared = try channel.prepare(message())
        #expect(await channel.send(prepared, attempt: 1) == .sent(externalID: "x-99"))
        #expect(await channel.send(prepared, attempt: 2) == .sent(externalID: "x-99"))
        let requests = record.requests
        try #require(requests.count == 2)
        #expect(requests[0].line == "POST /hamdel HTTP/1.1")
        #expect(requests[0].headers["webhook-id"] == requests[1].headers["webhook-id"])
        #expect(requests[0].headers["content-type"] == "application/json")
        #expect(
            String(decoding: requests[0].body, as: UTF8.self)
                == #"{"external_id":"reply-1@desk.example.org","conversation":"visit-9","to":[{"kind":"site","id":"u-77","name":"سارا"}],"author":"agent","kind":"message","purpose":"reply","ticket":7,"sent_at":"2026-11-21T05:30:00Z","subject":null,"text":"سلام سارا","language":"fa","attachments":[{"name":"a.txt","content_type":"text/plain","size":3,"data":"Zm9v"}],"in_reply_to":"m-1","references":["m-1"],"auto_submitted":"no"}"#
        )
        // Whoever has the secret can check it, by the same rules.
        let id = try channel.signing.verify(
            id: requests[0].headers["webhook-id"],
            timestamp: requests[0].headers["webhook-timestamp"],
            signatures: requests[0].headers["webhook-signature"], body: requests[0].body,
            at: Self.now)
        #expect(id.hasPrefix("msg_42_"))
        let other = try channel.prepare(message("another"))
        #expect(ChatReply.webhookID(other) != id)
    }

    @Test("automatic messages say so")
    func automatic() throws {
        let channel = try ReceivingTests.channel(["reply_url": .text("https://chat.example.org/")])
        let text = try String(
            decoding: channel.prepare(message(purpose: .acknowledgement)).bytes, as: UTF8.self)
        #expect(text.contains(#""author":"bot""#))
        #expect(text.contains(#""auto_submitted":"auto_generated""#))
    }

    @Test("without reply_url the inbox only receives; what is too long is refused with a reason")
    func refused() throws {
        let receiving = try ReceivingTests.channel()
        #expect(receiving.capabilities.sending == .receiveOnly)
        #expect(throws: OutboundRefusal.self) { try receiving.prepare(message()) }
        let channel = try ReceivingTests.channel(["reply_url": .text("https://chat.example.org/")])
        #expect(channel.capabilities.sending == .supported)
        let error = #expect(throws: OutboundRefusal.self) {
            try channel.prepare(message(String(repeating: "x", count: 65_537)))
        }
        #expect(error?.code == .tooLong)
    }

    @Test(
        "what the receiver's status means",
        arguments: [
            (200, "", SendResult.sent(externalID: nil)), (204, "", .sent(externalID: nil)),
            (
                302, "",
                .rejected(.other, detail: "HTTP 302: reply_url redirects; set its final address")
            ),
            (400, "", .rejected(.content, detail: "HTTP 400")),
            (422, "", .rejected(.content, detail: "HTTP 422")),
            (401, "", .rejected(.auth, detail: "HTTP 401: the receiver refused our signature")),
            (404, "", .rejected(.badAddress, detail: "HTTP 404: nothing answers at reply_url")),
            (410, "", .rejected(.badAddress, detail: "HTTP 410: nothing answers at reply_url")),
            (413, "", .rejected(.tooLong, detail: "HTTP 413")),
            (408, "", .retry(after: nil, detail: "HTTP 408")),
            (500, "", .retry(after: nil, detail: "HTTP 500")),
            (429, "Retry-After: 120\r\n", .retry(after: .seconds(120), detail: "HTTP 429")),
            (
                503, "Retry-After: Sat, 21 Nov 2026 05:31:00 GMT\r\n",
                .retry(after: .seconds(60), detail: "HTTP 503")
            ),
            (503, "Retry-After: 999999999\r\n", .retry(after: .hours(6), detail: "HTTP 503")),
            (503, "Retry-After: soon\r\n", .retry(after: nil, detail: "HTTP 503")),
            (
                503, "Retry-After: Sat, 21 Nov 2020 05:31:00 GMT\r\n",
                .retry(after: .zero, detail: "HTTP 503")
            ),
        ])
    func answers(_ status: Int, _ header: String, _ expected: SendResult) async throws {
        let server = try StubServer.http(HTTPRecord()) { _ in
            "HTTP/1.1 \(status) Word\r\n\(header)"
                + (status == 204 ? "\r\n" : "Content-Length: 0\r\n\r\n")
        }
        let channel = try channel(server)
        #expect(await channel.send(try channel.prepare(message()), attempt: 1) == expected)
    }

    @Test("a broken or missing receiver is tried again: the id makes that safe")
    func broken() async throws {
        let server = try StubServer { connection in
            _ = connection.readRequest()
            connection.cut()
        }
        let channel = try channel(server)
        let prepared = try channel.prepare(message())
        guard case .retry = await channel.send(prepared, attempt: 1) else {
            Issue.record("no retry"); return
        }
        let gone = try ReceivingTests.channel(["reply_url": .text("http://127.0.0.1:1/")])
        guard case .retry = await gone.send(prepared, attempt: 1) else {
            Issue.record("no retry"); return
        }
    }

    @Test(
        "times as RFC 3339 writes them",
        arguments: [
            ("2026-11-21T05:30:00Z", 1_795_239_000_000),
            ("2026-11-21t09:00:00+03:30", 1_795_239_000_000),
            ("2026-11-21T05:30:00.25Z", 1_795_239_000_250),
            ("2026-11-21T05:30:00.123456789-00:00", 1_795_239_000_123),
            ("1969-12-31T23:59:59Z", -1000),
        ])
    func times(_ text: String, _ milliseconds: Int64) {
        #expect(WireTime.instant(text) == Instant(milliseconds: milliseconds))
    }

    @Test(
        "and what is none",
        arguments: [
            "", "2026-11-21", "2026-11-21T05:30Z", "2026-11-21T05:30:00", "2026-02-30T00:00:00Z",
            "2026-11-21T24:00:00Z",
            "2026-11-21T05:30:00.Z", "2026-11-21T05:30:00+0330", "2026-11-21T05:30:00Z ",
            "2026-11-21T05:30:00+03:30x",
            "20261121T053000Z0000", "2026-11-21X05:30:00Z", "0000-01-01T00:00:00Z",
        ])
    func noTimes(_ text: String) {
        #expect(WireTime.instant(text) == nil)
    }

    @Test(
        "the words of a little HTML",
        arguments: [
            ("<p>one</p><p>two &amp; three</p>", "one\ntwo & three"), ("a<br>b<br/>c", "a\nb\nc"),
            ("plain", "plain"),
            ("a &lt;b&gt; &#1587;&#x633; &bogus; &", "a <b> سس &bogus; &"), ("a <b", "a <b"),
            ("<b>x</b>y", "xy"),
            ("&#0;&#xD800;&#99999999999;", "&#0;&#xD800;&#99999999999;"), ("", ""),
        ])
    func html(_ html: String, _ text: String) {
        #expect(PlainText.from(html: html) == text)
    }
}
