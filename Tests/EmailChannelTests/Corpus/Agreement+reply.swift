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

    /// The block that several mails of a sender share. We judge each mail alone: then none of it is visible in any of
    /// them. Its last lines tell; the formula above it may stay.
    static func commonSignature(_ testCase: CorpusSet.Case) -> Outcome {
        guard let paths = testCase.fields["input"]?.texts, !paths.isEmpty,
            let block = testCase.expect["common_signature"]?.text
        else { return .skipped }
        let lines = block.split(separator: "\n").map { Reductions.ws(String($0)) }.filter { $0.count > 3 }.suffix(4)
        var differences = Differences()
        for path in paths {
            guard let bytes = testCase.bytes(of: path) else { return .skipped }
            let text = TextDecoding.normalised(TextDecoding.utf8(bytes, declared: nil))
            let visible =
                path.hasSuffix(".html") ? HTMLVisible.text(HTMLText.render(text)) : ReplyText.visible(in: text)
            let shown = Reductions.ws(visible.asText)
            for line in lines {
                differences.expect("\(path) shows “\(line)”", that: !shown.contains(line))
            }
        }
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
            // The text of the tags: our marks for quotations and our style of links are no part of it, and talon's
            // results come with the blanks inside of texts taken out.
            let mine = Reductions.withoutLinks(withoutMarks(ours))
            let theirs = Reductions.withoutLinks(wanted)
            if Reductions.withoutSpace(mine) != Reductions.withoutSpace(theirs) {
                differences.expect(key, reduce(mine), reduce(theirs))
            }
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
        for piece in lineStarts(expect) {
            asserted = true
            differences.expect(
                "no line begins with \(piece)", that: ("\n" + text).contains("\n" + piece))
        }
        for piece in signatures(expect) {
            asserted = true
            differences.expect("has the signature \(piece)", that: !text.contains(Reductions.lines(piece)))
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

    private static func withoutMarks(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.drop { $0 == ">" || $0 == " " } }.joined(separator: "\n")
    }

    /// The first of the peer's fragments: what is visible begins with it, or, where it ends in a signature that we take
    /// off, is its beginning.
    private static func firstFragment(_ expect: JSONValue) -> [String] {
        expect["first_fragment"]?.texts ?? []
    }

    /// `^literal` of a pattern that is matched line by line; nil for other patterns.
    private static func lineStarts(_ expect: JSONValue) -> [String] {
        let patterns = (expect["first_fragment_re"]?.texts ?? []) + (expect["visible_re"]?.texts ?? [])
        return patterns.compactMap { pattern in
            let bare = pattern.filter { $0 != "/" }
            guard bare.hasPrefix("^") else { return nil }
            let literal = bare.dropFirst()
            return literal.contains { "\\.[](){}*+?|$".contains($0) } ? nil : String(literal)
        }
    }

    /// Nothing of a signature is visible.
    private static func signatures(_ expect: JSONValue) -> [String] {
        ["signature_starts_with", "signature_contains", "signature_eq"]
            .flatMap { expect[$0]?.texts ?? [] }.filter { !$0.isEmpty }
    }
}
