import HelpdeskCore
import Testing

@Suite("redaction") struct RedactionTests {
    private static let mark = Redaction.mark

    @Test(
        arguments: [
            ("call 0912", ["0912"], "call \(mark)"), ("aaaa", ["aa"], "\(mark)\(mark)"),
            ("aab", ["ab"], "a\(mark)"), ("none", ["x"], nil), ("short", ["shorter"], nil),
            ("one two", ["one", "two"], "\(mark) \(mark)"),
            // A joiner makes one letter of it for a reader; the digits are taken all the same.
            ("pin 12\u{200D}34", ["12"], "pin \(mark)\u{200D}34"),
            ("شماره ۱۲۳۴ است", ["۱۲۳۴"], "شماره \(mark) است"),
        ] as [(String, [String], String?)])
    func takesEveryPlaceAway(_ text: String, _ words: [String], _ left: String?) {
        #expect(Redaction.words(words).applied(to: text) == left)
    }

    @Test func takesEverythingAwayOnce() {
        #expect(Redaction.everything.applied(to: "words") == Self.mark)
        #expect(Redaction.everything.applied(to: Self.mark) == nil)
    }
}
