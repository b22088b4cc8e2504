import ChannelKit
import Foundation
import HelpdeskCore
import RandomKit
import Testing

@testable import ChatWebhookChannel

@Suite("Standard Webhooks signatures")
struct StandardWebhooksTests {
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private static let sent = Instant(milliseconds: 1_614_265_330_000)
    private static let body = Array("{\"test\": 2432232314}".utf8)
    private static let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    private func signing(_ secrets: String...) throws -> StandardWebhooks {
        StandardWebhooks(secrets: try secrets.map { try #require(WebhookSecret($0)) })
    }

    private func verify(
        _ signing: StandardWebhooks, id: String? = "msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp: String? = "1614265330", signature: String? = signature, body: [UInt8] = body,
        at now: Instant = sent
    ) -> StandardWebhooks.Fault? {
        do throws(StandardWebhooks.Fault) {
            _ = try signing.verify(
                id: id, timestamp: timestamp, signatures: signature, body: body, at: now)
            return nil
        } catch {
            return error
        }
    }

    @Test("the specification's own example is right, and its parts cannot be exchanged")
    func example() throws {
        let signing = try signing(Self.secret)
        #expect(verify(signing) == nil)
        #expect(verify(signing, id: "msg_other") == .noMatch)
        #expect(verify(signing, timestamp: "1614265331") == .noMatch)
        #expect(verify(signing, body: Self.body + [0x20]) == .noMatch)
        #expect(
            verify(signing, signature: Self.signature.replacing("g0hM", with: "g0hN")) == .noMatch)
        #expect(verify(try self.signing("another secret, 32 bytes long ..")) == .noMatch)
    }

    @Test(
        "five minutes either way, to the millisecond",
        arguments: [
            (300_000, nil), (300_001, StandardWebhooks.Fault.tooOld), (-300_000, nil),
            (-300_001, .tooNew),
            (4_000_000_000_000_000, .tooOld), (-1_614_265_330_000, .tooNew),
        ] as [(Int64, StandardWebhooks.Fault?)])
    func window(_ milliseconds: Int64, _ fault: StandardWebhooks.Fault?) throws {
        let now = Self.sent + TimeSpan(milliseconds: milliseconds)
        #expect(verify(try signing(Self.secret), at: now) == fault)
    }

    @Test(
        "missing or malformed headers",
        arguments: [
            (nil, "1", "v1,x", StandardWebhooks.Fault.missingHeader("webhook-id")),
            ("a", nil, "v1,x", .missingHeader("webhook-timestamp")),
            ("a", "1", nil, .missingHeader("webhook-signature")), ("", "1", "v1,x", .badID),
            (String(repeating: "a", count: 256), "1", "v1,x", .badID), ("a\n", "1", "v1,x", .badID),
            ("a", "", "v1,x", .badTimestamp), ("a", "hello", "v1,x", .badTimestamp),
            ("a", "-1", "v1,x", .badTimestamp),
            ("a", "1.5", "v1,x", .badTimestamp),
            ("a", "99999999999999999999", "v1,x", .badTimestamp),
            ("a", "۱۲", "v1,x", .badTimestamp), ("a", "1614265330", "", .noMatch),
            ("a", "1614265330", "v1,", .noMatch),
        ] as [(String?, String?, String?, StandardWebhooks.Fault)])
    func headers(
        _ id: String?, _ time: String?, _ signature: String?, _ fault: StandardWebhooks.Fault
    ) throws {
        #expect(
            verify(try signing(Self.secret), id: id, timestamp: time, signature: signature) == fault
        )
    }

    @Test("several signatures and several live secrets: one match is enough")
    func several() throws {
        let signing = try signing("an older secret", Self.secret)
        let wrong = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc="
        #expect(verify(signing, signature: "\(wrong) v2,x v1a,y \(Self.signature)") == nil)
        #expect(verify(signing, signature: "\(wrong) \(wrong)") == .noMatch)
        #expect(
            verify(signing, signature: Self.signature.replacing("v1,", with: "v2,")) == .noMatch)
        let many = String(repeating: wrong + " ", count: 32) + Self.signature
        #expect(verify(signing, signature: many) == .noMatch)
    }

    @Test("what we sign we believe; a plain secret is its bytes, a whsec_ one base64")
    func signs() throws {
        for secret in [Self.secret, "plain text, به فارسی", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n"] {
            let signing = try signing(secret)
            let signature = try #require(
                signing.signature(id: "a", timestamp: 1_614_265_330, body: Self.body))
            #expect(verify(signing, id: "a", signature: signature) == nil)
        }
        let signed = try signing(Self.secret).signature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: Self.body)
        #expect(signed == Self.signature)
        for secret in ["", "\n", "whsec_", "whsec_!!!!", "whsec_abc"] {
            #expect(WebhookSecret(secret) == nil)
        }
    }

    @Test("no tampered request is believed")
    func tampered() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let signing = try signing(Self.secret)
        for _ in 0..<20_000 {
            var parts = [
                Array("msg_p5jXN8AQM9LWM0D4loKWxJek".utf8), Array("1614265330".utf8), Self.body,
                Array(Self.signature.utf8),
            ]
            let part = Int(random.next() % 4)
            let index = Int(random.next() % UInt64(parts[part].count))
            // Any other byte, but none that changes only base64's spelling.
            parts[part][index] ^= UInt8(1 + random.next() % 127)
            let text = parts.map { String(decoding: $0, as: UTF8.self) }
            let fault = verify(
                signing, id: text[0], timestamp: text[1], signature: text[3], body: parts[2])
            #expect(fault != nil, "seed \(seed): part \(part), byte \(index)")
        }
    }

    @Test(
        "base64",
        arguments: [
            ("", [UInt8]()), ("Zg==", Array("f".utf8)), ("Zm8=", Array("fo".utf8)),
            ("Zm9v", Array("foo".utf8)),
            ("Zm9vYmFy", Array("foobar".utf8)), ("+/+/", [0xFB, 0xFF, 0xBF]),
        ])
    func base64(_ text: String, _ bytes: [UInt8]) {
        #expect(WireBase64.decoded(Array(text.utf8)[...]) == bytes)
        #expect(WireBase64.encoded(bytes) == text)
    }

    @Test(
        "what is not clean base64 is none",
        arguments: [
            "Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm9v ", "Zm9v\n", "=", "====", "Zm=v",
            "Zm9_", "Zg==Zg==",
        ])
    func badBase64(_ text: String) {
        #expect(WireBase64.decoded(Array(text.utf8)[...]) == nil)
    }

    @Test("agreement with other implementations' vectors", .enabled(if: Corpus.root != nil))
    func corpus() throws {
        var agreed = 0
        for item in try Corpus.cases("chat-signatures")
        where item["scheme"] as? String == "standard-webhooks-v1" {
            let headers = item["headers"] as? [String: String] ?? [:]
            let secret = try #require(WebhookSecret(item["secret"] as? String ?? ""))
            let fault = verify(
                StandardWebhooks(secrets: [secret]), id: headers["webhook-id"],
                timestamp: headers["webhook-timestamp"], signature: headers["webhook-signature"],
                body: Array((item["body"] as? String ?? "").utf8),
                at: Instant(milliseconds: Int64(item["now"] as? Int ?? 0) * 1000))
            let isValid = (item["expect"] as? [String: Bool])?["valid"]
            #expect((fault == nil) == isValid, "\(item["id"] ?? "")")
            if (fault == nil) == isValid { agreed += 1 }
        }
        print("AGREEMENT chat-signatures (standard-webhooks-v1): \(agreed)")
        #expect(agreed >= 7)
    }
}

enum Corpus {
    static let root: URL? = {
        let environment = ProcessInfo.processInfo.environment["HAMDEL_CORPORA"]
        let beside = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../shared/corpora").standardizedFileURL
        let root = environment.map { URL(filePath: $0) } ?? beside
        let isThere = FileManager.default.fileExists(atPath: root.path)
        if !isThere { print("SKIPPED: no test material at \(root.path); set HAMDEL_CORPORA") }
        return isThere ? root : nil
    }()

    static func cases(_ set: String) throws -> [[String: Any]] {
        guard let root else { return [] }
        return try Data(contentsOf: root.appending(path: "\(set)/cases.jsonl")).split(
            separator: 0x0A
        ).map {
            try JSONSerialization.jsonObject(with: $0) as? [String: Any] ?? [:]
        }
    }
}
