import HelpdeskAPI
import HelpdeskCore
import Terminal
import Testing

@testable import HelpdeskTUI

@Suite("A customer's card")
struct CustomerLinesTests {
    private func text(
        _ customer: API.Customer, _ digits: DisplaySettings.Digits = .latin
    ) -> String {
        CustomerLines(
            customer: customer, columns: 80, layout: FieldLayout(),
            display: DisplaySettings(digits: digits), now: Instant(milliseconds: 1_000_000_000)
        ).lines.map { "\($0)" }.joined(separator: "\n")
    }

    private static func customer(
        _ scores: [API.Customer.Score] = [], _ summary: [API.ScoreReport.Part] = []
    ) -> API.Customer {
        API.Customer(
            id: CustomerID(rawValue: 1), vip: false, scores: scores, scoreSummary: summary,
            blocked: false, createdAt: Timestamp(Instant(milliseconds: 0)))
    }

    @Test("says what all answers come to, of how many, and that few say little")
    func summary() {
        let customer = Self.customer(
            [],
            [
                .init(
                    key: "csat", n: 3, sent: 4, responseRate: 0.75, satisfied: 2.0 / 3, mean: 3.7,
                    interval: .init(low: 0.2077, high: 0.9385), nps: nil, npsInterval: nil,
                    smallSample: true),
                .init(
                    key: "nps", n: 40, sent: 40, responseRate: 1, satisfied: 0.5, mean: 8,
                    interval: .init(low: 0.3, high: 0.6), nps: -0.05,
                    npsInterval: .init(low: -0.2, high: 0.1), smallSample: false),
            ])
        let shown = text(customer)
        #expect(shown.contains("CSAT 67 % (21 to 94), 3/4 answered; few"))
        #expect(shown.contains("NPS -5 (-20 to 10), 40/40 answered"))
        #expect(!shown.contains("40/40 answered; few"))
        #expect(text(customer, .persian).contains("۳/۴"))
        #expect(!text(Self.customer()).contains("Scores"))
    }

    @Test("shows the newest answers, the newest first")
    func newest() {
        let scores = (1...7).map { number in
            API.Customer.Score(
                kind: .csat, score: 4, comment: "answer \(number)",
                at: Timestamp(Instant(milliseconds: Int64(1_000 - number))))
        }
        let shown = text(Self.customer(scores))
        #expect(shown.contains("answer 1"))
        #expect(shown.contains("answer 5"))
        #expect(!shown.contains("answer 6"), "the oldest are left out")
    }
}
