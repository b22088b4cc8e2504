import HelpdeskCore
import Terminal
import Testing

@testable import HelpdeskTUI

@Suite struct ThemeTests {
    private static let size = Size(columns: 120, rows: 40)
    private static let lines: Set<String> = ["─", "│", "┌", "┐", "└", "┘"]
    private static let shades: Set<String> = ["▂", "▃", "▄", "▅", "▆", "▇", "█"]

    private func frame(
        _ screen: FrameTests.Screen, _ theme: Theme, _ depth: ColourDepth
    ) -> CellGrid {
        let desk = Desk(words: .english)
        var model = desk.model(Self.size, display: FrameTests.english)
        model.settings.theme = theme
        model.settings.colours = depth
        model.notice = screen.name == "marked" ? .failed("no") : nil
        return view(screen.show(desk, model))
    }

    private func cells(_ grid: CellGrid) -> [(Point, Cell)] {
        (0..<grid.size.rows).flatMap { row in
            (0..<grid.size.columns).compactMap { column in
                let point = Point(column: column, row: row)
                return grid[point].map { (point, $0) }
            }
        }
    }

    @Test(
        "in every theme and on every screen each text stands out from its ground",
        arguments: Theme.shipped, FrameTests.screens)
    func contrast(_ theme: Theme, _ screen: FrameTests.Screen) {
        let least = theme == .contrast ? 7.0 : 4.5
        for depth in [ColourDepth.indexed, .direct] {
            for (point, cell) in cells(frame(screen, theme, depth)) {
                let style = cell.style.shown(depth)
                guard let text = style.foreground.rgb, let ground = style.background.rgb else {
                    Issue.record("\(theme.name) \(depth) \(point): a colour is left open")
                    return
                }
                guard cell.text != " ", !cell.text.isEmpty else { continue }
                #expect(!style.attributes.contains(.reverse))
                let wanted =
                    Self.lines.contains(cell.text) ? 3 : depth == .indexed ? 4.5 : least
                let found = text.contrast(with: ground)
                #expect(
                    found >= wanted, "\(theme.name) \(depth) \(point) «\(cell.text)»: \(found)")
            }
        }
    }

    @Test(
        "each part of a theme stands out, on its ground and under the cursor",
        arguments: Theme.shipped)
    func parts(_ theme: Theme) {
        let least = theme == .contrast ? 7.0 : 4.5
        #expect(Set(theme.parts.keys) == Set(ThemePart.allCases))
        for part in ThemePart.allCases {
            for style in [part.look, part.look.adding(.reverse), part.look.adding(.dim)] {
                let shown = theme.shown(style, .direct)
                guard let text = shown.foreground.rgb, let ground = shown.background.rgb else {
                    Issue.record("\(theme.name) \(part): a colour is left open")
                    continue
                }
                let wanted = part == .fence ? (style == part.look ? 3 : 1) : least
                #expect(text.contrast(with: ground) >= wanted, "\(theme.name) \(part)")
            }
        }
    }

    @Test("every part has a role of its own, which the frame that is shown has no more")
    func roles() {
        #expect(Set(ThemePart.allCases.map(\.role)).count == ThemePart.allCases.count)
        for part in ThemePart.allCases {
            #expect(ThemePart(part.role) == part && part.look.role == part.role)
            for theme in Theme.shipped {
                for depth in ColourDepth.allCases {
                    #expect(theme.shown(part.look, depth).role == .none)
                }
            }
        }
    }

    @Test("without colours attributes say it: the cursor's row, alarms, notes, titles")
    func monochrome() {
        let wanted: [(ThemePart, Style.Attributes)] = [
            (.bar, .reverse), (.barAlarm, [.bold, .reverse]), (.alarm, [.bold, .reverse]),
            (.warning, [.bold, .underline]), (.note, [.bold, .underline]),
            (.noteTitle, [.bold, .underline, .reverse]), (.heading, .bold), (.strong, .bold),
            (.focusedTitle, [.bold, .underline]), (.match, [.bold, .reverse]),
            (.customer, .bold), (.agent, .bold), (.fresh, .bold), (.faint, .dim),
        ]
        for (part, attributes) in wanted {
            #expect(Theme.standard.shown(part.look, .none) == Style(attributes: attributes))
        }
        #expect(Theme.contrast.shown(Look.faint, .none) == .plain)
        let queue = frame(FrameTests.screens[0], .standard, .none)
        #expect(cells(queue).allSatisfy { $0.1.style.foreground == .normal })
        #expect(queue[Point(column: 0, row: 2)]?.style.attributes.contains(.reverse) == true)
    }

    @Test("with sixteen colours the terminal's own are used, and its ground")
    func sixteen() {
        let shown: [(Theme, Style, Style)] = [
            (.standard, Look.alarm, Style(foreground: .red, attributes: .bold)),
            (.standard, Look.note, Style(foreground: .yellow)),
            (.light, Look.note, Style(foreground: .magenta)),
            (.light, Look.heading, Style(foreground: .blue, attributes: .bold)),
            (.contrast, Look.alarm, Style(attributes: [.bold, .reverse])),
            (.contrast, Look.faint, .plain), (.standard, Look.faint, .dim),
        ]
        for (theme, style, expected) in shown {
            #expect(theme.shown(style, .basic) == expected, "\(theme.name)")
        }
    }

    @Test("a theme of one's own is the shipped one but for what it says")
    func own() {
        var theme = Theme.light.renamed("mine")
        theme.set(.alarm, Style(foreground: .rgb(RGB(0xCD0000)), attributes: .italic))
        let alarm = theme.shown(Look.alarm, .direct)
        #expect(alarm.foreground == .rgb(RGB(0xCD0000)) && alarm.attributes == .italic)
        #expect(alarm.background == theme.ground)
        #expect(theme.shown(Look.alarm, .basic).shown(.basic).foreground == .red)
        #expect(theme.shown(Look.note, .direct) == Theme.light.shown(Look.note, .direct))
        #expect(theme.shown(Look.note, .basic) == Theme.light.shown(Look.note, .basic))
    }

    @Test("a scroll of a whole screen in full colour stays small")
    func bytes() {
        var encoder = FrameEncoder(colours: .direct, synchronized: .supported)
        var model = Desk(words: .english).model(
            Size(columns: 200, rows: 50), display: FrameTests.english)
        model.settings.colours = .direct
        _ = encoder.encode(view(model))
        for key in ["j", "j", "G", "k", "g", "g"] {
            model = model.typing(key)
            #expect(encoder.encode(view(model)).count <= 8_192, "\(key)")
        }
    }
}
