import ChannelKit
import CurlTransport
import Foundation
import HelpdeskCore
import RandomKit
import Testing

@testable import ChatWebhookChannel

@Suite("Signatures of presets")
struct PresetSignatureTests {
    private static let schemes = [
        "slack-v0": "slack", "github-256": "whatsapp", "twilio": "twilio",
        "standard-webhooks-v1": "generic",
    ]

    @Test(
        "agreement with peers' vectors (SignatureCorpusTests)",
        .enabled(if: ChatCorpusTests.root != nil))
    func vectors() async throws {
        var agreed = 0
        var failures: [String] = []
        var notShipped = 0
        for item in try ChatCorpusTests.cases("chat-signatures") {
            guard let scheme = item["scheme"] as? String, let preset = Self.schemes[scheme] else {
                notShipped += 1
                continue
            }
            let wanted = (item["expect"] as? [String: Any])?["valid"] as? Bool
            let found = try await isAccepted(item, preset)
            if found == wanted {
                agreed += 1
            } else {
                failures.append("\(item["id"] ?? ""): accepted \(found)")
            }
        }
        print("chat-signatures \(agreed)/\(agreed + failures.count) (\(notShipped) not shipped)")
        #expect(failures == [])
    }

    /// Not 401, whatever the body is worth.
    private func isAccepted(_ item: [String: Any], _ preset: String) async throws -> Bool {
        let secret = item["secret"] as? String ?? ""
        var values: [String: ChannelConfiguration.Value] = ["preset": .text(preset)]
        values["webhook_url"] = (item["url"] as? String).map { .text($0) }
        let channel: ChatWebhookChannel
        do {
            channel = try ChatWebhookChannel(
                configuration: ChannelConfiguration(
                    inbox: InboxID(rawValue: "x"), values: values, zone: .utc),
                secrets: ChannelSecrets(live: [secret]))
        } catch {
            // No inbox can be without a secret.
            return false
        }
        var headers = (item["headers"] as? [String: String] ?? [:]).map {
            (name: $0.key.lowercased(), value: $0.value)
        }
        var body = Array((item["body"] as? String ?? "").utf8)
        if let params = item["params"] as? [String: Any] {
            headers.append(("content-type", "application/x-www-form-urlencoded"))
            var fields: [(String, String)] = []
            for (name, value) in params {
                for text in value as? [String] ?? [value as? String ?? ""] {
                    fields.append((name, text))
                }
            }
            body = PresetDesk.form(fields)
        }
        let seconds = item["now"] as? Int ?? 0
        let host = RecordingHost(now: Instant(milliseconds: Int64(seconds) * 1000))
        let reply = await channel.receive(
            WebhookRequest(method: "POST", path: "", headers: headers, body: body), host: host)
        return reply.status != 401
    }

    private static let bodies: [String: String] = [
        "telegram":
            #"{"update_id":1,"message":{"message_id":1,"from":{"id":5,"first_name":"س"},"chat":{"id":5,"type":"private"},"date":1700000000,"text":"سلام"}}"#,
        "whatsapp":
            #"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":[{"from":"98912","id":"wamid.1","timestamp":"1700000000","type":"text","text":{"body":"hi"}}]}}]}]}"#,
        "slack":
            #"{"type":"event_callback","event_id":"Ev1","team_id":"T1","event":{"type":"message","channel":"C1","user":"U1","text":"hi","ts":"1700000000.000100"}}"#,
        "mattermost":
            #"{"token":"8f742231b10e8888abcd99yyyzzz85a5","post_id":"p1","channel_id":"c1","user_id":"u1","user_name":"sara","text":"hi"}"#,
        "kavenegar": #"{"messageid":"7","from":"09121234567","message":"hi"}"#,
        "twilio": "From=%2B98912&Body=hi&MessageSid=SM1",
    ]

    private static func honest(_ preset: String) -> WebhookRequest {
        PresetDesk.request(
            preset, Array((bodies[preset] ?? "").utf8),
            type: preset == "twilio" ? "application/x-www-form-urlencoded" : "application/json")
    }

    @Test("F1 forged webhooks: one byte of any signed request is changed, and none is accepted")
    func forged() async throws {
        let isFull = ProcessInfo.processInfo.environment["HAMDEL_FULL"] != nil
        let rounds = isFull ? 100_000 : 6_000
        let seed: UInt64 = 20_261_122
        var random = SeededRandom(seed: seed)
        let host = PresetHost()
        var channels: [String: ChatWebhookChannel] = [:]
        for preset in PresetDesk.names { channels[preset] = try PresetDesk.channel(preset) }
        var accepted: [String] = []
        for round in 0..<rounds {
            let preset = PresetDesk.names[round % PresetDesk.names.count]
            let (request, what) = Self.tampered(preset, &random)
            let reply = try #require(channels[preset]).receive
            let status = await reply(request, host).status
            if status < 400 { accepted.append("\(preset) round \(round): \(what)") }
        }
        #expect(accepted == [])
        #expect(host.messages.isEmpty)
        // The same requests untouched are taken: it is the change that is refused.
        for preset in PresetDesk.names {
            let reply = await channels[preset]?.receive(Self.honest(preset), host: host)
            #expect(reply?.status == 200, "\(preset)")
        }
        #expect(host.messages.count == PresetDesk.names.count)
        print(
            "F1: \(rounds) tampered webhooks of 6 presets, seed \(seed): \(accepted.count) accepted"
        )
    }

    /// Changes what is signed, or the proof itself. Where a token comes along instead of a signature, only the token is changed.
    private static func tampered(
        _ preset: String, _ random: inout SeededRandom
    ) -> (WebhookRequest, String) {
        let request = honest(preset)
        var headers = request.headers
        var body = request.body
        var path = request.path
        let isSigned = ["whatsapp", "slack", "twilio"].contains(preset)
        let what: String
        if isSigned, random.next() % 2 == 0 {
            let index = Int(random.next() % UInt64(body.count))
            // Twilio signs the fields' meaning: "%2b" for "%2B" is the same request.
            var fresh = UInt8(truncatingIfNeeded: random.next())
            while fresh == body[index] || (fresh | 0x20) == (body[index] | 0x20) {
                fresh = UInt8(truncatingIfNeeded: random.next())
            }
            body[index] = fresh
            what = "byte \(index) of the body"
        } else if preset == "kavenegar" {
            path = change(path, from: 7, &random)
            what = path
        } else if preset == "mattermost" {
            headers = headers.filter { $0.name != "x-mattermost-token" }
            let text = String(decoding: body, as: UTF8.self)
            body = Array(
                text.replacingOccurrences(
                    of: PresetDesk.secret, with: change(PresetDesk.secret, from: 0, &random)
                ).utf8)
            what = "token"
        } else {
            let names = headers.indices.filter { headers[$0].name != "content-type" }
            let index = names[Int(random.next() % UInt64(names.count))]
            headers[index].value = change(headers[index].value, from: 0, &random)
            what = headers[index].name
        }
        return (
            WebhookRequest(method: "POST", path: path, headers: headers, body: body), what
        )
    }

    /// One character becomes another, goes away, or is doubled.
    private static func change(
        _ text: String, from start: Int, _ random: inout SeededRandom
    ) -> String {
        var bytes = Array(text.utf8)
        let index = start + Int(random.next() % UInt64(bytes.count - start))
        switch random.next() % 3 {
        case 0: bytes.remove(at: index)
        case 1: bytes.insert(bytes[index], at: index)
        default:
            // Not the same digit in the other case: hexadecimal has no case.
            bytes[index] = bytes[index] == 0x37 ? 0x38 : 0x37
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("Slack's five minutes: their edge is taken, a second more is not", arguments: [-1, 1])
    func edges(_ sign: Int64) async throws {
        let channel = try PresetDesk.channel("slack")
        let request = Self.honest("slack")
        let results = [300, 301].map { seconds in
            Instant(milliseconds: PresetDesk.now.milliseconds + sign * Int64(seconds) * 1000)
        }
        var statuses: [Int] = []
        for now in results {
            statuses.append(await channel.receive(request, host: RecordingHost(now: now)).status)
        }
        #expect(statuses == [200, 401])
    }

    @Test(
        "each live secret is believed while one is changed for another", arguments: PresetDesk.names
    )
    func rotation(_ preset: String) async throws {
        var values: [String: ChannelConfiguration.Value] = ["preset": .text(preset)]
        values["webhook_url"] = .text("https://desk.example.org/in/sms")
        let channel = try ChatWebhookChannel(
            configuration: ChannelConfiguration(
                inbox: InboxID(rawValue: preset), values: values, zone: .utc),
            secrets: ChannelSecrets(live: ["the new one", PresetDesk.secret + "\n"]))
        let reply = await channel.receive(Self.honest(preset), host: PresetHost())
        #expect(reply.status == 200)
    }
}
