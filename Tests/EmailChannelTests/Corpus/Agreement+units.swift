import ChannelKit
import CorpusKit
import HelpdeskCore

@testable import EmailChannel

/// Kinds that ask for one function of ours.
extension Agreement {
    static func charset(_ testCase: CorpusSet.Case) -> Outcome {
        guard let body = testCase.bytes() else { return .skipped }
        let declared = testCase.fields["declared"]?.text
        let ours = TextDecoding.normalised(TextDecoding.utf8(body, declared: declared))
        if let hash = testCase.expect["text_sha256"]?.text, hash == digest(ours) { return .agreed }
        guard let start = testCase.expect["text_start"]?.text else { return .differs("sha256") }
        let theirs = TextDecoding.normalised(Array(start.utf8)).asText
        var differences = Differences()
        differences.expect(
            "text", Reductions.ws(String(ours.asText.prefix(theirs.count))), Reductions.ws(theirs))
        return differences.outcome
    }

    static func header(_ testCase: CorpusSet.Case) -> Outcome {
        let field = testCase.fields["header"]?.text ?? testCase.fields["input"]?["header"]?.text
        guard var value = field else { return .skipped }
        let wanted = testCase.expect["value"]
        let name =
            switch testCase.kind {
            case "header-date": "Date"
            case "header-address": "To"
            case "header-id": "References"
            case "header-message-id": "Message-ID"
            default: "Subject"
            }
        if testCase.kind == "header-message-id" {
            value = String(value.dropFirst("Message-ID:".count))
        }
        while value.last?.isNewline ?? false { value.removeLast() }
        let raw = "From: a@example.org\n\(name): \(value)\n\nx\n"
        guard let mail = read(Array(raw.utf8)) else { return .differs("not read") }
        var differences = Differences()
        switch testCase.kind {
        case "header-date":
            differences.expect(
                "date", mail.headers.date.map { "\($0.milliseconds)" },
                wanted?["rfc3339"]?.text.flatMap(DateText.milliseconds).map { "\($0)" })
        case "header-address":
            differences.expect(
                "addresses", addressText(mail.headers.to), wanted.map(addressText))
        case "header-id":
            differences.expect(
                "ids", mail.headers.references.joined(separator: " "),
                wanted.map { $0.texts.map(Reductions.withoutSpace).joined(separator: " ") })
        case "header-message-id":
            differences.expect("id", mail.headers.messageID ?? "", wanted?.text ?? "")
        default:
            differences.expect(
                "text", Reductions.ws(mail.headers.subject ?? ""), Reductions.ws(wanted?.text ?? "")
            )
        }
        return differences.outcome
    }

    /// Languages of RFC 2231 are not kept: nobody asks for them.
    static func parameters(_ testCase: CorpusSet.Case) -> Outcome {
        guard let field = testCase.fields["header"]?.text, let wanted = testCase.expect["value"]
        else { return .skipped }
        let raw = Array(("Content-Type: " + field).utf8)
        let block = HeaderBlock(raw + [0x0A], limits: .standard)
        let type = HeaderParameters(block.first("content-type", in: raw) ?? [])
        if wanted.isNull {
            // No type at all: we read such a part as text.
            return ParsedStructure.names(type).type == "text" ? .agreed : .differs("type")
        }
        var differences = Differences()
        let names = [wanted["c_type"]?.text, wanted["c_subtype"]?.text].compactMap { $0 }
        differences.expect(
            "type", type.value.last == UInt8(ascii: "/")
                ? Array(type.value.dropLast()).asText : type.value.asText, names.joined(separator: "/").lowercased())
        for pair in wanted["attributes"]?.list ?? [] {
            guard let name = pair.list?.first?.text, let value = pair.list?.last?.text,
                !name.hasSuffix("-language")
            else { continue }
            differences.expect(
                name, type.text(name).map(Reductions.ws),
                Reductions.ws(value.replacing("\0", with: "\u{2400}")))
        }
        return differences.outcome
    }

    /// Links may be rendered in another style: `[words](target)` is `words <target>` here.
    static func htmlText(_ testCase: CorpusSet.Case) -> Outcome {
        guard let html = testCase.fields["html"]?.text, let want = testCase.expect["want"]?.text
        else { return .skipped }
        var differences = Differences()
        differences.expect(
            "text", Reductions.ws(HTMLText.render(Array(html.utf8)).text.asText),
            Reductions.ws(Reductions.linksInBrackets(want)))
        return differences.outcome
    }

    static func addressOperation(_ testCase: CorpusSet.Case) -> Outcome {
        guard let field = testCase.fields["header"]?.text, let wanted = testCase.expect["value"]?.text
        else { return .skipped }
        let list = AddressList(Array(field.utf8).unfolded(0..<field.utf8.count), limit: 50)
        var differences = Differences()
        switch testCase.fields["op"]?.text ?? "" {
        case "GetEmailAddress":
            differences.expect("address", list.mailboxes.first?.address, wanted)
        case "GetRealname":
            differences.expect(
                "name", list.mailboxes.first?.name.map(Reductions.ws),
                Reductions.ws(wanted.filter { $0 != "\"" }))
        case let operation where operation.hasPrefix("split["):
            let place = Int(operation.dropFirst(6).dropLast()) ?? 0
            let ours = list.mailboxes.indices.contains(place) ? list.mailboxes[place] : nil
            differences.expect(
                "address", ours?.address.lowercased(),
                Reductions.addresses(in: wanted).joined(separator: " "))
            differences.expect(
                "\(wanted) lacks \(ours?.name ?? "")",
                that: Reductions.words(wanted).isSuperset(of: Reductions.words(ours?.name ?? "")))
        default: return .skipped
        }
        return differences.outcome
    }

    /// What stands behind the plus sign. Whether it has the shape of a peer's token is the peer's business: ours is known
    /// by its signature.
    static func plusAddress(_ testCase: CorpusSet.Case) -> Outcome {
        guard let address = testCase.fields["address"]?.text,
            let wanted = testCase.expect["token"]?.text
        else { return .skipped }
        let bare = AddressList(Array(address.utf8), limit: 1).mailboxes.first?.address ?? ""
        let ours = ReplyTokens.token(inAddress: Array(bare.utf8))?.asText ?? ""
        if wanted.isEmpty, !ours.isEmpty { return .leftOut("the shape of the peer's own token") }
        var differences = Differences()
        differences.expect(
            "token", ours.hasPrefix("conv-") ? String(ours.dropFirst(5)) : ours, wanted)
        return differences.outcome
    }

    /// The peer's tag is `#1`, ours `[#1]`.
    static func subjectReference(_ testCase: CorpusSet.Case) -> Outcome {
        guard let subject = testCase.fields["subject"]?.text,
            let wanted = testCase.expect["reference"]?.text
        else { return .skipped }
        let ours = subject.split(separator: " ").map { $0.hasPrefix("#") ? "[\($0)]" : String($0) }
        var differences = Differences()
        differences.expect(
            "reference", SubjectTag.find(in: ours.joined(separator: " ")).map { "\($0.rawValue)" } ?? "",
            wanted)
        return differences.outcome
    }

    static func inboxMatch(_ testCase: CorpusSet.Case) -> Outcome {
        guard let field = testCase.fields["header"]?.text, let wanted = testCase.expect["inbox"]?.text,
            let address = Reductions.addresses(in: field).first
        else { return .skipped }
        var directory = InboxDirectory()
        directory.add(wanted, inbox: InboxID(rawValue: "wanted"))
        return directory.inbox(for: address) == nil ? .differs("no inbox") : .agreed
    }

    /// U+0000 is shown as U+2400 here and dropped by the peer.
    static func damagedText(_ testCase: CorpusSet.Case) -> Outcome {
        guard let text = testCase.fields["text"], let wanted = testCase.expect["output"]?.text else {
            return .skipped
        }
        let bytes = text["hex"]?.text.map(Reductions.bytes(hexadecimal:)) ?? Array((text.text ?? "").utf8)
        let ours = TextDecoding.normalised(TextDecoding.utf8(bytes, declared: "utf-8")).asText
        var differences = Differences()
        differences.expect("text", ours.replacing("\u{2400}", with: ""), wanted)
        return differences.outcome
    }
}
