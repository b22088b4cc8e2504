import ChannelKit
import CorpusKit
import HelpdeskCore

@testable import EmailChannel

extension Agreement {
    static func mail(_ testCase: CorpusSet.Case) -> Outcome {
        guard let bytes = testCase.bytes() else { return .leftOut("its file is not there") }
        guard let mail = read(bytes) else { return .differs("not read") }
        // NOTES of email-zammad: these From lines are broken on purpose; nothing may fail, anything may come out.
        let isBroken = ["mail019", "mail059", "mail076", "mail087"].contains {
            testCase.id == "email-zammad/" + $0
        }
        if isBroken { return .agreed }
        let expect = testCase.expect
        var differences = Differences()
        headers(mail, testCase, &differences)
        texts(mail, expect, &differences)
        visible(mail, expect, &differences)
        attachments(mail, bytes, testCase, &differences)
        return differences.outcome
    }

    /// A ticket made of the mail: its title, its first message, the people named. Groups, priorities and states are the
    /// peer's own (KINDS), and so is what `X-` headers may set.
    static func process(_ testCase: CorpusSet.Case) -> Outcome {
        guard let bytes = testCase.bytes() else { return .leftOut("its file is not there") }
        guard let mail = read(bytes) else { return .differs("not read") }
        var differences = Differences()
        let headers = mail.headers
        let people =
            headers.from + headers.to + headers.cc + headers.replyTo
            + [mail.sender].compactMap { $0 }
            + [mail.returnPath].compactMap { $0 }.map { MailHeaders.Address(name: nil, address: $0) }
        if let title = testCase.expect["ticket"]?["title"]?.text {
            let ours = Reductions.ws(headers.subject ?? "")
            differences.expect("title", ours.isEmpty ? "-" : ours, Reductions.ws(title))
        }
        let article = testCase.expect["article"]
        if let from = article?["from"]?.text {
            for address in Reductions.addresses(in: from) {
                differences.expect(
                    "from \(people.prefix(2).map(\.address)) lacks \(address)",
                    that: people.contains { $0.address.lowercased() == address })
            }
        }
        for user in testCase.expect["users"]?.list ?? [] {
            guard let address = user["email"]?.text?.lowercased(), address.contains("@"),
                !address.hasSuffix("@local")
            else { continue }
            let found = people.first { $0.address.lowercased() == address }
            differences.expect("nobody is \(address)", that: found != nil)
            if let name = user["fullname"]?.text, name.lowercased() != address, let ours = found?.name {
                differences.expect(
                    "name “\(ours)” lacks “\(name)”",
                    that: Reductions.words(ours).isSuperset(of: Reductions.words(name)))
            }
        }
        body(mail, article?["body"]?.text, testCase.expect["body_text_ws"]?.text, &differences)
        return differences.outcome
    }

    private static func headers(
        _ mail: ParsedMail, _ testCase: CorpusSet.Case, _ differences: inout Differences
    ) {
        let expect = testCase.expect
        if let subject = expect["subject"] {
            differences.expect(
                "subject", Reductions.ws(mail.headers.subject ?? ""),
                Reductions.ws(subject.text ?? ""))
        }
        for (key, ours) in [
            ("from", mail.headers.from), ("to", mail.headers.to), ("cc", mail.headers.cc),
            ("reply_to", mail.headers.replyTo),
        ] {
            guard let wanted = expect[key] else { continue }
            if let list = wanted.list {
                // NOTES of email-zbateson: To holds the first recipient only.
                let isFirst = key == "to" && testCase.id.hasPrefix("email-zbateson")
                differences.expect(
                    key, addressText(isFirst ? Array(ours.prefix(list.count)) : ours),
                    addressText(.list(list)))
            } else if let text = wanted.text, key != "from" || expect["from_email"] == nil {
                let theirs = Reductions.addresses(in: text)
                if !theirs.isEmpty {
                    differences.expect(
                        key, ours.map { $0.address.lowercased() }.joined(separator: " "),
                        theirs.joined(separator: " "))
                }
            }
        }
        for (key, ours) in [
            ("from_addresses", mail.headers.from), ("to_addresses", mail.headers.to),
            ("cc_addresses", mail.headers.cc), ("from_raw", mail.headers.from),
            ("to_raw", mail.headers.to), ("cc_raw", mail.headers.cc),
        ] {
            guard let wanted = expect[key] else { continue }
            let theirs =
                key.hasSuffix("_raw")
                ? Reductions.addresses(in: wanted.text ?? "") : wanted.texts.map { $0.lowercased() }
            differences.expect(
                key, ours.map { $0.address.lowercased() }.joined(separator: ","),
                theirs.joined(separator: ","))
        }
        identity(mail, testCase, &differences)
    }

    private static func identity(
        _ mail: ParsedMail, _ testCase: CorpusSet.Case, _ differences: inout Differences
    ) {
        let expect = testCase.expect
        if let address = expect["from_email"]?.text {
            // Where From names nobody, whoever else is named counts, as in `InboundMail`.
            let ours =
                (mail.headers.from + [mail.sender].compactMap { $0 } + mail.headers.replyTo)
                .first { !$0.address.isEmpty }
            differences.expect(
                "from", ours?.address.lowercased() ?? "", address.lowercased())
        }
        if let name = expect["from_display_name"]?.text, !name.isEmpty {
            differences.expect(
                "name", Reductions.ws(mail.headers.from.first?.name ?? ""), Reductions.ws(name))
        }
        if let id = expect["message_id"] {
            let stated = (id.text ?? "").filter { $0 != "<" && $0 != ">" }
            // An id that the peer made up for a mail without one.
            let theirs = stated.hasSuffix("_generated") ? "" : stated
            differences.expect("id", mail.headers.messageID ?? "", theirs)
        }
        if let references = expect["references"]?.texts {
            differences.expect(
                "references", mail.headers.references.joined(separator: " "),
                references.joined(separator: " "))
        }
        if let date = expect["date_utc"]?.text ?? expect["date"]?.text,
            let theirs = DateText.milliseconds(date)
        {
            differences.expect(
                "date", mail.headers.date.map { "\($0.milliseconds)" }, "\(theirs)")
        }
    }

    private static func visible(
        _ mail: ParsedMail, _ expect: JSONValue, _ differences: inout Differences
    ) {
        if let visible = expect["visible"] {
            let ours = mail.body == .described ? "" : mail.text
            differences.expect("visible", Reductions.ws(ours), Reductions.ws(visible.text ?? ""))
        }
        if let start = expect["visible_starts_with"]?.text {
            differences.expect(
                "visible starts: \(mail.text.prefix(60))",
                that: Reductions.ws(mail.text).hasPrefix(Reductions.ws(start)))
        }
    }

    private static func attachments(
        _ mail: ParsedMail, _ bytes: [UInt8], _ testCase: CorpusSet.Case,
        _ differences: inout Differences
    ) {
        let expect = testCase.expect
        let ours = mail.attachments.map { CorpusAttachment($0, of: bytes) }
        for list in ["attachments", "inlines", "otherparts"] {
            for wanted in expect[list]?.list ?? [] {
                // NOTES of email-otrs: what has no name is the body.
                if testCase.id.hasPrefix("email-otrs"), wanted["filename"] == nil { continue }
                differences.expect(
                    "no attachment \(CorpusAttachment.text(wanted)) among \(ours.map(\.description))",
                    that: ours.contains { $0.isWanted(wanted) })
            }
        }
        for id in expect["inline_content_ids"]?.texts ?? [] {
            differences.expect("no \(id)", that: ours.contains { $0.contentID == id })
        }
        if let count = expect["noninline_attachment_count"]?.number {
            differences.expect(
                "files that stand nowhere in the text",
                "\(ours.filter { $0.contentID == nil }.count)", "\(count)")
        }
        guard var count = expect["attachment_count"]?.number else { return }
        // NOTES of email-enmime: inline and other parts are counted apart.
        count += expect["inline_count"]?.number ?? 0
        count += expect["other_count"]?.number ?? 0
        // NOTES of email-libredesk: reports, signatures and calendar alternatives are left out: policy, not fact.
        let counted =
            testCase.id.hasPrefix("email-libredesk") ? ours.filter { !$0.isFormality } : ours
        differences.expect(
            "attachments \(ours.map(\.description))", "\(counted.count)", "\(count)")
    }

    static func addressText(_ addresses: [MailHeaders.Address]) -> String {
        addresses.map { "\(Reductions.ws($0.name ?? ""))|\($0.address.lowercased())" }
            .joined(separator: ", ")
    }

    /// Groups are flattened: a helpdesk answers people.
    static func addressText(_ value: JSONValue) -> String {
        var found: [String] = []
        func walk(_ value: JSONValue) {
            if let list = value.list { list.forEach(walk) }
            if let group = value["Group"] ?? value["List"] ?? value["addresses"] {
                walk(group)
            } else if value["address"] != nil || value["name"] != nil {
                let name = Reductions.ws(value["name"]?.text ?? "")
                found.append("\(name)|\((value["address"]?.text ?? "").lowercased())")
            }
        }
        walk(value)
        return found.joined(separator: ", ")
    }
}
