import CorpusKit

@testable import EmailChannel

/// Whether our reading of one case is what the peer's own test expects, by the kind of the case (KINDS).
enum Agreement {
    static func check(_ testCase: CorpusSet.Case) -> Outcome {
        switch testCase.kind {
        case "email-parse": mail(testCase)
        case "email-process": process(testCase)
        case "mime-tree": tree(testCase)
        case "reply-plain": plainReply(testCase)
        case "reply-html": htmlReply(testCase)
        case "reply-mail": mailReply(testCase)
        case "charset": charset(testCase)
        case "header-date", "header-address", "header-id", "header-unstructured",
            "header-message-id", "header-decode":
            header(testCase)
        case "header-content_type": parameters(testCase)
        case "html-to-text": htmlText(testCase)
        case "address-op": addressOperation(testCase)
        case "plus-address", "plus-address-conv": plusAddress(testCase)
        case "subject-reference": subjectReference(testCase)
        case "inbox-match": inboxMatch(testCase)
        case "utf8-sanitize": damagedText(testCase)
        case "header-received": .leftOut("nothing here reads Received fields")
        case "header-list": .leftOut("no header that we read is a list of words")
        case "split-name": .leftOut("a customer's name is one text here (DESIGN §2)")
        case "auto-decision", "out-of-office", "mail-class", "bounce-followup":
            automatic(testCase)
        case "sender-choice": senderChoice(testCase)
        case "signature": signature(testCase)
        case "signature-common": commonSignature(testCase)
        case "dsn": deliveryStatus(testCase)
        default: .skipped
        }
    }

    static func read(_ bytes: [UInt8]) -> ParsedMail? {
        guard case .success(let mail) = MailReader.read(bytes) else { return nil }
        return mail
    }
}
