import CorpusKit

@testable import EmailChannel

/// The texts of a mail beside a peer's.
extension Agreement {
    static func texts(
        _ mail: ParsedMail, _ expect: JSONValue, _ differences: inout Differences
    ) {
        if let wanted = expect["text_ws"]?.text {
            let theirs = Reductions.withoutSpace(wanted)
            let ours = [mail.plain, mail.fullText].map(Reductions.withoutSpace)
            if !ours.contains(theirs) { differences.expect("text_ws", ours[0], theirs) }
        }
        for key in ["html_text_ws", "html_ws"] {
            guard let wanted = expect[key]?.text else { continue }
            differences.expect(
                key, Reductions.withoutSpace(Reductions.htmlText(mail.html)),
                Reductions.withoutSpace(wanted))
        }
        for (key, ours) in [
            ("text", mail.plain.isEmpty ? [mail.fullText, mail.plain] : [mail.plain]),
            ("html", [mail.html]),
        ] {
            guard let wanted = expect[key] else { continue }
            forms(key, ours, wanted, &differences)
        }
        parts(mail, expect, &differences)
        if expect["body"] != nil || expect["body_text_ws"] != nil {
            body(mail, expect["body"]?.text, expect["body_text_ws"]?.text, &differences)
        }
    }

    /// One of our texts must be as the peer says.
    private static func forms(
        _ key: String, _ ours: [String], _ wanted: JSONValue, _ differences: inout Differences
    ) {
        var each: [Differences] = []
        for text in ours {
            var differences = Differences()
            let reduced = Reductions.ws(text)
            if let equal = wanted["equals"]?.text ?? wanted.text {
                // NOTES of email-enmime: several texts are joined by a line “--”.
                let equal = Reductions.ws(equal.replacing("\n--\n", with: "\n"))
                differences.expect(key, reduced, equal)
            }
            for piece in wanted["contains"]?.texts ?? [] {
                differences.expect("\(key) lacks \(piece)", that: text.contains(piece))
            }
            for piece in wanted["not_contains"]?.texts ?? [] {
                differences.expect("\(key) has \(piece)", that: !text.contains(piece))
            }
            if let end = wanted["ends_with"]?.text {
                differences.expect(
                    "\(key) ends “\(reduced.suffix(40))”, not “\(end)”",
                    that: reduced.hasSuffix(Reductions.ws(end)))
            }
            if let count = wanted["count"]?.number, let piece = wanted["of"]?.text {
                differences.expect(
                    "\(key): “\(piece)”", "\(text.ranges(of: piece).count) times", "\(count) times")
            }
            each.append(differences)
        }
        if !each.contains(where: { $0.found.isEmpty }), let first = each.first {
            for difference in first.found { differences.expect(difference, that: false) }
        }
    }

    /// NOTES of email-stalwart: the parts joined, blanks collapsed. U+0000 is shown as U+2400 here.
    private static func parts(
        _ mail: ParsedMail, _ expect: JSONValue, _ differences: inout Differences
    ) {
        func reduced(_ text: String) -> String {
            Reductions.withoutSpace(text.replacing("\0", with: "\u{2400}"))
        }
        for (key, ours) in [("text_parts", mail.plain), ("html_parts", mail.html)] {
            guard let parts = expect[key]?.texts, !parts.isEmpty else { continue }
            let theirs = reduced(parts.joined(separator: "\n"))
            // Of a part that stands in both lists the peer names the other; ours holds it once more.
            differences.expect(
                "\(key): expected “\(theirs.prefix(120))”, got “\(reduced(ours).prefix(120))”",
                that: reduced(ours) == theirs || theirs.isEmpty
                    || reduced(mail.fullText) == theirs)
        }
    }

    /// A body that the peer shows: HTML after its sanitiser (NOTES of email-zammad: 0.95 alike), or plain text.
    static func body(
        _ mail: ParsedMail, _ plain: String?, _ reduced: String?, _ differences: inout Differences
    ) {
        guard let wanted = reduced ?? plain else { return }
        if wanted == "no visible content", mail.body == .described { return }
        let theirs = [plain, reduced].compactMap { $0 }.map(Reductions.ws)
        let ours = [
            Reductions.ws(mail.plain), Reductions.htmlText(mail.html), Reductions.ws(mail.fullText),
            Reductions.ws(mail.html),
        ]
        for mine in ours where !mine.isEmpty {
            for their in theirs {
                if Reductions.withoutSpace(mine) == Reductions.withoutSpace(their) { return }
            }
        }
        // A sanitiser rewrites links and drops markers; words stay.
        let isHTML = !mail.html.isEmpty
        let best = ours.flatMap { mine in theirs.map { Reductions.likeness(mine, $0) } }.max() ?? 0
        if isHTML, best >= 0.95 { return }
        differences.expect("body (\(Int(best * 100)) % alike)", ours.first { !$0.isEmpty }, theirs.last)
    }
}
