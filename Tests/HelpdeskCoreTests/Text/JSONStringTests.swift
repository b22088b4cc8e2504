import Foundation
import HelpdeskCore
import RandomKit
import Testing

struct JSONStringTests {
    private static func text(_ value: String) -> String {
        var bytes: [UInt8] = []
        JSONString.append(value, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("", #""""#), ("a\"b\\c", #""a\"b\\c""#), ("\n\r\t\u{0}\u{1F}", #""\n\r\t\u0000\u001f""#),
        ("\u{7F}\u{80}\u{9F}\u{A0}é", "\"\\u007f\\u0080\\u009f\u{A0}é\""),
        ("سلام \u{200C}👩‍💻", "\"سلام \u{200C}👩‍💻\""),
    ])
    func `controls are escaped, and nothing else`(value: String, expected: String) {
        #expect(Self.text(value) == expected)
    }

    @Test func `whatever it holds, a reader of JSON gets it back`() throws {
        let seed = UInt64.random(in: 1...(.max))
        print("seed \(seed)")
        var random = SeededRandom(seed: seed)
        for _ in 0..<2_000 {
            var value = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                let limit: UInt32 = Bool.random(using: &random) ? 0x100 : 0x1_10FF
                if let scalar = Unicode.Scalar(UInt32.random(in: 0...limit, using: &random)) {
                    value.append(scalar)
                }
            }
            let read = try JSONSerialization.jsonObject(
                with: Data(Self.text(String(value)).utf8), options: .fragmentsAllowed)
            #expect(read as? String == String(value), "seed \(seed)")
        }
    }
}
