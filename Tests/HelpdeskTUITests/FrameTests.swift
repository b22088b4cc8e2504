import Glibc
import HelpdeskAPI
import HelpdeskCore
import Terminal
import Testing

@testable import HelpdeskTUI

/// Every screen as text, at three sizes and in two languages. `HAMDEL_WRITE_FRAMES=1` writes them anew; look at what
/// changed before it is committed.
@Suite struct FrameTests {
    struct Screen: CustomTestStringConvertible, Sendable {
        var name: String
        var show: @Sendable (Desk, Model) -> Model
        var testDescription: String { name }
    }

    static let sizes = [(80, 24), (120, 40), (200, 50)]

    static let screens = [
        Screen(name: "queue") { _, model in model },
        Screen(name: "thread") { _, model in model.pressing(KeyPress(.enter)) },
        Screen(name: "full-text") { _, model in model.pressing(KeyPress(.enter)).typing("vgg") },
        Screen(name: "customer") { _, model in
            model.pressing(KeyPress(.tab), KeyPress(.tab))
        },
        Screen(name: "reply") { desk, model in
            model.typing("r").after(
                .paste(desk.words.answer),
                .loaded(.preview(TicketNumber(rawValue: 1_042), desk.preview)))
        },
        Screen(name: "note") { desk, model in
            model.typing("i").after(.paste(desk.words.note))
        },
        Screen(name: "help") { _, model in model.typing("?") },
        Screen(name: "explain") { desk, model in
            model.typing("e").after(.loaded(.explanation(desk.explanation)))
        },
        Screen(name: "assign") { _, model in model.typing("a") },
        Screen(name: "offline") { _, model in
            model.after(.clock(Desk.now), .live(.waiting)).typing(":tak")
        },
        Screen(name: "marked") { _, model in model.typing("  xsol") },
        Screen(name: "timeline") { desk, model in
            model.typing("T").after(.loaded(.timeline(CustomerID(rawValue: 1), desk.timeline)))
        },
        Screen(name: "find") { desk, model in
            model.pressing(KeyPress(.enter)).typing("/\(desk.words.sought)")
                .pressing(KeyPress(.enter))
        },
        Screen(name: "macros") { desk, model in
            model.after(.loaded(.macros(desk.macros))).typing("m")
        },
        Screen(name: "recoveries") { desk, model in
            model.typing("W").after(.loaded(.recoveries(desk.recoveries))).typing("j")
        },
        Screen(name: "report") { _, model in
            model.typing("M").after(
                .loaded(
                    .report(
                        .overview,
                        [
                            "overview, from 2026-10-23 00:00 to 2026-11-22 10:30", "",
                            "opened                       412  +8 %",
                            "first response median      14 min  n 398  -21 %", "", "per day",
                            "▂▃▅▇█▆▄  at most 31",
                        ])))
        },
        Screen(name: "onlookers") { desk, model in
            let other = API.Attention.Attendant(
                agent: AgentID(rawValue: "zahra"), state: .writing, since: Desk.ago(minutes: 0))
            return model.after(
                .live(
                    .attention(
                        API.Attention(ticket: TicketNumber(rawValue: 1_042), agents: [other]))))
        },
        Screen(name: "palette") { _, model in
            model.pressing(KeyPress(.character("k"), .control)).typing("cus")
        },
        Screen(name: "snooze") { _, model in model.typing("z") },
        Screen(name: "similar") { desk, model in
            model.typing("=").after(
                .loaded(.similar(TicketNumber(rawValue: 1_042), desk.similar)))
        },
        Screen(name: "review") { desk, model in
            model.typing("r").after(
                .loaded(.preview(TicketNumber(rawValue: 1_042), desk.preview)),
                .edited(key: "test-1", text: desk.words.answer))
        },
        Screen(name: "held") { desk, model in
            var model = model
            model.settings.sendDelay = .seconds(5)
            return model.typing("r").after(.paste(desk.words.answer))
                .pressing(KeyPress(.character("s"), .control))
        },
        Screen(name: "files") { _, model in model.typing("o") },
        Screen(name: "folds") { _, model in model.typing("F") },
        Screen(name: "unfolded") { _, model in
            Fold.allCases.reduce(model.pressing(KeyPress(.enter)).typing("F")) { model, _ in
                model.pressing(KeyPress(.enter), KeyPress(.down))
            }.pressing(KeyPress(.escape))
        },
        Screen(name: "drafts") { desk, model in
            model.after(.loaded(.drafts(desk.drafts))).typing("D")
        },
        Screen(name: "zoom") { _, model in model.pressing(KeyPress(.enter)).typing("+") },
    ]

    static let english = DisplaySettings()
    static let persian = DisplaySettings(
        digits: .persian, calendar: .jalali,
        local: { ZoneRules(name: "Tehran", offsetSeconds: 12_600).local($0) })

    @Test("each screen looks as it did", arguments: screens, ["en", "fa"])
    func golden(_ screen: Screen, _ language: String) throws {
        let desk = Desk(words: language == "en" ? .english : .persian)
        let display = language == "en" ? FrameTests.english : FrameTests.persian
        for (columns, rows) in FrameTests.sizes {
            let model = desk.model(Size(columns: columns, rows: rows), display: display)
            let shown = view(screen.show(desk, model)).text
            let path = Self.folder + "/\(screen.name)-\(language)-\(columns)x\(rows).txt"
            if getenv("HAMDEL_WRITE_FRAMES") != nil {
                try write(shown, to: path)
            } else {
                let expected = read(path)
                #expect(shown == expected, "differs from \(path)")
            }
        }
    }

    private static let folder = String(#filePath.dropLast("FrameTests.swift".count)) + "Frames"

    private func read(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    private struct CannotWrite: Error { let path: String }

    private func write(_ text: String, to path: String) throws {
        guard let file = fopen(path, "w") else { throw CannotWrite(path: path) }
        defer { fclose(file) }
        fputs(text, file)
    }
}
