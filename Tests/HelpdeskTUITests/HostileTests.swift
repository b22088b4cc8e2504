import HelpdeskAPI
import HelpdeskCore
import RandomKit
import Terminal
import Testing

@testable import HelpdeskTUI

/// What strangers write can neither steer the terminal nor move what stands beside it.
@Suite struct HostileTests {
    private static let attacks = [
        "\u{1B}[2J", "\u{1B}]0;owned\u{07}", "\u{9B}31m", "\r\n\r\n", "\u{08}\u{08}\u{08}",
        "\u{202E}gnp.exe", "\u{2066}x", "a\u{200B}\u{FEFF}b", "\u{0}", "\u{2028}", "❤️👨‍👩‍👧‍👦🇮🇷",
        "e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}", "你好你好你好你好", "\t\t\t", "\u{115F}\u{3164}",
        "سلام \u{1B}[31m (x) #12", "\u{1B}P+q544e\u{1B}\\", "\u{E0001}", "1\u{FE0F}\u{20E3}",
    ]

    private func words(_ random: inout SeededRandom) -> DeskWords {
        func text() -> String {
            (0..<Int.random(in: 1...4, using: &random)).map { _ in
                Self.attacks.randomElement(using: &random) ?? ""
            }.joined(separator: " ")
        }
        return DeskWords(
            customers: (0..<5).map { _ in text() }, subjects: (0..<5).map { _ in text() },
            question: text(), quoted: text(), answer: text(), note: text(), agent: text(),
            organisation: text(), comment: text(), attribute: (text(), text()), sought: text())
    }

    private func hostile(_ desk: Desk, _ random: inout SeededRandom) -> Model {
        let attack = { (random: inout SeededRandom) in
            Self.attacks.randomElement(using: &random) ?? ""
        }
        var detail = desk.detail
        detail.ticket.tags = [attack(&random)]
        detail.messages[0].attachments[0].name = attack(&random)
        detail.messages[0].attachments[0].contentType = attack(&random)
        detail.messages[3].delivery = API.Delivery(
            id: DeliveryID(rawValue: 1), state: .failed, attempts: 2, detail: attack(&random))
        var customer = desk.customer
        customer.identities[0].id = attack(&random)
        var preview = desk.preview
        preview.to = [attack(&random)]
        preview.sentence = attack(&random)
        var events = desk.events
        events[0].type = attack(&random)
        let views = [API.View(name: "mine", title: attack(&random), query: "", count: 1)]
        let size = Size(
            columns: Int.random(in: 1...220, using: &random),
            rows: Int.random(in: 1...60, using: &random))
        return desk.model(size, display: DisplaySettings()).after(
            .loaded(.thread(detail, events)), .loaded(.customer(customer)),
            .loaded(.views(views))
        ).typing("r").after(
            .paste(attack(&random)), .loaded(.preview(detail.ticket.number, preview)))
    }

    /// The screens on which these words can stand.
    private func frames(_ desk: Desk, _ model: Model) -> [CellGrid] {
        let free = model.pressing(KeyPress(.escape)).typing("d")
        return [
            model,
            free.typing("T").after(
                .loaded(.timeline(CustomerID(rawValue: 1), desk.timeline))),
            free.after(.loaded(.macros(desk.macros))).typing("m"),
            free.typing("W").after(.loaded(.recoveries(desk.recoveries))),
            free.typing("=").after(
                .loaded(.similar(TicketNumber(rawValue: 1_042), desk.similar))),
            free.after(.loaded(.drafts(desk.drafts))).typing("D"), free.typing("o"),
            free.pressing(KeyPress(.enter)).typing("/").after(.paste(desk.words.sought))
                .pressing(KeyPress(.enter)),
        ].map { view($0) }
    }

    @Test("no control character is ever in a cell")
    func nothingSteers() {
        let seed = SeededRandom.freshSeed()
        var random = SeededRandom(seed: seed)
        for _ in 0..<100 {
            let desk = Desk(words: words(&random))
            let model = hostile(desk, &random)
            for frame in frames(desk, model) {
                let isClean = frame.text.unicodeScalars.allSatisfy {
                    $0 == "\n"
                        || $0.properties.generalCategory != .control
                            && !(0x202A...0x202E).contains($0.value)
                            && !(0x2066...0x2069).contains($0.value)
                }
                #expect(isClean, "HAMDEL_SEED=\(seed)")
            }
        }
    }

    @Test("the next column never moves")
    func columnsStand() {
        let seed = SeededRandom.freshSeed()
        var random = SeededRandom(seed: seed)
        for _ in 0..<60 {
            let model = hostile(Desk(words: words(&random)), &random)
                .pressing(KeyPress(.escape)).typing("d").after(
                    .resized(Size(columns: 120, rows: 40)))
            let frame = view(model)
            for fence in model.panes.fences {
                for row in fence.row..<fence.endRow {
                    let cell = frame[Point(column: fence.column, row: row)]
                    #expect(cell?.text == "│", "HAMDEL_SEED=\(seed) row \(row)")
                }
            }
        }
    }
}
