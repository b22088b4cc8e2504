import ChannelKit
import CurlTransport
import FoundationEssentials
import HelpdeskCore
import RandomKit
import Testing

@testable import EmailChannel

/// Reliability B6: nothing that a person typed becomes a header of the mail or a command of the dialogue.
@Suite struct InjectionTests {
    private static let pieces = [
        "\r\nBcc: evil@x.example", "\n", "\r", "\0", "\u{85}", "\u{2028}", "\u{2029}", "\u{301}",
        "\u{b}", "\u{c}", " ", "=?utf-8?q?=0D=0ABcc:_evil?=", "\r\n\r\n<b>", "\"", "<", ">", ",",
        ";",
        ":", "سلام", "ü", "a", "\\", "(", ")", "\u{202e}", "\t", String(repeating: "x", count: 300),
        "\r\u{301}\n", "\n.\n", "\r.\r", "\r\n.\r\n", "@", ">\r\nRCPT TO:<evil@x.example", "%0d%0a",
        "\u{feff}", "\u{200c}", "🙂", "=?", "?=", "-", "+",
    ]

    private static let count =
        ProcessInfo.processInfo.environment["HAMDEL_FULL"] == "1" ? 100_000 : 3_000

    @Test("B6 header and command injection: 0 extra headers, 0 extra commands")
    func nothingTypedBecomesAHeaderOrACommand() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        func text() -> String {
            (0..<Int.random(in: 0...6, using: &random)).map { _ in
                Self.pieces.randomElement(using: &random) ?? ""
            }.joined()
        }
        let composer = MailComposer(
            identity: MailIdentity(address: "support@example.org", name: "Support"),
            quoting: .on(.utc))
        var plain = MailComposerTests.message(attachments: [MailComposerTests.file("a.txt")])
        let names = MailComposerTests.fieldNames(try composer.compose(plain).bytes)
        plain.replyToken = nil
        let bare = MailComposerTests.fieldNames(try composer.compose(plain).bytes)
        var composed = 0
        var refused = 0
        for _ in 0..<Self.count {
            var message = MailComposerTests.message(
                subject: text(), text: text(), name: text(),
                attachments: [MailComposerTests.file(text())])
            message.quote = .init(
                name: text(), address: text(), date: message.date, text: text())
            if Bool.random(using: &random) {
                message.cc = [.init(address: .email("a\(text())@x\(text()).example"))]
            }
            let hasToken = Bool.random(using: &random)
            message.replyToken = hasToken ? "tag\(Bool.random(using: &random) ? text() : "")" : nil
            let result = Result { () throws(OutboundRefusal) in try composer.compose(message) }
            switch result {
            case .success(let prepared):
                composed += 1
                let fields = MailComposerTests.fieldNames(prepared.bytes)
                try #require(fields == (hasToken ? names : bare), "seed \(seed)")
                try #require(WireCheck.isClean(prepared.bytes), "seed \(seed)")
                // What goes into commands passes the transport's own, separate check.
                for address in prepared.recipients + [prepared.envelopeSender ?? ""] {
                    let isSafe = (try? SMTPAddress(address)) != nil
                    try #require(isSafe, "\(address.debugDescription), seed \(seed)")
                }
            case .failure(let refusal):
                refused += 1
                try #require(!refusal.detail.utf8.contains(0x0A), "seed \(seed)")
            }
        }
        #expect(composed > Self.count / 4, "most must be sendable, or nothing is tested")
        print(
            "B6: \(Self.count) messages of hostile strings in name, address, subject, text, file name, quotation and tag: \(composed) composed with the same header fields, \(refused) refused in words, seed \(seed)"
        )
    }
}
