import HelpdeskCore
import RandomKit
import Testing

@Suite("A message that is a rating")
struct RatingTextTests {
    static let given: [(String, SurveyKind, Int)] = [
        ("5", .csat, 5), (" 5 ", .csat, 5), ("۵", .csat, 5), ("٤", .csat, 4),
        ("５", .csat, 5), ("5!", .csat, 5), ("5.", .csat, 5), ("4/5", .csat, 4),
        ("۴ از ۵", .csat, 4), ("4 out of 5", .csat, 4), ("5 stars", .csat, 5),
        ("۵ ستاره", .csat, 5), ("5️⃣", .csat, 5), ("5 ⭐", .csat, 5), ("⭐⭐⭐⭐", .csat, 4),
        ("⭐️⭐️⭐️", .csat, 3), ("★★★★☆", .csat, 4), ("🌟", .own, 1),
        ("\u{200F}۳\u{200C}", .csat, 3), ("10", .nps, 10), ("۱۰", .nps, 10), ("🔟", .nps, 10),
        ("0", .nps, 0), ("9/10", .nps, 9), ("7", .ces, 7), ("7 of 7", .ces, 7),
    ]

    @Test(
        "is read in any digits, with the top of the scale, as a key cap or as stars",
        arguments: given)
    func isRead(text: String, kind: SurveyKind, score: Int) {
        #expect(RatingText.score(text, on: kind) == score)
    }

    static let others: [(String, SurveyKind)] = [
        ("", .csat), ("عالی بود", .csat), ("good", .csat), ("5 but", .csat),
        ("5?", .csat), ("-5", .csat), ("+5", .csat), ("4.5", .csat), ("5 5", .csat),
        ("05", .csat), ("6", .csat), ("0", .csat), ("55", .csat), ("⭐⭐⭐⭐⭐⭐", .csat),
        ("☆☆☆", .csat), ("☆★", .csat), ("⭐ 5", .csat), ("👍", .csat), ("4/10", .csat),
        ("5 of 7", .csat), ("11", .nps), ("⭐⭐⭐", .nps), ("8", .ces), ("0", .ces),
        ("5 stars", .nps), ("5 days late", .csat), ("#5", .csat), ("۵ روز", .csat),
        (String(repeating: "5", count: 10_000), .csat),
        (String(repeating: " ", count: 10_000) + "5", .csat),
    ]

    @Test(
        "is nothing else",
        arguments: others)
    func isNot(text: String, kind: SurveyKind) {
        #expect(RatingText.score(text, on: kind) == nil)
    }

    @Test("never traps, and is always on the scale")
    func random() {
        var generator = SeededRandom(seed: 77)
        let pieces = [
            "5", "۴", "⭐", "★", "☆", "/", "از", "of", " ", "\u{FE0F}", "\u{20E3}", "!", "🔟", "-",
            "\u{202E}", "a", "10",
        ]
        for _ in 0..<5_000 {
            let count = Int.random(in: 0...6, using: &generator)
            let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }
                .joined()
            for kind in SurveyKind.allCases {
                guard let score = RatingText.score(text, on: kind) else { continue }
                #expect(kind.scores.contains(score), "\(text)")
            }
        }
    }
}
