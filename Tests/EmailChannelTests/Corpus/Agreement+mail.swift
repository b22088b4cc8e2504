import ChannelKit
import CorpusKit
import HelpdeskCore

@testable import EmailChannel

extension Agreement {
    static func mail(_ testCase: CorpusSet.Case) -> Outcome {
        guard let bytes = testCase.bytes() else { return .skipped }
        guard let mail = read(bytes) else { return .differs("not read") }
        let expect = testCase.expect
        var differences = Differences()
        headers(mail, expect, &differences)
        texts(mail, expect, &differences)
        attachments(mail, expect, &differences)
        return differences.outcome
    }

    private static func headers(
        _ mail: ParsedMail, _ expect: JSONValue, _ differences: inout Differences
    ) {
        if let subject = expect["subject"] {
            differences.expect(
                "subject", Reductions.ws(mail.headers.subject ?? ""),
                Reductions.ws(subject.text ?? ""))
        }
        for (key, ours) in [
            ("from", mail.headers.from), ("to", mail.headers.to), ("cc", mail.headers.cc),
            ("reply_to", mail.headers.replyTo),
        ] {
            guard let wanted = expect[key], let list = wanted.list else { continue }
            let theirs = addressText(.list(list))
            let some = ours.prefix(max(list.count, 1)).map { $0 }
            differences.expect(key, addressText(key == "to" ? some : ours), theirs)
        }
        for (key, ours) in [
            ("from_addresses", mail.headers.from), ("to_addresses", mail.headers.to),
            ("cc_addresses", mail.headers.cc),
        ] {
            guard let wanted = expect[key] else { continue }
            differences.expect(
                key, ours.map { $0.address.lowercased() }.joined(separator: ","),
                wanted.texts.map { $0.lowercased() }.joined(separator: ","))
        }
        if let address = expect["from_email"]?.text {
            differences.expect(
                "from", mail.headers.from.first?.address.lowercased() ?? "", address.lowercased())
        }
        if let name = expect["from_display_name"]?.text {
            differences.expect("name", mail.headers.from.first?.name ?? "", name)
        }
        if let id = expect["message_id"] {
            differences.expect("id", mail.headers.messageID ?? "", id.text ?? "")
        }
        if let date = expect["date_utc"]?.text ?? expect["date"]?.text,
            let theirs = DateText.milliseconds(date)
        {
            differences.expect(
                "date", mail.headers.date.map { "\($0.milliseconds)" }, "\(theirs)")
        }
    }

    private static func texts(
        _ mail: ParsedMail, _ expect: JSONValue, _ differences: inout Differences
    ) {
        let reduced = { (text: String) in
            Reductions.withoutSpace(Reductions.withoutLinks(text))
        }
        for key in ["text_ws", "body_text_ws", "html_text_ws"] {
            guard let wanted = expect[key]?.text else { continue }
            let ours =
                key == "html_text_ws"
                ? HTMLText.render(Array(mail.html.utf8)).text.asText : mail.fullText
            differences.expect(key, reduced(ours), reduced(wanted))
        }
        for (key, ours) in [("text", mail.plain), ("html", mail.html)] {
            guard let wanted = expect[key] else { continue }
            if let equal = wanted["equals"]?.text {
                differences.expect(
                    key, Reductions.ws(ours), Reductions.ws(equal))
            }
            for piece in wanted["contains"]?.texts ?? [] {
                differences.expect("\(key) lacks \(piece)", that: ours.contains(piece))
            }
            for piece in wanted["not_contains"]?.texts ?? [] {
                differences.expect("\(key) has \(piece)", that: !ours.contains(piece))
            }
            if let text = wanted.text { differences.expect(key, reduced(ours), reduced(text)) }
        }
        if let parts = expect["text_parts"]?.texts, !parts.isEmpty {
            let first = reduced(parts[0])
            differences.expect(
                "text_parts: \(mail.fullText.prefix(80)) … \(parts[0].prefix(80))",
                that: reduced(mail.fullText).contains(first))
        }
        if let visible = expect["visible"]?.text {
            differences.expect("visible", Reductions.ws(mail.text), Reductions.ws(visible))
        }
        if let start = expect["visible_starts_with"]?.text {
            differences.expect(
                "visible starts: \(mail.text.prefix(60))",
                that: Reductions.ws(mail.text).hasPrefix(Reductions.ws(start)))
        }
    }

    private static func attachments(
        _ mail: ParsedMail, _ expect: JSONValue, _ differences: inout Differences
    ) {
        for wanted in expect["attachments"]?.list ?? [] {
            let name = wanted["filename"]?.text ?? wanted["name"]?.text
            let found = mail.attachments.contains { ours in
                if let name, !name.hasPrefix("noname"), !name.hasPrefix("attachment."),
                    ours.name.map(Reductions.ws) != Reductions.ws(name)
                {
                    return false
                }
                if let size = wanted["size"]?.number, Int64(size) != ours.size { return false }
                if let hash = wanted["sha256"]?.text, hash != ours.sha256.rawValue { return false }
                return true
            }
            let ours = mail.attachments.map { "\($0.name ?? "-") \($0.size)" }
            differences.expect(
                "no attachment \(name ?? "-") \(wanted["size"]?.number ?? -1) among \(ours)",
                that: found)
        }
        if let count = expect["attachment_count"]?.number {
            differences.expect(
                "attachments \(mail.attachments.map { $0.name ?? $0.contentType })",
                "\(mail.attachments.count)", "\(count)")
        }
    }

    /// Leaves by size and digest of their decoded bytes, in order, with either line ends.
    static func tree(_ testCase: CorpusSet.Case) -> Outcome {
        guard let bytes = testCase.bytes(), let leaves = testCase.expect["leaves"]?.list else {
            return .skipped
        }
        let limits = MailLimits.standard
        let header = HeaderBlock(bytes, limits: limits)
        guard let structure = ParsedStructure(bytes, from: header.start, limits: limits) else {
            return .differs("not read")
        }
        let ours = structure.parts.filter { $0.kind == .leaf }.map { part in
            PartContent.digest(bytes, range: part.range ?? 0..<0, encoding: part.encoding)
        }
        var differences = Differences()
        differences.expect("leaves", "\(ours.count)", "\(leaves.count)")
        for (mine, theirs) in zip(ours, leaves) {
            let hashes = [theirs["sha256"]?.text, theirs["sha256_lf"]?.text]
            differences.expect(
                "leaf \(mine.size) ≠ \(theirs["size"]?.number ?? -1)",
                that: hashes.contains(mine.sha256.rawValue))
        }
        return differences.outcome
    }
}
