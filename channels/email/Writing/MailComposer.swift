import CGMime
public import ChannelKit
import HelpdeskCore

/// Turns an outbound message into the bytes of a mail: text and simple HTML, CRLF only, ids and date as handed in, so that
/// the same message always gives the same bytes. Nothing that a person typed can become a header.
///
/// Pure; it calls GMime, which blocks only for the time of its own work (about 50 µs for a small mail).
public struct MailComposer: Sendable {
    private let identity: MailIdentity
    /// The largest mail that goes out, encoded.
    private let limit: Int

    public init(identity: MailIdentity, limit: Int = 50 << 20) {
        self.identity = identity
        self.limit = limit
    }

    public func compose(
        _ message: OutboundMessage
    ) throws(OutboundRefusal) -> PreparedMessage {
        let recipients = try checked(message)
        let bytes = try built(message)
        guard bytes.count <= limit else {
            throw OutboundRefusal(
                .tooLong,
                "The mail would have \(bytes.count) bytes; at most \(limit) go out. Send fewer or smaller files."
            )
        }
        guard WireCheck.isClean(bytes) else {
            throw OutboundRefusal(.content, "The mail holds a line that cannot be sent.")
        }
        return PreparedMessage(
            delivery: message.delivery, conversation: message.conversation,
            // Machines are not told of failures (RFC 3834 section 3.3); a person's answer is, on its own ticket.
            envelopeSender: message.isAutomatic
                ? "" : identity.address(token: returnToken(message) ?? token(message)),
            recipients: recipients, bytes: bytes)
    }

    private func token(_ message: OutboundMessage) -> String? {
        guard let token = message.replyToken, MailAddressCheck.isToken(token) else { return nil }
        return token
    }

    private func returnToken(_ message: OutboundMessage) -> String? {
        guard let token = message.returnToken, MailAddressCheck.isToken(token) else { return nil }
        return token
    }

    /// The envelope recipients, each once.
    private func checked(_ message: OutboundMessage) throws(OutboundRefusal) -> [String] {
        var recipients: [String] = []
        for recipient in message.to + message.cc {
            let address = recipient.address.value
            guard recipient.address.kind == IdentityAddress.emailKind,
                MailAddressCheck.isDeliverable(address)
            else {
                throw OutboundRefusal(
                    .badAddress,
                    "“\(HeaderText.oneLine(recipient.address.text))” is not a mail address.")
            }
            if !recipients.contains(address) { recipients.append(address) }
        }
        guard !recipients.isEmpty else {
            throw OutboundRefusal(.badAddress, "The mail has no recipient.")
        }
        guard MailAddressCheck.isDeliverable(identity.address) else {
            throw OutboundRefusal(
                .badAddress, "The inbox's own address “\(identity.address)” is no mail address.")
        }
        guard MailAddressCheck.isMessageID(message.messageID) else {
            throw OutboundRefusal(.content, "The Message-ID “\(message.messageID)” is malformed.")
        }
        if let token = message.replyToken, !MailAddressCheck.isToken(token) {
            throw OutboundRefusal(.content, "The reply token cannot stand in an address.")
        }
        return recipients
    }

    private func built(_ message: OutboundMessage) throws(OutboundRefusal) -> [UInt8] {
        guard let builder = cgm_builder_make() else { throw Self.noMemory }
        defer { cgm_builder_free(builder) }
        for (name, value) in headers(message) { cgm_builder_header(builder, name, value) }
        add(.from, identity.name, identity.address, to: builder)
        if let token = token(message) {
            add(.replyTo, identity.name, identity.address(token: token), to: builder)
        }
        for recipient in message.to {
            add(.to, recipient.name, recipient.address.value, to: builder)
        }
        for recipient in message.cc {
            add(.cc, recipient.name, recipient.address.value, to: builder)
        }
        let text = OutgoingText.normalised(message.text)
        let html = Array(OutgoingHTML.document(text, language: message.language).utf8)
        fill(builder, Array(text.utf8), cgm_builder_text)
        fill(builder, html, cgm_builder_html)
        for attachment in message.attachments { attach(attachment, to: builder) }
        var count = 0
        let seed = OutgoingText.boundarySeed(message.messageID)
        guard let bytes = cgm_builder_finish(builder, seed, &count) else { throw Self.noMemory }
        defer { cgm_free(bytes) }
        return [UInt8](UnsafeBufferPointer(start: bytes, count: count))
    }

    private static let noMemory = OutboundRefusal(.content, "The mail could not be put together.")

    private func headers(_ message: OutboundMessage) -> [(String, String)] {
        var headers = [
            ("Date", MailDateText.header(message.date)),
            ("Message-ID", "<\(message.messageID)>"),
            ("Subject", HeaderText.encoded(message.subject ?? "")),
        ]
        let replied = message.inReplyTo.flatMap { MailAddressCheck.isMessageID($0) ? $0 : nil }
        if let replied { headers.append(("In-Reply-To", "<\(replied)>")) }
        var references = message.references.filter(MailAddressCheck.isMessageID).suffix(50)
            .map { $0 }
        if let replied, !references.contains(replied) { references.append(replied) }
        if !references.isEmpty {
            headers.append(("References", references.map { "<\($0)>" }.joined(separator: " ")))
        }
        if message.isAutomatic {
            let kind = message.purpose == .acknowledgement ? "auto-replied" : "auto-generated"
            headers.append(("Auto-Submitted", kind))
            headers.append(("X-Auto-Response-Suppress", "All"))
        }
        return headers
    }

    private enum Role: Int32 { case from = 0, replyTo = 2, to = 3, cc = 4 }

    private func add(_ role: Role, _ name: String?, _ address: String, to builder: OpaquePointer) {
        let name = name.map(HeaderText.name) ?? ""
        cgm_builder_address(builder, role.rawValue, name.isEmpty ? nil : name, address)
    }

    private func fill(
        _ builder: OpaquePointer, _ bytes: [UInt8],
        _ set: (OpaquePointer?, UnsafePointer<CChar>?, Int) -> Void
    ) {
        bytes.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { set(builder, $0.baseAddress, $0.count) }
        }
    }

    private func attach(_ attachment: OutboundMessage.Attachment, to builder: OpaquePointer) {
        let type = ContentTypeText.parts(attachment.contentType)
        let name = TextCleaning.fileName(attachment.name) ?? "attachment"
        attachment.bytes.withUnsafeBufferPointer {
            cgm_builder_attach(builder, name, type.type, type.subtype, $0.baseAddress, $0.count)
        }
    }
}
