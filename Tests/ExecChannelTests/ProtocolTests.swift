import ChannelKit
import Foundation
import HelpdeskCore
import RandomKit
import Testing

@testable import ExecChannel

@Suite("hamdel-channel/1")
struct ProtocolTests {
    static let now = Instant(milliseconds: 1_795_239_000_000)

    static func read(_ text: String) throws -> AdapterLine {
        try AdapterLine.read(Array(text.utf8), now: now)
    }

    @Test("every line of the test case is read")
    func lines() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../channels/exec/testcases/hello.jsonl").standardized
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        var kinds: [String] = []
        for line in lines {
            switch try Self.read(String(line)) {
            case .hello(let hello):
                kinds.append("hello \(hello.name) \(hello.release) \(hello.version)")
                #expect(hello.capabilities.conversations == .perpetual)
                #expect(hello.capabilities.attemptSafety == .idempotent)
                #expect(hello.capabilities.maximumTextBytes == 4000)
                #expect(hello.takesWebhooks)
                #expect(
                    hello.schema
                        == ConfigSchema(
                            required: ["folder"], kinds: ["folder": .text, "every_s": .integer]))
            case .deliver(let delivery):
                kinds.append("deliver \(delivery.sequence) \(delivery.cursor?.text ?? "-")")
                let message = try MessageDecoder(trust: .suggestionOnly).message(
                    delivery.messages[0], path: "", Array(line.utf8))
                #expect(message.text == "سلام، سفارش ۱۲۰۴ کجاست؟ 🙂")
                #expect(message.sender.identity?.address.text == "dropbox:sara")
            case .result(let result): kinds.append("result \(result.id) \(result.result)")
            case .receipt(let receipt):
                kinds.append("receipt \(receipt.externalID) \(receipt.at.milliseconds)")
            case .health(let health):
                kinds.append("health \(health.state) \(health.action?.rawValue ?? "-")")
            case .webhookReply(let request, let reply):
                kinds.append("reply \(request) \(reply.status)")
            case .pong(let number): kinds.append("pong \(number)")
            case .unknown(let kind): kinds.append("unknown \(kind)")
            }
        }
        #expect(
            kinds == [
                "hello dropbox 1 1", "deliver 1 c-1",
                "result d1-00 \(SendResult.sent(externalID: "77"))",
                "receipt 77 1795239000000", "health down relogin", "reply w1 200", "pong 5",
            ])
    }

    @Test(
        "what cannot be read is refused, with its place",
        arguments: [
            (#"{"seq":1}"#, "type"), (#"{"type":"deliver"}"#, "seq"),
            (#"{"type":"deliver","seq":-1}"#, "seq"),
            (#"{"type":"deliver","seq":1,"messages":5}"#, "messages"),
            (#"{"type":"result","status":"sent"}"#, "id"),
            (#"{"type":"result","id":"a","status":"maybe"}"#, "status"),
            (#"{"type":"receipt","external_id":"1","kind":"lost"}"#, "kind"),
            (#"{"type":"health","state":"fine"}"#, "state"),
            (#"{"type":"webhook_reply","req":"1","status":99}"#, "status"),
            (#"{"type":"hello"}"#, "protocol"), (#"[1]"#, ""), (#"{"type":"pong""#, "byte"),
        ])
    func faults(_ line: String, _ place: String) {
        #expect {
            try Self.read(line)
        } throws: { error in
            (error as? JSONFault)?.place.hasPrefix(place) == true
        }
    }

    @Test("unknown lines and members are passed over")
    func unknown() throws {
        guard case .unknown("typing") = try Self.read(#"{"type":"typing","who":1}"#) else {
            Issue.record("not passed over")
            return
        }
        guard case .pong(3) = try Self.read(#"{"type":"pong","n":3,"later":[{}]}"#) else {
            Issue.record("a member was minded")
            return
        }
    }

    @Test("a configuration that does not fit is told in a sentence")
    func schema() {
        let schema = ConfigSchema(
            required: ["folder"], kinds: ["folder": .text, "every_s": .integer])
        #expect(schema.fault(in: ["folder": .text("/a")]) == nil)
        #expect(schema.fault(in: [:]) == "config.folder is missing")
        #expect(
            schema.fault(in: ["folder": .integer(1)])
                == "config.folder: expected string, got integer")
        #expect(
            schema.fault(in: ["folder": .text("/a"), "flder": .text("b")])
                == "config.flder is not known to the adapter; it knows every_s, folder")
        #expect(ConfigSchema().fault(in: ["anything": .boolean(true)]) == nil)
    }

    static func outbound(_ text: String, files: [OutboundMessage.Attachment] = [])
        -> OutboundMessage
    {
        OutboundMessage(
            delivery: DeliveryID(rawValue: 7), ticket: TicketNumber(rawValue: 3), purpose: .reply,
            conversation: "c",
            to: [.init(address: IdentityAddress(kind: "dropbox", value: "sara"))],
            subject: nil, text: text, language: "fa", attachments: files, messageID: "m@x",
            date: now)
    }

    @Test("what is sent is the same in every attempt but for its number, and byte-exact")
    func send() throws {
        let text = "سلام 🙂 \u{200C}\u{2400}\"\\\n\t</script>"
        let file = OutboundMessage.Attachment(
            name: "نقشه.png", contentType: "image/png", bytes: [0, 1, 255])
        let prepared = try OutgoingMessage.prepared(
            Self.outbound(text, files: [file]), AdapterHello.presumed)
        #expect(try OutgoingMessage.files(of: prepared).map(\.bytes) == [[0, 1, 255]])
        for attempt in [1, 2] {
            let line = try OutgoingMessage.line(prepared, attempt: attempt, paths: ["/s/out/x"])
            #expect(!line.contains(0x0A))
            let fields = try JSONFields(try JSONDocumentReader.read(line), path: "")
            #expect(try fields.text("text", atMost: 1000) == text)
            #expect(try fields.text("id", atMost: 100) == OutgoingMessage.id(of: prepared))
            #expect(try fields.count("attempt", atMost: 9) == Int64(attempt))
            let sent = try JSONFields(try fields.list("attachments", atMost: 9)[0], path: "")
            #expect(try sent.text("path", atMost: 100) == "/s/out/x")
            #expect(try sent.text("name", atMost: 100) == "نقشه.png")
            #expect(sent.node("data") == nil)
        }
    }

    @Test("answers to choose from are handed to who shows them, and to nobody else")
    func choices() throws {
        var message = Self.outbound("1 to 5?")
        message.choices = (1...11).map { .init(label: "\($0) ⭐", answer: "\($0)", link: "") }
        let hello = try AdapterLine.read(
            Array(
                #"{"type":"hello","protocol":1,"capabilities":{"quick_replies":true}}"#.utf8),
            now: Self.now)
        guard case .hello(let said) = hello else {
            Issue.record("no hello: \(hello)")
            return
        }
        for (capabilities, count) in [(said.capabilities, 11), (AdapterHello.presumed, 0)] {
            let prepared = try OutgoingMessage.prepared(message, capabilities)
            let line = try OutgoingMessage.line(prepared, attempt: 1, paths: [])
            let fields = try JSONFields(try JSONDocumentReader.read(line), path: "")
            let choices = try fields.list("choices", atMost: 100)
            #expect(choices.count == count)
            #expect((fields.node("choices") == nil) == (count == 0))
            guard let last = choices.last else { continue }
            let choice = try JSONFields(last, path: "choices")
            #expect(try choice.text("label", atMost: 100) == "11 ⭐")
            #expect(try choice.text("text", atMost: 100) == "11")
        }
    }

    @Test("the longest text fits into a line, however it must be escaped")
    func longest() throws {
        let text = String(repeating: "\u{1}", count: OutgoingMessage.maximumTextBytes)
        let prepared = try OutgoingMessage.prepared(Self.outbound(text), AdapterHello.presumed)
        let line = try OutgoingMessage.line(prepared, attempt: 1, paths: [])
        #expect(line.count <= ChildProcess.lineLimit)
        #expect(throws: OutboundRefusal.self) {
            try OutgoingMessage.prepared(Self.outbound(text + "x"), AdapterHello.presumed)
        }
    }

    @Test("what an adapter cannot carry is refused before it is sent")
    func refusals() throws {
        var mute = AdapterHello.presumed
        mute.sending = .receiveOnly
        #expect(throws: OutboundRefusal.self) {
            try OutgoingMessage.prepared(Self.outbound("a"), mute)
        }
        var plain = AdapterHello.presumed
        plain.attachments = .notCarried
        plain.maximumTextBytes = 4
        let file = OutboundMessage.Attachment(name: "a", contentType: "b/c", bytes: [1])
        #expect(throws: OutboundRefusal.self) {
            try OutgoingMessage.prepared(Self.outbound("a", files: [file]), plain)
        }
        #expect(throws: OutboundRefusal.self) {
            try OutgoingMessage.prepared(Self.outbound("سلام"), plain)
        }
    }

    @Test("bytes of any kind are read or refused, never a trap")
    func noise() {
        let sample = Array(
            #"{"type":"deliver","seq":17,"cursor":"c","messages":[{"external_id":"1","text":"x"}]}"#
                .utf8)
        for seed in UInt64(1)...3_000 {
            var random = SeededRandom(seed: seed)
            var bytes = sample
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                bytes[index] = UInt8.random(in: 0...255, using: &random)
            }
            _ = try? AdapterLine.read(bytes, now: Self.now)
        }
    }
}
