import ChannelKit
import CorpusKit
import FoundationEssentials
import HelpdeskCore
import Testing

@testable import EmailChannel

/// `channels/email/testcases/CASE/{input.eml,expected.json}`: every key of the expectation is compared as text.
struct TestCaseFolder: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let input: [UInt8]
    let expected: [String: String]

    static let channel =
        URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path + "/channels/email"

    static func all() -> [TestCaseFolder] {
        let folder = channel + "/testcases"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().compactMap { name in
            guard let input = CorpusSet.bytes("\(folder)/\(name)/input.eml"),
                let json = CorpusSet.bytes("\(folder)/\(name)/expected.json"),
                let expected = try? JSONDecoder().decode([String: String].self, from: Data(json))
            else { return nil }
            return TestCaseFolder(testDescription: name, input: input, expected: expected)
        }
    }

    func value(of key: String, in message: InboundMessage) -> String? {
        switch key {
        case "external_id": message.externalID
        case "sender": message.sender.identity?.address.text ?? "none"
        case "sender_name": message.sender.name ?? ""
        case "sender_auth": message.senderAuth.rawValue
        case "subject": message.subject ?? ""
        case "text": message.text
        case "full_text": message.fullText ?? message.text
        case "auto_submitted": message.autoSubmitted.rawValue
        case "ticket_class": message.ticketClass.rawValue
        case "sent_at": message.sentAt.map { "\($0.milliseconds)" } ?? "none"
        case "references": message.references.joined(separator: " ")
        case "in_reply_to": message.inReplyTo ?? ""
        case "reply_tokens": message.replyTokens.joined(separator: " ")
        case "attachments":
            message.attachments.map { "\($0.name ?? "-") \($0.contentType) \($0.size)" }
                .joined(separator: "; ")
        default: nil
        }
    }
}
