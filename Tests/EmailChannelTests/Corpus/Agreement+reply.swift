import CorpusKit

@testable import EmailChannel

extension Agreement {
    static func plainReply(_ testCase: CorpusSet.Case) -> Outcome {
        guard let bytes = testCase.bytes() else { return .skipped }
        let ours = ReplyText.visible(in: TextDecoding.normalised(bytes)).asText
        return reply(ours, testCase.expect)
    }

    static func htmlReply(_ testCase: CorpusSet.Case) -> Outcome {
        guard let bytes = testCase.bytes() ?? testCase.fields["html"]?.text.map({ Array($0.utf8) })
        else { return .skipped }
        let html = TextDecoding.normalised(TextDecoding.utf8(bytes, declared: nil))
        return reply(HTMLVisible.text(HTMLText.render(html)).asText, testCase.expect)
    }

    static func mailReply(_ testCase: CorpusSet.Case) -> Outcome {
        guard let bytes = testCase.bytes() else { return .skipped }
        guard let mail = read(bytes) else { return .differs("not read") }
        return reply(mail.text, testCase.expect)
    }

    private static func reply(_ ours: String, _ expect: JSONValue) -> Outcome {
        let first = compare(ours, expect)
        if case .agreed = first { return first }
        // KINDS: a result without the sign-off is fine too.
        if let other = expect["without_signoff"], case .agreed = compare(ours, other) {
            return .agreed
        }
        return first
    }

    private static func compare(_ ours: String, _ expect: JSONValue) -> Outcome {
        var differences = Differences()
        var asserted = false
        let text = Reductions.lines(ours)
        if let visible = expect["visible"], !visible.isNull {
            asserted = true
            let clean = { (text: String) in
                expect["markdown"]?.boolean == true
                    ? text.filter { $0 != "*" && $0 != "_" } : text
            }
            differences.expect(
                "visible", clean(text), clean(Reductions.lines(visible.text ?? "")))
        }
        for (key, reduce) in [
            ("visible_text_ws", Reductions.ws), ("visible_text_nows", Reductions.withoutSpace),
        ] {
            guard let wanted = expect[key]?.text else { continue }
            asserted = true
            differences.expect(
                key, reduce(Reductions.withoutLinks(ours)), reduce(Reductions.withoutLinks(wanted)))
        }
        let collapsed = Reductions.lines(ours)
        for piece in expect["visible_contains"]?.texts ?? [] {
            asserted = true
            differences.expect("lacks \(piece)", that: collapsed.contains(Reductions.lines(piece)))
        }
        for piece in expect["visible_not_contains"]?.texts ?? [] {
            asserted = true
            differences.expect("has \(piece)", that: !collapsed.contains(piece))
        }
        for piece in expect["visible_starts_with"]?.texts ?? [] {
            asserted = true
            differences.expect(
                "starts \(collapsed.prefix(80)) ≠ \(piece)",
                that: collapsed.hasPrefix(Reductions.lines(piece)))
        }
        for piece in expect["visible_ends_with"]?.texts ?? [] {
            asserted = true
            differences.expect(
                "ends \(collapsed.suffix(120)) ≠ \(piece)",
                that: collapsed.hasSuffix(Reductions.lines(piece)))
        }
        return asserted ? differences.outcome : .skipped
    }
}
