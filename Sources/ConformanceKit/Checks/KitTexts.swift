/// Texts that programs have broken before. Each must come out as it went in, byte for byte.
package enum KitTexts {
    package static let hard: [(what: String, text: String)] = [
        ("Persian with ZWNJ and its digits", "سلام، می\u{200C}خواهم بدانم سفارش ۱۲۰۴ کجاست؟"),
        ("Arabic and Persian letters of one look", "علي و علی، كتاب و کتاب"),
        ("emoji joined, toned and flagged", "👩‍👩‍👧‍👦 👍🏽 🇮🇷 ❤️"),
        ("marks of direction", "\u{202B}متن\u{202C} \u{2067}abc\u{2069} \u{200F}"),
        ("combining letters", "e\u{301} != é, ا\u{653}"),
        ("beyond the first plane", "𐎠𐎼𐎹 𝒳 🜁"),
        ("quotes, backslashes and slashes", #"he said "\n" \u0041 </script> \\ / '"#),
        ("lines and tabs", "one\ntwo\n\n\tthree  four"),
        ("what looks like the protocol", #"{"type":"stop"}"#),
    ]

    /// About 100 KB.
    package static var long: String { String(repeating: "متن بلند 📦 long text. ", count: 3_200) }

    package static func difference(_ expected: String, _ found: String) -> String {
        let (left, right) = (Array(expected.utf8), Array(found.utf8))
        let place = zip(left, right).prefix { $0 == $1 }.count
        func shown(_ bytes: [UInt8]) -> String {
            String(
                decoding: bytes[
                    min(max(0, place - 20), bytes.count)..<min(bytes.count, place + 20)],
                as: UTF8.self)
        }
        return
            "differs at byte \(place): expected …\(shown(left))… (\(left.count) bytes), got …\(shown(right))… (\(right.count) bytes)"
    }
}
