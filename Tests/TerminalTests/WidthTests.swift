import Glibc
import Testing

@testable import Terminal

// glibc shows it only to programs that ask for X/Open.
@_silgen_name("wcwidth")
private func wcwidth(_ code: Int32) -> Int32

@Suite struct WidthTests {
    @Test(
        "Known characters take known widths under both policies",
        arguments: [
            ("a", 1, 1), ("é", 1, 1), ("e\u{301}", 1, 1), ("س", 1, 1), ("بً", 1, 1),
            ("ی\u{200C}", 1, 1),
            ("你", 2, 2), ("ｶ", 1, 1), ("Ａ", 2, 2), ("한", 2, 2), ("\u{1112}\u{1161}\u{11AB}", 2, 2),
            ("🙂", 2, 2), ("❤️", 1, 2), ("👨‍👩‍👧‍👦", 8, 2), ("🇮🇷", 2, 2), ("\u{1F1EE}", 1, 1),
            ("1\u{FE0F}\u{20E3}", 1, 2),
            ("👍🏽", 4, 2),
            ("…", 1, 1), ("│", 1, 1), ("\u{FFFD}", 1, 1), ("¤", 1, 1), ("⇄", 1, 1), ("␛", 1, 1),
            ("\n", 0, 0), ("", 0, 0), ("abc", 3, 3), ("سلام دنیا", 9, 9), ("日本", 4, 4), ("नि", 2, 1),
        ])
    func widths(text: String, sum: Int, cluster: Int) {
        #expect(WidthPolicy.sum.width(of: text) == sum)
        #expect(WidthPolicy.cluster.width(of: text) == cluster)
    }

    @Test("Every code point that glibc knows has glibc's width, but for those we hide")
    func agreesWithWcwidth() throws {
        let locale = try #require(newlocale(LC_CTYPE_MASK, "C.UTF-8", nil))
        defer { freelocale(locale) }
        let former = uselocale(locale)
        defer { uselocale(former) }
        var different: [String] = []
        for code in UInt32(0x20)...0x10_FFFF {
            let theirs = wcwidth(Int32(code))
            let own = ScalarClass(code: code)
            // What glibc does not know (-1) may be of a later Unicode; the sanitizer replaces
            // what is hidden, whatever its width.
            guard theirs >= 0, own != .hidden else { continue }
            if own.width != Int(theirs) {
                different.append("U+\(String(code, radix: 16)) \(own) \(theirs)")
            }
        }
        #expect(different.isEmpty)
    }

    @Test("The fast table and the search agree with the runs at their borders")
    func bordersOfRuns() {
        for (run, next) in zip(ScalarTable.classRuns, ScalarTable.classRuns.dropFirst()) {
            #expect(run >> 4 < next >> 4)
            #expect(ScalarClass(code: run >> 4).rawValue == UInt8(run & 15))
            #expect(ScalarClass(code: (next >> 4) - 1).rawValue == UInt8(run & 15))
        }
        #expect(ScalarClass(code: 0x11_0000) == .unassigned)
        #expect(ScalarClass(code: .max) == .unassigned)
    }

    @Test(
        "Letters that join are told from others",
        arguments: [
            ("ب", true), ("ا", true), ("ی", true), ("ـ", true), ("ء", false), ("a", false),
            ("۱", false),
        ])
    func joining(letter: String, joins: Bool) {
        #expect(letter.unicodeScalars.first?.joinsNeighbours == joins)
    }
}
