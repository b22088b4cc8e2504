import ChannelKit
import CorpusKit
import HelpdeskCore

@testable import EmailChannel

/// Whether our reading of one case is what the peer's own test expects, by the kind of the case (KINDS).
enum Agreement {
    static func check(_ testCase: CorpusSet.Case) -> Outcome {
        switch testCase.kind {
        case "email-parse", "email-process": mail(testCase)
        case "reply-plain": plainReply(testCase)
        case "reply-html": htmlReply(testCase)
        case "reply-mail": mailReply(testCase)
        case "charset": charset(testCase)
        case "header-date", "header-address", "header-id", "header-unstructured",
            "header-message-id", "header-decode":
            header(testCase)
        case "html-to-text": htmlText(testCase)
        case "mime-tree": tree(testCase)
        case "auto-decision", "out-of-office", "mail-class", "bounce-followup":
            automatic(testCase)
        case "sender-choice": senderChoice(testCase)
        case "signature": signature(testCase)
        case "signature-common":
            .leftOut("we judge each mail alone: nothing is learned over the mails of a sender")
        case "dsn": deliveryStatus(testCase)
        default: .skipped
        }
    }

    static func read(_ bytes: [UInt8]) -> ParsedMail? {
        guard case .success(let mail) = MailReader.read(bytes) else { return nil }
        return mail
    }

    private static func charset(_ testCase: CorpusSet.Case) -> Outcome {
        guard let body = testCase.bytes(), let start = testCase.expect["text_start"]?.text else {
            return .skipped
        }
        let declared = testCase.fields["declared"]?.text
        let ours = TextDecoding.normalised(TextDecoding.utf8(body, declared: declared)).asText
        let theirs = TextDecoding.normalised(Array(start.utf8)).asText
        return ours.hasPrefix(theirs) || Reductions.ws(ours).hasPrefix(Reductions.ws(theirs))
            ? .agreed : .differs("\(ours.prefix(60)) ≠ \(theirs.prefix(60))")
    }

    private static func header(_ testCase: CorpusSet.Case) -> Outcome {
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

    private static func htmlText(_ testCase: CorpusSet.Case) -> Outcome {
        guard let html = testCase.fields["html"]?.text, let want = testCase.expect["want"]?.text
        else { return .skipped }
        let ours = Reductions.ws(HTMLText.render(Array(html.utf8)).text.asText)
        return ours == Reductions.ws(want) ? .agreed : .differs("\(ours) ≠ \(want)")
    }
}
