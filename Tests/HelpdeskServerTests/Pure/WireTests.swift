import RandomKit
import TestKit
import Testing

@testable import HelpdeskServer

@Suite struct WireTests {
    @Test(arguments: [
        ("score=5&comment=a+b", ["score=5", "comment=a b"]),
        ("comment=%D8%B3%D9%84%D8%A7%D9%85%0D%0A%21", ["comment=سلام\r\n!"]),
        ("a&b=&=c&&d=1=2", ["a=", "b=", "=c", "d=1=2"]),
        ("x=%&y=%4&z=%zz&w=%C3", ["x=%", "y=%4", "z=%zz", "w=\u{FFFD}"]),
        ("", []),
    ])
    func formsAreReadByBytes(_ text: String, _ expected: [String]) {
        #expect(PercentCoding.pairs(text.utf8).map { "\($0.name)=\($0.value)" } == expected)
    }

    @Test func aFormHasABoundedNumberOfFields() {
        let text = String(repeating: "a=1&", count: 100_000)
        #expect(PercentCoding.pairs(text.utf8).count == PercentCoding.maximumPairs)
    }

    /// No bytes are a trap, and what was encoded comes back.
    @Test func anyBytesCanBeDecoded() {
        var random = SeededRandom(seed: 7)
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            _ = PercentCoding.pairs(bytes)
            _ = PercentCoding.decoded(bytes, .path)
            let encoded = bytes.map { byte in
                let digits = String(byte, radix: 16)
                return "%" + (digits.utf8.count == 1 ? "0" : "") + digits
            }.joined()
            #expect(
                PercentCoding.decoded(encoded.utf8, .form) == String(decoding: bytes, as: UTF8.self)
            )
        }
    }

    @Test(
        arguments: [
            ("Bearer hamdel_pat_abc", "hamdel_pat_abc"), ("bearer  x", "x"), ("BEARER x", "x"),
            ("Bearer ", nil), ("Bearer", nil), ("Basic eDp5", nil), ("", nil),
            ("Bearer a b", nil), ("Bearer a\u{0}", nil), ("Bearer é", nil),
        ] as [(String, String?)])
    func onlyABearerTokenIsOne(_ header: String, _ token: String?) {
        #expect(Identification.bearerToken(header) == token)
    }

    @Test(arguments: [
        ("report.pdf", #"attachment; filename="report.pdf"; filename*=UTF-8''report.pdf"#),
        ("../../etc/x", #"attachment; filename="_.._etc_x"; filename*=UTF-8''..%2F..%2Fetc%2Fx"#),
        ("a\"\r\nX: y", #"attachment; filename="a___X__y"; filename*=UTF-8''a%22%0D%0AX%3A%20y"#),
        (".bashrc", #"attachment; filename="bashrc"; filename*=UTF-8''.bashrc"#),
        ("", #"attachment; filename="file"; filename*=UTF-8''"#),
    ])
    func aFileNameNeverLeavesItsQuotes(_ name: String, _ expected: String) {
        #expect(Disposition.attachment(name) == expected)
    }

    @Test(arguments: [("workTickets", "work_tickets"), ("configure", "configure")])
    func permissionsAreWrittenInSnakeCase(_ word: String, _ expected: String) {
        #expect(SnakeCase.text(word) == expected)
    }
}
