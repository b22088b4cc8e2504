import HelpdeskAPI
import HelpdeskCore
import Terminal
import Testing

@testable import HelpdeskTUI

@Suite("A customer's card")
struct CustomerLinesTests {
    private func card(
        _ customer: API.Customer, _ digits: DisplaySettings.Digits = .latin
    ) -> CustomerLines {
        CustomerLines(
            customer: customer, columns: 80, layout: FieldLayout(),
            display: DisplaySettings(digits: digits), now: Instant(milliseconds: 1_000_000_000))
    }

    /// Of lines that are made of parts.
    private func text(_ card: CustomerLines) -> String {
        card.lines.map { "\($0)" }.joined(separator: "\n")
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
        let card = card(customer)
        #expect(
            customer.scoreSummary.map(card.standingText) == [
                "CSAT 67 % (21 to 94), 3/4 answered; few", "NPS -5 (-20 to 10), 40/40 answered",
            ])
        #expect(
            customer.scoreSummary.prefix(1).map(self.card(customer, .persian).standingText)
                == ["CSAT ۶۷ % (۲۱ to ۹۴), ۳/۴ answered; few"])
        #expect(text(card).contains("Scores"))
        #expect(!text(self.card(Self.customer())).contains("Scores"))
    }

    @Test("shows the newest answers, the newest first")
    func newest() {
        let scores = (1...7).map { number in
            API.Customer.Score(
                kind: .csat, score: 4, at: Timestamp(Instant(milliseconds: Int64(1_000 - number))),
                ticket: TicketNumber(rawValue: Int64(100 + number)))
        }
        let shown = text(card(Self.customer(scores)))
        #expect(shown.contains("#101"))
        #expect(shown.contains("#105"))
        #expect(!shown.contains("#106"), "the oldest are left out")
    }
}
