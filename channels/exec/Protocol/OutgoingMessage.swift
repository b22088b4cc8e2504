package import ChannelKit
internal import Crypto
internal import HelpdeskCore

/// A message on its way to an adapter: fixed as JSON when it is queued (`prepared`), with its files inside as base64; made a `send`
/// line for each attempt, with its files in the spool.
package enum OutgoingMessage {
    /// So that a line stays below its bound whatever must be escaped.
    package static let maximumTextBytes = 128 * 1024
    /// A scale has eleven at most; whatever comes, a line stays within its bound.
    package static let maximumChoices = 20
    package static let maximumAttachmentBytes = 25 * 1024 * 1024

    package struct File: Sendable {
        package let name: String
        package let bytes: [UInt8]
    }

    package static func prepared(
        _ message: OutboundMessage, _ capabilities: ChannelCapabilities
    ) throws(OutboundRefusal) -> PreparedMessage {
        guard capabilities.sending == .supported else {
            throw OutboundRefusal(
                .receiveOnly, "This channel only receives. Answer on another one.")
        }
        let limit = min(capabilities.maximumTextBytes ?? maximumTextBytes, maximumTextBytes)
        guard message.text.utf8.count <= limit else {
            throw OutboundRefusal(
                .tooLong, "A message of this channel has at most \(limit) bytes of text.")
        }
        guard capabilities.attachments == .carried || message.attachments.isEmpty else {
            throw OutboundRefusal(.unsupported, "This channel carries no files.")
        }
        let size = message.attachments.reduce(0) { $0 + $1.bytes.count }
        guard size <= maximumAttachmentBytes else {
            throw OutboundRefusal(
                .tooLong,
                "The files of a message have at most \(maximumAttachmentBytes >> 20) MiB together.")
        }
        return PreparedMessage(
            delivery: message.delivery, conversation: message.conversation,
            recipients: message.to.map(\.address.value), bytes: body(message, capabilities).bytes)
    }

    /// The same in every attempt, and another one after the store was made anew.
    package static func id(of message: PreparedMessage) -> String {
        let digest = Array(SHA256.hash(data: message.bytes).prefix(8))
        let digits = Array("0123456789abcdef".utf8)
        let text = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return "d\(message.delivery.rawValue)-" + String(decoding: text, as: UTF8.self)
    }

    /// The files within, decoded.
    package static func files(of message: PreparedMessage) throws(JSONFault) -> [File] {
        let fields = try JSONFields(try JSONDocumentReader.read(message.bytes), path: "")
        var files: [File] = []
        for (index, node) in try fields.list("attachments", atMost: 1_000).enumerated() {
            let file = try JSONFields(node, path: "attachments[\(index)]")
            let data = try file.text("data", atMost: maximumAttachmentBytes / 3 * 4 + 4) ?? ""
            guard let bytes = WireBase64.decoded(Array(data.utf8)[...]) else {
                throw file.fault("data", "expected base64")
            }
            files.append(File(name: try file.text("name", atMost: 1_000) ?? "file", bytes: bytes))
        }
        return files
    }

    /// - Parameter paths: of the files, in order, as the adapter finds them.
    package static func line(
        _ message: PreparedMessage, attempt: Int, paths: [String]
    ) throws(JSONFault) -> [UInt8] {
        let document = try JSONDocumentReader.read(message.bytes)
        guard case .object(let members) = document.value else {
            throw JSONFault(place: "", reason: "expected an object")
        }
        var line: [(String, JSONOutput)] = [
            ("type", .text("send")), ("id", .text(id(of: message))),
            ("attempt", .number(Int64(attempt))),
        ]
        for name in members.keys.sorted() where name != "attachments" {
            line.append((name, members[name].map(JSONOutput.init) ?? .null))
        }
        var attachments: [JSONOutput] = []
        if case .list(let nodes)? = members["attachments"]?.value {
            for (node, path) in zip(nodes, paths) {
                guard case .object(let file) = node.value else { continue }
                attachments.append(
                    .object(
                        ["name", "content_type", "size"].map {
                            ($0, file[$0].map(JSONOutput.init) ?? .null)
                        } + [("path", .text(path))]))
            }
        }
        line.append(("attachments", .list(attachments)))
        return JSONOutput.object(line).bytes
    }

    /// Answers to choose from are handed to an adapter that says it shows them; the text needs none.
    private static func body(
        _ message: OutboundMessage, _ capabilities: ChannelCapabilities
    ) -> JSONOutput {
        var members = members(of: message)
        if capabilities.quickReplies == .shown, !message.choices.isEmpty {
            let choices = message.choices.prefix(maximumChoices).map {
                JSONOutput.object([("label", .text($0.label)), ("text", .text($0.answer))])
            }
            members.append(("choices", .list(choices)))
        }
        return .object(members)
    }

    private static func members(of message: OutboundMessage) -> [(String, JSONOutput)] {
        [
            ("conversation", .optional(message.conversation)),
            (
                "to",
                .list(
                    message.to.map {
                        .object([
                            ("kind", .text($0.address.kind)), ("id", .text($0.address.value)),
                            ("name", .optional($0.name)),
                        ])
                    })
            ),
            ("purpose", .text(message.purpose.rawValue)),
            ("ticket", message.ticket.map { .number($0.rawValue) } ?? .null),
            ("sent_at", .text(WireTime.text(message.date))),
            ("subject", .optional(message.subject)), ("text", .text(message.text)),
            ("language", .text(message.language)),
            ("in_reply_to", .optional(message.inReplyTo)),
            ("auto_submitted", .text(message.isAutomatic ? "auto_generated" : "no")),
            (
                "attachments",
                .list(
                    message.attachments.map {
                        .object([
                            ("name", .text($0.name)), ("content_type", .text($0.contentType)),
                            ("size", .number(Int64($0.bytes.count))),
                            ("data", .text(WireBase64.encoded($0.bytes))),
                        ])
                    })
            ),
        ]
    }
}

extension JSONOutput {
    /// What was read, to be written again. Numbers that are no whole ones become text: none of ours are.
    package init(_ node: JSONNode) {
        self =
            switch node.value {
            case .null: .null
            case .boolean(let flag): .boolean(flag)
            case .number(let text): Int64(text).map { .number($0) } ?? .text(text)
            case .text(let text): .text(text)
            case .list(let nodes): .list(nodes.map { JSONOutput($0) })
            case .object(let members):
                .object(members.sorted { $0.key < $1.key }.map { ($0.key, JSONOutput($0.value)) })
            }
    }
}
