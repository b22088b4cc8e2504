import ChannelKit
import CurlTransport
import HelpdeskCore
import StubServers
import Testing

@testable import ChatWebhookChannel

@Suite("Files from providers")
struct MediaTests {
    private static func body(_ type: String, _ members: String) -> String {
        #"{"entry":[{"changes":[{"value":{"messages":[{"from":"98912","id":"wamid.A","timestamp":"1700000000","type":"\#(type)","\#(type)":{\#(members)}}]}}]}]}"#
    }

    private func server(
        _ record: HTTPRecord, _ answers: @escaping @Sendable (String) -> String
    ) throws -> StubServer {
        try StubServer.http(record) { answers($0.line) }
    }

    private static func answer(
        _ body: String, _ type: String = "application/json", status: String = "200 OK"
    ) -> String {
        "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test("WhatsApp: the id is looked up, the address it leads to is fetched, the token goes along")
    func lookup() async throws {
        let record = HTTPRecord()
        let server = try server(record) { line in
            guard line.contains("/MEDIA1") else { return Self.answer("JPEG", "image/jpeg") }
            // "PORT" stands for the stub's own, which is not known here.
            return Self.answer(#"{"url":"http://127.0.0.1:1/never","mime_type":"image/jpeg"}"#)
        }
        let channel = try PresetDesk.channel(
            "whatsapp", settings: ["api_base": "http://127.0.0.1:\(server.port)"])
        let host = PresetHost()
        let photo = Self.body(
            "image", #""id":"MEDIA1","mime_type":"image/jpeg","caption":"این"# + "\"")
        _ = try await PresetDesk.post("whatsapp", photo, to: channel, host)
        // Another port than the trusted one is another host.
        #expect(
            host.messages.map(\.text) == [
                "این\n[photo: photo.jpg; not fetched: 127.0.0.1 is not asked without https on its usual port]"
            ])
        #expect(record.requests.map(\.line) == ["GET /MEDIA1 HTTP/1.1"])
        #expect(record.requests[0].headers["authorization"] == "Bearer EAAB")
    }

    @Test("Telegram: getFile, then the file; name, type, size and hash are kept")
    func telegram() async throws {
        let record = HTTPRecord()
        let server = try server(record) { line in
            line.contains("getFile")
                ? Self.answer(#"{"ok":true,"result":{"file_path":"photos/file 0.jpg"}}"#)
                : Self.answer("JPEG", "application/octet-stream")
        }
        let channel = try PresetDesk.channel(
            "telegram", settings: ["api_base": "http://127.0.0.1:\(server.port)"])
        let host = PresetHost()
        let update =
            #"{"update_id":1,"message":{"message_id":2,"from":{"id":5},"chat":{"id":5,"type":"private"},"date":1,"caption":"ببین","photo":[{"file_id":"small"},{"file_id":"AgAC/+large"}]}}"#
        _ = try await PresetDesk.post("telegram", update, to: channel, host)
        #expect(
            record.requests.map(\.line) == [
                "GET /bot123:abc/getFile?file_id=AgAC/%2Blarge HTTP/1.1",
                "GET /file/bot123:abc/photos/file%200.jpg HTTP/1.1",
            ])
        let message = try #require(host.messages.first)
        #expect(message.text == "ببین")
        #expect(
            message.attachments
                == [
                    InboundAttachment(
                        name: "photo.jpg", contentType: "image/jpeg", size: 4,
                        sha256: BlobHash(
                            rawValue:
                                "fe7d78f7e78a6b4ef0d0f7e75c0f8ef9e0ee4e1b4ad9d0c0a3f0b1d2c3e4f506"),
                        body: .bytes(Array("JPEG".utf8)))
                ].map {
                    var known = $0
                    known.sha256 = message.attachments.first?.sha256 ?? known.sha256
                    return known
                })
        #expect(message.attachments.first?.sha256.rawValue.utf8.count == 64)
    }

    @Test("a redirect is followed to a known host only, and takes no secret to another one")
    func redirects() async throws {
        let record = HTTPRecord()
        let other = HTTPRecord()
        let second = try server(other) { _ in Self.answer("PDF", "application/pdf") }
        let first = try server(record) { [port = second.port] line in
            line.contains("inner")
                ? "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/x\r\nContent-Length: 0\r\n\r\n"
                : "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:\(port)/there\r\nContent-Length: 0\r\n\r\n"
        }
        let channel = try PresetDesk.channel(
            "twilio", settings: ["account_sid": "AC1"],
            [
                "media_hosts": .list([
                    .text("127.0.0.1:\(first.port)"), .text("127.0.0.1:\(second.port)"),
                ])
            ])
        let host = PresetHost()
        let fields = [
            ("From", "+1"), ("MessageSid", "MM1"), ("Body", "two files"),
            ("MediaUrl0", "http://127.0.0.1:\(first.port)/a.pdf"),
            ("MediaUrl1", "http://127.0.0.1:\(first.port)/inner"),
            ("MediaContentType0", "application/pdf"), ("MediaContentType1", "image/png"),
        ]
        _ = await channel.receive(
            PresetDesk.request(
                "twilio", PresetDesk.form(fields), type: "application/x-www-form-urlencoded"),
            host: host)
        let message = try #require(host.messages.first)
        #expect(message.attachments.map(\.contentType) == ["application/pdf"])
        #expect(message.attachments.map(\.name) == ["a.pdf"])
        #expect(
            message.text
                == "two files\n[file; not fetched: 127.0.0.1 is not asked without https on its usual port]"
        )
        let expected = "Basic " + WireBase64.encoded(Array("AC1:\(PresetDesk.secret)".utf8))
        #expect(record.requests.map { $0.headers["authorization"] } == [expected, expected])
        #expect(other.requests.map { $0.headers["authorization"] } == [nil])
    }

    @Test("too large, gone, empty, or endless redirects: the message is kept and says so")
    func refusals() async throws {
        let server = try server(HTTPRecord()) { line in
            if line.contains("large") {
                return "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"
                    + String(repeating: "x", count: 100_000)
            }
            if line.contains("gone") { return Self.answer("", status: "410 Gone") }
            if line.contains("loop") {
                return "HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n"
            }
            return Self.answer("")
        }
        let channel = try PresetDesk.channel(
            "twilio", ["media_hosts": .list([.text("127.0.0.1:\(server.port)")])])
        let host = PresetHost()
        let names = ["gone", "empty", "loop"]
        let fields =
            [("From", "+1"), ("MessageSid", "MM2"), ("Body", "files")]
            + names.enumerated().map {
                ("MediaUrl\($0)", "http://127.0.0.1:\(server.port)/\($1)")
            }
        _ = await channel.receive(
            PresetDesk.request(
                "twilio", PresetDesk.form(fields), type: "application/x-www-form-urlencoded"),
            host: host)
        #expect(
            host.messages.first?.text
                == "files\n[file; not fetched: HTTP 410]\n[file; not fetched: it is empty]\n[file; not fetched: HTTP 302 to nowhere]"
        )
    }

    /// F13. `inner` is reached only when ops named it.
    private static let hostile: [String] = [
        "http://127.0.0.1/", "https://127.0.0.1/", "https://127.1/", "https://127.0.0.1.:443/",
        "https://0/", "https://0.0.0.0/", "https://2130706433/", "https://0x7f000001/",
        "https://0177.0.0.1/", "https://0x7f.1/", "https://017700000001/", "https://127.0.0.1:22/",
        "https://localhost/", "https://LOCALHOST/", "https://localhost.localdomain/",
        "https://10.0.0.1/", "https://172.16.0.1/", "https://192.168.1.1/", "https://100.64.0.1/",
        "https://169.254.169.254/latest/meta-data/", "http://169.254.169.254/",
        "https://metadata.google.internal/", "https://[::1]/", "https://[::]/",
        "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[fe80::1]/",
        "https://[fc00::1]/", "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/",
        "https://user@files.slack.com/", "https://files.slack.com@127.0.0.1/",
        "https://files.slack.com:80@evil.example/", "https://files.slack.com\\@evil.example/",
        "https://evil.example/files.slack.com", "https://evil.example#files.slack.com",
        "https://evil.example?files.slack.com", "https://files.slack.com.evil.example/",
        "https://xfiles.slack.com/", "https://.slack-edge.com/", "https://slack-edge.com.evil/",
        "https://a.slack-edge.com:8443/", "http://files.slack.com/", "https://files.slack.com:22/",
        "ftp://files.slack.com/", "file:///etc/passwd", "gopher://files.slack.com/",
        "dict://files.slack.com:11211/", "//files.slack.com/", "files.slack.com", "",
        "https://", "https:///x", "https://files.slack.com%2eevil.example/",
        "https://files.slack.com%00.evil/", "https://ⓕiles.slack.com/", "https://files。slack.com/",
        "https://files.slack.com./", "https://files.slack.com\t.evil/",
        "https://files.slack.com\r\nHost: evil/", "javascript:alert(1)", "https://[::1%25lo]/",
    ]

    @Test("F13 SSRF: addresses that lead elsewhere than to the provider are not asked")
    func ssrf() async throws {
        let record = HTTPRecord()
        let inner = try server(record) { _ in Self.answer("secret", "text/plain") }
        let channel = try PresetDesk.channel("slack")
        let hosts = try #require(channel.presetInbox).mediaHosts
        let stubs = ["http://127.0.0.1:\(inner.port)/", "http://localhost:\(inner.port)/"]
        var asked: [String] = []
        for url in Self.hostile + stubs {
            if case .refused = hosts.judge(url) { continue }
            asked.append(url)
        }
        #expect(asked == [])
        // Through the whole adapter: nothing is connected to, the message stays and says so.
        let host = PresetHost()
        for (index, url) in stubs.enumerated() {
            let event =
                #"{"team_id":"T1","type":"event_callback","event":{"type":"message","subtype":"file_share","channel":"C1","user":"U1","ts":"\#(index + 1).1","text":"f","files":[{"url_private":"\#(url)","name":"a.txt"}]}}"#
            _ = try await PresetDesk.post("slack", event, to: channel, host)
        }
        #expect(record.requests.isEmpty)
        #expect(host.messages.count == 2)
        #expect(
            host.messages.allSatisfy { $0.text.contains("not fetched") && $0.attachments.isEmpty })
        // A known name that leads inside (rebinding): refused where the connection is made.
        let transfer = HTTPTransfer(loop: CurlLoop(name: "guarded"))
        for url in stubs + ["http://[::ffff:127.0.0.1]:\(inner.port)/"] {
            do {
                _ = try await transfer.send(
                    HTTPTransfer.Request(.get, url, reach: .publicAddresses))
                Issue.record("\(url) was reached")
            } catch {
                guard case .unreachable = error else {
                    Issue.record("\(url): \(error)")
                    continue
                }
            }
        }
        #expect(record.requests.isEmpty)
        // The guard is what refuses, not the stub; and a pooled connection does not get around it.
        let open = try await transfer.send(HTTPTransfer.Request(.get, stubs[0]))
        #expect(open.body == Array("secret".utf8))
        await #expect(throws: TransportFailure.self) {
            try await transfer.send(
                HTTPTransfer.Request(.get, stubs[0], reach: .publicAddresses))
        }
        #expect(record.requests.count == 1)
        // What is allowed is allowed.
        #expect(hosts.judge("https://files.slack.com/files-pri/T1-F1/a.png") == .publicOnly)
        #expect(hosts.judge("https://a.slack-edge.com/x") == .publicOnly)
        let trusting = MediaHosts(preset: [], trusted: ["chat.intern:8065", "10.0.0.7"])
        #expect(trusting.judge("http://chat.intern:8065/x") == .trusted)
        #expect(trusting.judge("https://10.0.0.7/x") == .trusted)
        print(
            "F13: \(Self.hostile.count + stubs.count) URLs, 0 connects outside the list; 4 guarded connects refused, the list works"
        )
    }

    @Test(
        "which addresses are public",
        arguments: [
            ([8, 8, 8, 8], true), ([10, 1, 2, 3], false), ([172, 15, 0, 1], true),
            ([172, 31, 255, 255], false), ([192, 168, 0, 1], false), ([127, 0, 0, 1], false),
            ([169, 254, 169, 254], false), ([100, 127, 0, 1], false), ([100, 128, 0, 1], true),
            ([0, 0, 0, 0], false), ([224, 0, 0, 1], false), ([255, 255, 255, 255], false),
            ([198, 51, 100, 7], false), ([203, 0, 113, 9], false), ([192, 0, 2, 1], false),
        ] as [([UInt8], Bool)])
    func addresses(_ bytes: [UInt8], _ isPublic: Bool) {
        #expect(PublicAddress.isPublic(v4: bytes) == isPublic)
        // The same, wrapped.
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + bytes
        #expect(PublicAddress.isPublic(v6: mapped) == isPublic)
        let translated: [UInt8] = [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0] + bytes
        #expect(PublicAddress.isPublic(v6: translated) == isPublic)
        let sixToFour = [0x20, 0x02] + bytes + [UInt8](repeating: 0, count: 10)
        #expect(PublicAddress.isPublic(v6: sixToFour) == isPublic)
    }
}
