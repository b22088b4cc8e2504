import ChannelKit
import Foundation
import RandomKit
import Testing

@testable import ChatWebhookChannel

@Suite("Strict JSON")
struct JSONDocumentReaderTests {
    /// Written back, object members sorted: what was understood.
    private func read(_ text: String) -> String { read(Array(text.utf8)) }

    private func read(_ bytes: [UInt8]) -> String {
        do throws(JSONFault) {
            return written(try JSONDocumentReader.read(bytes))
        } catch {
            return "! \(error)"
        }
    }

    private func written(_ node: JSONNode) -> String {
        String(decoding: text(node).bytes, as: UTF8.self)
    }

    private func text(_ node: JSONNode) -> JSONOutput {
        switch node.value {
        case .null: .null
        case .boolean(let flag): .boolean(flag)
        case .number(let number): .text("#\(number)")
        case .text(let text): .text(text)
        case .list(let nodes): .list(nodes.map(text))
        case .object(let members):
            .object(
                members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
                    ($0, text($1))
                })
        }
    }

    @Test(
        "documents",
        arguments: [
            ("null", "null"), (" [ ] ", "[]"), ("{}", "{}"),
            ("{\"b\":1,\"a\":[true,false,null]}", "{\"a\":[true,false,null],\"b\":\"#1\"}"),
            ("-0.5e+10", "\"#-0.5e+10\""),
            ("\"\\u0633\\/\\\"\\\\\\b\\f\\n\\r\\t\"", "\"س/\\\"\\\\\\u0008\\u000c\\n\\r\\t\""),
            ("\"\\ud83d\\ude00\"", "\"😀\""), ("\"سلام\"", "\"سلام\""),
            ("\"a\\u0000b\"", "\"a\u{2400}b\""),
            ("\"\u{7F}\"", "\"\\u007f\""),
        ])
    func documents(_ text: String, _ expected: String) {
        #expect(read(text) == expected)
    }

    @Test(
        "what is not JSON says where",
        arguments: [
            ("", "! byte 0: the document ends too early"),
            ("{", "! byte 1: expected a name in quotes"),
            ("[1,]", "! [1] (byte 3): expected a value"),
            ("[1 2]", "! byte 3: expected a comma or ]"),
            ("{\"a\":1,}", "! byte 7: expected a name in quotes"),
            ("{\"a\" 1}", "! byte 5: expected a colon"),
            ("{\"a\":1,\"a\":2}", "! byte 7: the same name twice in one object"),
            ("01", "! byte 1: text after the end of the document"),
            ("1.", "! byte 2: expected a digit"), ("-", "! byte 1: expected a digit"),
            ("nul", "! byte 0: expected null"),
            ("\"a", "! byte 1: a text is not closed"),
            ("\"a\nb\"", "! byte 2: a control character within a text"),
            ("\"\\x\"", "! byte 2: an unknown escape"),
            ("\"\\u12g4\"", "! byte 5: expected four hexadecimal digits"),
            ("\"\\ud800\"", "! byte 1: a lone surrogate"),
            ("\"\\ud800\\u0041\"", "! byte 1: a lone surrogate"),
            ("\"\\udc00\"", "! byte 1: a lone surrogate"),
            ("null x", "! byte 5: text after the end of the document"),
            ("\u{FEFF}null", "! byte 0: expected a value"), ("NaN", "! byte 0: expected a value"),
            ("'a'", "! byte 0: expected a value"),
        ])
    func faults(_ text: String, _ expected: String) {
        #expect(read(text) == expected)
    }

    @Test(
        "bytes that are no UTF-8 are refused",
        arguments: [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xE2, 0x82]] as [[UInt8]])
    func notUTF8(_ bytes: [UInt8]) {
        #expect(read([0x22] + bytes + [0x22]) == "! byte 1: the text is not UTF-8")
    }

    @Test("32 levels are read, 33 are refused, a million do not overflow the stack")
    func depth() {
        func nested(_ count: Int) -> String {
            String(repeating: "[", count: count) + String(repeating: "]", count: count)
        }
        #expect(read(nested(32)) == nested(32))
        let fault = ": nested deeper than 32 levels"
        let zeros = String(repeating: "[0]", count: 32)
        #expect(read(nested(33)) == "! \(zeros) (byte 32)\(fault)")
        #expect(read(nested(500_000)) == "! \(zeros) (byte 32)\(fault)")
        #expect(
            read(String(repeating: "{\"a\":", count: 100_000)).hasSuffix("a.a (byte 160)\(fault)"))
    }

    @Test("random documents never trap, and what is read Foundation reads too")
    func random() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let pieces = [
            "{", "}", "[", "]", ",", ":", "\"a\"", "\"\\u00", "1", "-", ".5", "e9", "null", "true",
            " ", "\"", "\\", "\u{1}", "س",
        ]
        var understood = 0
        for _ in 0..<30_000 {
            var text = ""
            for _ in 0..<Int(1 + random.next() % 8) {
                text += pieces[Int(random.next() % UInt64(pieces.count))]
            }
            guard (try? JSONDocumentReader.read(Array(text.utf8))) != nil else { continue }
            understood += 1
            // A number beyond a double is JSON all the same; Foundation has no room for it.
            guard !text.contains("e91") else { continue }
            #expect(throws: Never.self, "seed \(seed): \(text)") {
                try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
            }
        }
        #expect(understood > 100)
    }
}
