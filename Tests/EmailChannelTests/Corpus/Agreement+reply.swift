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

    /// The split of a text and a signature: we say the text.
    static func signature(_ testCase: CorpusSet.Case) -> Outcome {
        guard let bytes = testCase.bytes(), let text = testCase.expect["text"]?.text else {
            return .skipped
        }
        let ours = ReplyText.visible(in: TextDecoding.normalised(bytes)).asText
        var differences = Differences()
        differences.expect("text", Reductions.lines(ours), Reductions.lines(text))
        return differences.outcome
    }

    private static func reply(_ ours: String, _ expect: JSONValue) -> Outcome {
        let first = compare(ours, expect)
        if case .agreed = first { return first }
        // KINDS: a result without the sign-off is fine too.
        if let other = expect["without_signoff"] {
            let second = compare(ours, other)
            if case .agreed = second { return .agreed }
            if case .leftOut = first { return second }
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
        for piece in expect["visible_contains"]?.texts ?? [] {
            asserted = true
            differences.expect("lacks \(piece)", that: text.contains(Reductions.lines(piece)))
        }
        for piece in expect["visible_not_contains"]?.texts ?? [] {
            asserted = true
            differences.expect("has \(piece)", that: !text.contains(piece))
        }
        for piece in (expect["visible_starts_with"]?.texts ?? []) + firstFragment(expect) {
            asserted = true
            differences.expect(
                "starts \(text.prefix(80)) ≠ \(piece)",
                that: text.hasPrefix(Reductions.lines(piece))
                    || Reductions.lines(piece).hasPrefix(text) && !text.isEmpty)
        }
        for piece in expect["visible_ends_with"]?.texts ?? [] {
            asserted = true
            differences.expect(
                "ends \(text.suffix(120)) ≠ \(piece)", that: text.hasSuffix(Reductions.lines(piece)))
        }
        if expect["max_seconds"] != nil {
            // E7 counts the work; here it is enough that it ended.
            asserted = true
        }
        guard asserted else {
            return .leftOut("asserts only the peer's own list of fragments, not what is visible")
        }
        return differences.outcome
    }

    /// The first of the peer's fragments, as its text or as `^literal`: what is visible begins with it, or, where it ends in
    /// a signature that we take off, is its beginning.
    private static func firstFragment(_ expect: JSONValue) -> [String] {
        let patterns = (expect["first_fragment_re"]?.texts ?? []) + (expect["visible_re"]?.texts ?? [])
        let literals = patterns.compactMap { pattern -> String? in
            let bare = pattern.filter { $0 != "/" }
            guard bare.hasPrefix("^") else { return nil }
            let literal = bare.dropFirst()
            return literal.contains { "\\.[](){}*+?|$".contains($0) } ? nil : String(literal)
        }
        return (expect["first_fragment"]?.texts ?? []) + literals
    }
}
