import HelpdeskAPI
import HelpdeskCore
import RandomKit
import Terminal
import Testing

@testable import HelpdeskTUI

/// Whatever is pressed and whatever arrives: no crash, and the cursor stays on its ticket.
@Suite struct RandomWalkTests {
    private static let codes: [KeyCode] =
        "jkgGrRiaAxXstvVTeyJKPq[]123/:?ydns+ سلامmEDzphL!*uUnNFW=o|Y\\".map {
            KeyCode.character($0)
        } + [
            .enter, .escape, .tab, .backspace, .delete, .up, .down, .left, .right, .home, .end,
            .pageUp, .pageDown, .function(1), .function(99),
        ]

    private func key(_ random: inout SeededRandom) -> Message {
        let code = Self.codes.randomElement(using: &random) ?? .enter
        let held: KeyPress.Modifiers = Int.random(in: 0..<8, using: &random) == 0 ? .control : []
        return .key(KeyPress(code, held))
    }

    private func arrival(_ desk: Desk, _ random: inout SeededRandom) -> Message {
        let number = TicketNumber(rawValue: Int64.random(in: 1_029...1_045, using: &random))
        switch Int.random(in: 0..<10, using: &random) {
        case 0:
            let all = (0..<14).shuffled(using: &random).prefix(
                Int.random(in: 0...14, using: &random))
            let page = API.Page(all.map { desk.ticket($0) })
            let view = ["mine", "unassigned", "active"].randomElement(using: &random)
            return .loaded(.queue(QueueRequest(view: view), page))
        case 1: return .loaded(.thread(desk.detail, desk.events))
        case 2: return .loaded(.customer(desk.customer))
        case 3: return .loaded(.preview(number, desk.preview))
        case 4: return .loaded(.explanation(desk.explanation))
        case 5: return .failed(.load(.thread(number)), Failure(.notFound, "gone"))
        case 6:
            let types = ["message_received", "ticket_hidden", "presence_changed", "news"]
            let event = API.Event(
                position: Position(rawValue: 1), id: "e",
                type: types.randomElement(using: &random) ?? "", schema: 1,
                at: Timestamp(Desk.now), actor: .init(kind: "system"), ticket: number, data: [:])
            return .live(.event(event))
        case 7: return .due(.reload)
        case 8:
            let size = Size(
                columns: Int.random(in: 0...200, using: &random),
                rows: Int.random(in: 0...60, using: &random))
            return .resized(size)
        default: return .live(Bool.random(using: &random) ? .waiting : .resync)
        }
    }

    @Test("random keys and arrivals")
    func walk() {
        let seed = SeededRandom.freshSeed()
        var random = SeededRandom(seed: seed)
        for round in 0..<16 {
            let desk = Desk(words: round % 2 == 0 ? .english : .persian)
            var model = desk.model(Size(columns: 120, rows: 40), display: DisplaySettings())
            for step in 0..<100 {
                let isKey = Int.random(in: 0..<3, using: &random) > 0
                let message = isKey ? key(&random) : arrival(desk, &random)
                let before = model
                model = update(model, message).0
                #expect(view(model).size == model.size)
                guard !isKey, model.queue.view == before.queue.view else { continue }
                let stayed =
                    before.queue.selected == nil || model.queue.selected == before.queue.selected
                #expect(stayed, "HAMDEL_SEED=\(seed) round \(round) step \(step)")
            }
        }
    }
}
