import HelpdeskCore
import Terminal
import Testing

@testable import HelpdeskTUI

@Suite struct KeyTests {
    @Test(
        "key names are read",
        arguments: [
            ("j", [KeyPress(.character("j"))]), ("C-d", [KeyPress(.character("d"), .control)]),
            ("g g", [KeyPress(.character("g")), KeyPress(.character("g"))]),
            ("PgDn", [KeyPress(.pageDown)]), ("Space", [KeyPress(.character(" "))]),
            ("A-x", [KeyPress(.character("x"), .alt)]), ("S-Tab", [KeyPress(.tab, .shift)]),
            ("C-A-Left", [KeyPress(.left, [.control, .alt])]), ("F12", [KeyPress(.function(12))]),
            ("-", [KeyPress(.character("-"))]), ("ق", [KeyPress(.character("r"))]),
        ])
    func names(_ text: String, _ keys: [KeyPress]) {
        #expect(KeySequence(text)?.keys == keys)
    }

    @Test(
        "names that mean nothing are refused",
        arguments: [
            "", "Hyper", "a b c", "C-", "C-Foo", "C-i", "C-m", "C-[", "C-A", "S-x", "F0", "F13",
        ])
    func unknownNames(_ text: String) { #expect(KeySequence(text) == nil) }

    @Test("every binding has keys, and no key means two things in one context")
    func bindingsAreConsistent() {
        var seen: [String: Command] = [:]
        for binding in Bindings.all {
            #expect(!binding.keys.isEmpty, "\(binding.help)")
            for context in binding.contexts {
                for sequence in binding.keys {
                    let place = "\(context) \(sequence.text)"
                    #expect(seen[place] == nil, "\(place) is bound twice")
                    seen[place] = binding.command
                }
            }
        }
    }

    @Test("the help names every key that is bound")
    func helpIsComplete() {
        let lines = HelpLines.lines().map { "\($0)" }
        let help = lines.joined(separator: "\n")
        for binding in Bindings.all where binding.keys.first?.text.first?.isNumber == false {
            #expect(help.contains(binding.keyText))
        }
        for word in TypedCommand.words { #expect(help.contains(word.word)) }
    }

    @Test("a sequence of two keys works, and one that leads nowhere begins anew")
    func sequences() {
        let model = Desk(words: .english).model(
            Size(columns: 120, rows: 40), display: DisplaySettings())
        let bottom = model.typing("G")
        #expect(bottom.queue.selected?.rawValue == 1_029)
        #expect(bottom.typing("gg").queue.selected?.rawValue == 1_042)
        #expect(bottom.typing("gk").queue.selected?.rawValue == 1_030)
    }

    @Test("with a Persian keyboard the keys in the same places do the same")
    func persianLayout() {
        let model = Desk(words: .persian).model(
            Size(columns: 120, rows: 40), display: DisplaySettings())
        #expect(model.typing("تت").queue.selected == model.typing("jj").queue.selected)
        #expect(model.typing("ق").composer?.kind == .reply)
    }
}
