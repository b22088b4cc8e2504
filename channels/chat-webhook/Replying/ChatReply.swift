internal import ChannelKit
internal import Crypto
internal import HelpdeskCore

/// An answer on its way out, in the shape that messages come in with.
enum ChatReply {
    static let maximumTextBytes = 64 * 1024
    static let maximumAttachmentBytes = 10 * 1024 * 1024

    static func prepared(_ message: OutboundMessage) throws(OutboundRefusal) -> PreparedMessage {
        guard message.text.utf8.count <= maximumTextBytes else {
            throw OutboundRefusal(
                .tooLong, "A chat message has at most \(maximumTextBytes / 1024) KiB of text.")
        }
        let size = message.attachments.reduce(0) { $0 + $1.bytes.count }
        guard size <= maximumAttachmentBytes else {
            throw OutboundRefusal(
                .tooLong,
                "The files of a chat message have at most \(maximumAttachmentBytes / 1_048_576) MiB together."
            )
        }
        return PreparedMessage(
            delivery: message.delivery, conversation: message.conversation,
            recipients: message.to.map(\.address.value), bytes: body(message).bytes)
    }

    /// The same in every attempt: the delivery and what is sent decide it, so that a receiver can tell a
    /// second attempt from a second message even after this daemon's store was made anew.
    static func webhookID(_ message: PreparedMessage) -> String {
        var id = "msg_\(message.delivery.rawValue)_"
        let digits = Array("0123456789abcdef".unicodeScalars)
        for byte in SHA256.hash(data: message.bytes).prefix(8) {
            id.unicodeScalars.append(digits[Int(byte >> 4)])
            id.unicodeScalars.append(digits[Int(byte & 15)])
        }
        return id
    }

    private static func body(_ message: OutboundMessage) -> JSONOutput {
        var members = members(of: message)
        if !message.choices.isEmpty {
            let choices = message.choices.map {
                JSONOutput.object([("label", .text($0.label)), ("text", .text($0.answer))])
            }
            members.append(("choices", .list(choices)))
        }
        return .object(members)
    }

    private static func members(of message: OutboundMessage) -> [(String, JSONOutput)] {
        [
            ("external_id", .text(message.messageID)),
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
            ("author", .text(message.isAutomatic ? "bot" : "agent")),
            ("kind", .text("message")),
            ("purpose", .text(message.purpose.rawValue)),
            ("ticket", message.ticket.map { .number($0.rawValue) } ?? .null),
            ("sent_at", .text(WireTime.text(message.date))),
            ("subject", .optional(message.subject)),
            ("text", .text(message.text)),
            ("language", .text(message.language)),
            ("attachments", .list(message.attachments.map(attachment))),
            ("in_reply_to", .optional(message.inReplyTo)),
            ("references", .list(message.references.map(JSONOutput.text))),
            ("auto_submitted", .text(message.isAutomatic ? "auto_generated" : "no")),
        ]
    }

    private static func attachment(_ file: OutboundMessage.Attachment) -> JSONOutput {
        .object([
            ("name", .text(file.name)), ("content_type", .text(file.contentType)),
            ("size", .number(Int64(file.bytes.count))),
            ("data", .text(WireBase64.encoded(file.bytes))),
        ])
    }
}
