import CGMime
public import ChannelKit
public import HelpdeskCore

/// Turns an outbound message into the bytes of a mail: text and simple HTML, CRLF only, ids and date as handed in, so that
/// the same message always gives the same bytes. Nothing that a person typed can become a header.
///
/// Pure; it calls GMime, which blocks only for the time of its own work (about 50 µs for a small mail).
public struct MailComposer: Sendable {
    /// Whether the message being answered is shown below the answer.
    public enum Quoting: Sendable, Equatable {
        case off
        /// With times on the clocks of this zone.
        case on(ZoneRules)
    }

    private let identity: MailIdentity
    private let quoting: Quoting
    /// The largest mail that goes out, encoded.
    private let limit: Int

    public init(identity: MailIdentity, quoting: Quoting = .off, limit: Int = 50 << 20) {
        self.identity = identity
        self.quoting = quoting
        self.limit = limit
    }

    public func compose(
        _ message: OutboundMessage
    ) throws(OutboundRefusal) -> PreparedMessage {
        let people = try checked(message)
        let bytes = try built(message, people)
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
            recipients: people.envelope, bytes: bytes)
    }

    /// Recipients as they go onto the wire.
    private struct People {
        struct Person {
            let name: String?
            let address: String
        }

        var to: [Person] = []
        var cc: [Person] = []

        /// Each once.
        var envelope: [String] {
            var addresses: [String] = []
            for person in to + cc where !addresses.contains(person.address) {
                addresses.append(person.address)
            }
            return addresses
        }
    }

    private func token(_ message: OutboundMessage) -> String? {
        guard let token = message.replyToken, MailAddressCheck.isToken(token) else { return nil }
        return token
    }

    private func returnToken(_ message: OutboundMessage) -> String? {
        guard let token = message.returnToken, MailAddressCheck.isToken(token) else { return nil }
        return token
    }

    private func person(
        _ recipient: OutboundMessage.Recipient
    ) throws(OutboundRefusal) -> People.Person {
        guard recipient.address.kind == IdentityAddress.emailKind,
            let address = OutgoingAddress(recipient.address.value)
        else {
            throw OutboundRefusal(
                .badAddress,
                "“\(HeaderText.oneLine(recipient.address.text))” is not a mail address.")
        }
        return People.Person(name: recipient.name, address: address.text)
    }

    private func checked(_ message: OutboundMessage) throws(OutboundRefusal) -> People {
        var people = People()
        for recipient in message.to { people.to.append(try person(recipient)) }
        for recipient in message.cc { people.cc.append(try person(recipient)) }
        guard !people.to.isEmpty || !people.cc.isEmpty else {
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
        return people
    }

    private func built(
        _ message: OutboundMessage, _ people: People
    ) throws(OutboundRefusal) -> [UInt8] {
        guard let builder = cgm_builder_make() else { throw Self.noMemory }
        defer { cgm_builder_free(builder) }
        for (name, value) in headers(message) { cgm_builder_header(builder, name, value) }
        add(.from, identity.name, identity.address, to: builder)
        if let token = token(message) {
            add(.replyTo, identity.name, identity.address(token: token), to: builder)
        }
        for person in people.to { add(.to, person.name, person.address, to: builder) }
        for person in people.cc { add(.cc, person.name, person.address, to: builder) }
        let text = OutgoingText.normalised(message.text)
        let quotation = quotation(message)
        let plain = quotation.map { text + "\n" + $0.plain } ?? text
        let html = OutgoingHTML.document(
            text, choices: message.choices, quotation: quotation, language: message.language)
        fill(builder, Array(plain.utf8), cgm_builder_text)
        fill(builder, Array(html.utf8), cgm_builder_html)
        for attachment in message.attachments { attach(attachment, to: builder) }
        var count = 0
        let seed = OutgoingText.boundarySeed(message.messageID)
        guard let bytes = cgm_builder_finish(builder, seed, &count) else { throw Self.noMemory }
        defer { cgm_free(bytes) }
        return [UInt8](UnsafeBufferPointer(start: bytes, count: count))
    }

    private func quotation(_ message: OutboundMessage) -> Quotation? {
        guard case .on(let zone) = quoting, let quote = message.quote else { return nil }
        return Quotation(quote, language: message.language, zone: zone)
    }

    private static let noMemory = OutboundRefusal(.content, "The mail could not be put together.")

    private func headers(_ message: OutboundMessage) -> [(String, String)] {
        var headers = [
            ("Date", MailDateText.header(message.date)),
            ("Message-ID", "<\(message.messageID)>"),
            ("Subject", HeaderText.encoded(message.subject ?? "")),
        ]
        let thread = ThreadHeaders(message)
        if let parent = thread.inReplyTo { headers.append(("In-Reply-To", "<\(parent)>")) }
        if !thread.references.isEmpty {
            let ids = thread.references.map { "<\($0)>" }
            headers.append(("References", ids.joined(separator: " ")))
        }
        if message.isAutomatic {
            let kind = message.purpose == .acknowledgement ? "auto-replied" : "auto-generated"
            headers.append(("Auto-Submitted", kind))
            headers.append(("X-Auto-Response-Suppress", "All"))
        }
        if let link = message.stopLink, link.utf8.allSatisfy(Self.isURLByte) {
            headers.append(("List-Unsubscribe", "<\(link)>"))
            headers.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
        }
        return headers
    }

    /// What may stand between the brackets of a header as it is.
    private static func isURLByte(_ byte: UInt8) -> Bool {
        byte > Ascii.space && byte < 0x7F && byte != Ascii.less && byte != Ascii.greater
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
