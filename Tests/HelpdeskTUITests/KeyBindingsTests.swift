import HelpdeskCore
import RandomKit
import Terminal
import Testing

@testable import HelpdeskTUI

/// Keys bound anew.
@Suite struct KeyBindingsTests {
    private func wish(_ context: String?, _ command: String, _ keys: String...) -> KeyWish {
        KeyWish(context: context, command: command, keys: keys)
    }

    private func model(_ wishes: [KeyWish], _ words: DeskWords = .english) throws -> Model {
        var model = Desk(words: words).model(
            Size(columns: 120, rows: 40), display: DisplaySettings())
        model.settings.keys = try KeyBindings(wishes)
        return model
    }

    @Test("every command has a name of its own and a line in the table")
    func names() {
        var seen: Set<String> = []
        for binding in Bindings.all {
            #expect(Command(name: binding.command.name) == binding.command)
            seen.insert(binding.command.name)
            #expect(
                binding.command.name.allSatisfy {
                    $0.isLowercase || $0 == "-" || $0.isNumber
                })
        }
        #expect(Command(name: "view-0") == nil && Command(name: "view-10") == nil)
        #expect(seen.count == Set(Bindings.all.map(\.command)).count)
    }

    @Test("no wish changes nothing")
    func nothing() throws {
        #expect(try KeyBindings([]) == .standard)
        #expect(KeyBindings.standard.rows == Bindings.all)
    }

    /// Context, keys, and what they do then.
    private static let wanted:
        [(wishes: [KeyWish], context: KeyContext, keys: String, command: Command?)] = [
            // Instead of the old one, everywhere.
            ([KeyWish(command: "reply", keys: ["b"])], .queue, "b", .reply),
            ([KeyWish(command: "reply", keys: ["b"])], .thread, "b", .reply),
            ([KeyWish(command: "reply", keys: ["b"])], .thread, "r", nil),
            // Several, one of them two keys long.
            ([KeyWish(command: "reply", keys: ["b", "B b"])], .thread, "B b", .reply),
            // In one context only; elsewhere it stays.
            ([KeyWish(context: "queue", command: "reply", keys: ["b"])], .queue, "b", .reply),
            ([KeyWish(context: "queue", command: "reply", keys: ["b"])], .thread, "b", nil),
            ([KeyWish(context: "queue", command: "reply", keys: ["b"])], .thread, "r", .reply),
            // The one for a context stands above the one for all, whichever comes first.
            (
                [
                    KeyWish(context: "queue", command: "reply", keys: ["b"]),
                    KeyWish(command: "reply", keys: ["B"]),
                ], .queue, "b", .reply
            ),
            // Taken away, and given to another.
            ([KeyWish(command: "drafts", keys: [])], .queue, "D", nil),
            (
                [
                    KeyWish(command: "close", keys: []), KeyWish(command: "reply", keys: ["x"]),
                ], .queue, "x", .reply
            ),
            // Both rows of a command are replaced in the context.
            (
                [KeyWish(context: "thread", command: "page-down", keys: ["b"])], .thread, "Space",
                nil
            ),
            (
                [KeyWish(context: "thread", command: "page-down", keys: ["b"])], .customer, "Space",
                .pageDown
            ),
            // Where it had none before.
            (
                [KeyWish(context: "thread", command: "mark", keys: ["Insert"])], .thread, "Insert",
                .mark
            ),
            (
                [KeyWish(context: "thread", command: "mark", keys: ["Insert"])], .queue, "Space",
                .mark
            ),
            // A key in a Persian layout is the key in its place.
            ([KeyWish(command: "macro", keys: ["ذ"])], .queue, "b", .macro),
            ([KeyWish(command: "view-3", keys: ["A-3"])], .queue, "A-3", .view(2)),
            ([KeyWish(command: "help", keys: ["F12"])], .customer, "F12", .help),
            (
                [KeyWish(command: "previous-pane", keys: ["S-Left"])], .queue, "S-Left",
                .previousPane
            ),
        ]

    @Test("keys do what is wished for", arguments: wanted.indices)
    func meanings(_ index: Int) throws {
        let row = Self.wanted[index]
        let bindings = try KeyBindings(row.wishes)
        let sequence = try #require(KeySequence(row.keys))
        let found = bindings.find(sequence.keys, in: row.context)
        #expect(found == row.command.map { .command($0) } ?? .nothing)
    }

    private static let refused:
        [(wishes: [KeyWish], wish: Int, part: KeyFault.Part, text: String)] = [
            ([KeyWish(command: "fly", keys: ["f"])], 0, .command, "there is no command fly"),
            ([KeyWish(context: "all", command: "reply", keys: [])], 0, .context, "there is no all"),
            (
                [KeyWish(context: "page", command: "reply", keys: [])], 0, .command,
                "does nothing in"
            ),
            (
                [KeyWish(command: "reply", keys: ["b", "Hyper"])], 0, .key(1),
                "there is no key «Hyper»"
            ),
            (
                [KeyWish(command: "reply", keys: ["a b c"])], 0, .key(0),
                "one key was expected, or two"
            ),
            ([KeyWish(command: "reply", keys: [""])], 0, .key(0), "one key was expected"),
            ([KeyWish(command: "reply", keys: ["C-i"])], 0, .key(0), "terminals send Tab"),
            ([KeyWish(command: "reply", keys: ["C-A"])], 0, .key(0), "write it small"),
            ([KeyWish(command: "reply", keys: ["S-a"])], 0, .key(0), "the letter that Shift makes"),
            ([KeyWish(command: "reply", keys: ["b", "x"])], 0, .key(1), "is close already"),
            // «ط» is on the key of x.
            ([KeyWish(command: "reply", keys: ["ط"])], 0, .key(0), "is close already"),
            ([KeyWish(command: "reply", keys: ["g r"])], 0, .key(0), ""),
            ([KeyWish(command: "reply", keys: ["x r"])], 0, .key(0), "begin alike"),
            (
                [KeyWish(command: "reply", keys: ["g"])], 0, .key(0),
                "«g g», which is top, begin alike"
            ),
            (
                [KeyWish(command: "reply", keys: ["b b", "b"])], 0, .key(1),
                "would never be reached"
            ),
            (
                [
                    KeyWish(command: "reply", keys: ["b"]),
                    KeyWish(command: "note", keys: ["i", "b"]),
                ],
                1, .key(1), "«b» is reply already; give reply other keys there, or none: reply = []"
            ),
            (
                [
                    KeyWish(command: "back", keys: []), KeyWish(command: "quit", keys: []),
                    KeyWish(command: "command-line", keys: []),
                ], 2, .command, "nothing would lead out of the queue"
            ),
        ]

    @Test("what cannot be had is a fault that names it", arguments: refused.indices)
    func faults(_ index: Int) throws {
        let row = Self.refused[index]
        // «g r» beside «g g» is two sequences that begin alike and never meet.
        if row.text.isEmpty {
            _ = try KeyBindings(row.wishes)
            return
        }
        do throws(KeyFault) {
            _ = try KeyBindings(row.wishes)
            Issue.record("no fault: \(row.wishes)")
        } catch {
            #expect(error.wish == row.wish && error.part == row.part, "\(error)")
            #expect(error.text.contains(row.text), "\(error.text)")
        }
    }

    @Test("random wishes are refused, or every key has one meaning and every context a way out")
    func randomWishes() {
        let seed = SeededRandom.freshSeed()
        var random = SeededRandom(seed: seed)
        let contexts: [String?] = [nil, "queue", "thread", "customer", "page"]
        let keys = ["a", "b", "g", "g g", "x", "C-d", "Enter", "q", "Esc", "ت", "F5", ":", "Space"]
        for round in 0..<400 {
            let wishes = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                KeyWish(
                    context: contexts.randomElement(using: &random) ?? nil,
                    command: Bindings.all.randomElement(using: &random)?.command.name ?? "back",
                    keys: (0..<Int.random(in: 0...2, using: &random)).map { _ in
                        keys.randomElement(using: &random) ?? "a"
                    })
            }
            guard let bindings = try? KeyBindings(wishes) else { continue }
            let place = "seed \(seed), round \(round): \(wishes)"
            for context in KeyContext.allCases {
                var seen: [[KeyPress]: Command] = [:]
                for row in bindings.rows where row.contexts.contains(context) {
                    for sequence in row.keys {
                        let before = seen.updateValue(row.command, forKey: sequence.keys)
                        #expect(before == nil || before == row.command, "\(place)")
                        #expect(bindings.find(sequence.keys, in: context) == .command(row.command))
                    }
                }
                for sequence in seen.keys where sequence.count > 1 {
                    #expect(seen[[sequence[0]]] == nil, "\(place)")
                }
                #expect(
                    seen.values.contains { [.quit, .back, .commandLine].contains($0) }, "\(place)")
            }
            // Nothing is lost: what has no key is still found by its words.
            let commands = Set(bindings.rows.map(\.command))
            #expect(commands == Set(Bindings.all.map(\.command)), "\(place)")
        }
    }

    @Test("help, palette, footer and the hints in texts show what is in force")
    func shown() throws {
        let changed = try model([
            wish(nil, "reply", "b"), wish(nil, "help", "F12"), wish("thread", "full-text", "C-v"),
            wish(nil, "drafts"), wish("thread", "end", "L L"), wish(nil, "join", "J L"),
            wish(nil, "next-ticket", "C-n"),
        ])
        let footer = { (model: Model) in view(model).rowText(39) }
        #expect(footer(changed).hasPrefix(" F12 help "))
        #expect(footer(changed).contains(" b reply ") && !footer(changed).contains(" r reply "))
        let rows = HelpLines.lines(changed.settings.keys).compactMap { line -> String? in
            guard case .parts(let parts, _) = line else { return nil }
            return parts.map(\.text.string).joined()
        }
        let help = rows.joined(separator: "\n")
        #expect(rows.contains { $0.hasPrefix("   b ") && $0.hasSuffix(" reply to the customer") })
        #expect(rows.contains { $0.hasPrefix("   F12 ") && $0.hasSuffix(" this help") })
        #expect(!help.contains("what you began and did not send"))
        #expect(help.contains("and back (in the thread)"))
        #expect(help.contains("and back (in the queue and the customer)"))
        let palette = Palette.choices(changed.views, changed.settings.keys)
        let drafts = palette.first { $0.title == "what you began and did not send" }
        #expect(drafts?.detail == "")
        #expect(palette.first { $0.title == "reply to the customer" }?.detail == "b")
        let thread = changed.pressing(KeyPress(.enter))
        let frame = view(thread.pressing(KeyPress(.pageUp))).text
        #expect(view(thread.pressing(KeyPress(.home))).text.contains("quoted or signed: C-v"))
        #expect(frame.contains(" more: L L ") || !frame.contains(" more: "))
    }

    @Test("what is bound is done, with a Persian keyboard too, and what is not is not")
    func pressed() throws {
        let changed = try model([
            wish(nil, "reply", "b"), wish("queue", "down", "n"), wish(nil, "assign"),
        ])
        #expect(changed.typing("b").composer?.kind == .reply)
        #expect(changed.typing("ذ").composer?.kind == .reply)
        #expect(changed.typing("r").composer == nil)
        #expect(changed.typing("nn").queue.selected?.rawValue == 1_040)
        #expect(changed.typing("دد").queue.selected?.rawValue == 1_040)
        #expect(changed.typing("j").queue.selected?.rawValue == 1_042)
        #expect(changed.typing("a").overlay == nil)
    }

    @Test("the list of customers to win back goes by the same keys")
    func recoveries() throws {
        let desk = Desk(words: .english)
        let changed = try model([wish("page", "down", "n"), wish("page", "back", "e")])
        let listed = changed.typing("W").after(.loaded(.recoveries(desk.recoveries)))
        func index(_ model: Model) -> Int? {
            if case .recoveries(_, let index) = model.overlay { index } else { nil }
        }
        #expect(index(listed.typing("n")) == 1)
        #expect(index(listed.typing("e")) == nil)
        #expect(index(listed.typing("q")) == 0)
        #expect(view(listed).rowText(39).contains("n down"))
    }
}
