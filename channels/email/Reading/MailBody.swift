import ChannelKit
import HelpdeskCore

/// The texts and attachments of a mail.
struct MailBody {
    private(set) var plain: [UInt8] = []
    private(set) var html: [UInt8] = []
    private(set) var fullText: [UInt8] = []
    private(set) var visible: [UInt8] = []
    private(set) var attachments: [InboundAttachment] = []
    private(set) var source = ParsedMail.Body.plain

    /// Mails within mails that are transfer-encoded and so have to be parsed apart.
    private static let deepestEncoding = 3

    /// `depth`: how many encoded mails this one is in.
    init(_ mail: MailSource, _ structure: ParsedStructure, limits: MailLimits, depth: Int = 0) {
        let parts = structure.parts
        let selection = BodySelection(parts)
        let reader = PartReader(mail: mail, parts: parts, limits: limits)
        let plainParts = selection.plain.filter { parts[$0].subtype == "plain" }
        let htmlParts = selection.html.filter { parts[$0].subtype == "html" }
        plain = reader.joinedText(plainParts)
        html = reader.joinedText(htmlParts)
        attachments = AttachmentList(reader).list(selection.attachments, parts)
        let isBounded = structure.isBounded || mail.header.excess != nil
        if isBounded { attachments.append(reader.wholeMail()) }
        chooseText(reader, parts: parts, depth: depth)
    }

    /// As text, each made once: checking UTF-8 thrice costs as much as decoding it.
    var texts: (plain: String, full: String, visible: String) {
        let words = plain.asText
        let full = source == .plain && fullText == plain ? words : fullText.asText
        return (words, full, visible == fullText ? full : visible.asText)
    }

    /// What is shown is never blank where there is a text.
    private mutating func chooseText(
        _ reader: PartReader, parts: [MailPart], depth: Int
    ) {
        choose(reader, parts: parts, depth: depth)
        if visible.isBlank { visible = fullText }
    }

    private mutating func choose(_ reader: PartReader, parts: [MailPart], depth: Int) {
        if !plain.isBlank {
            fullText = plain
            visible = MailDescription.armour(plain) ?? ReplyText.visible(in: plain)
            return
        }
        if !html.isBlank {
            let rendered = HTMLText.render(html)
            if !rendered.text.isBlank {
                source = .html
                fullText = rendered.text
                visible = HTMLVisible.text(rendered)
                return
            }
        }
        if let nested = nestedText(reader, parts: parts, depth: depth), !nested.isBlank {
            source = .nested
            fullText = nested
            visible = nested
            return
        }
        if !parts.contains(where: { $0.kind == .leaf }), let bare = bareText(reader, parts), !bare.isBlank
        {
            fullText = bare
            visible = ReplyText.visible(in: bare)
            return
        }
        source = .described
        let entry = parts.firstIndex { $0.contentType == "text/calendar" }
            .flatMap { CalendarEntry(reader.joinedText([$0])) }
        fullText = Array(
            (entry?.text ?? MailDescription.text(parts, attachments: attachments)).utf8)
        visible = fullText
    }

    /// The text of the first forwarded mail, where the mail itself has none; or of a text part of another kind.
    private func nestedText(_ reader: PartReader, parts: [MailPart], depth: Int) -> [UInt8]? {
        for (index, part) in parts.enumerated() where part.kind == .leaf {
            if part.isEncodedMessage, let text = encodedText(reader, part, depth: depth) {
                return text
            }
            let insideMessage = part.parent.map { isInsideMessage($0, parts) } ?? false
            let isReport = part.contentType == "message/delivery-status"
            let isOther = part.type == "text" && Self.readable.contains(part.subtype)
            guard insideMessage && part.isText || isReport || isOther else { continue }
            let text = reader.joinedText([index])
            if !text.isBlank {
                return part.subtype == "plain" || isReport ? text : HTMLText.render(text).text
            }
        }
        return nil
    }

    /// Text formats whose markup looks enough like HTML to be read as such (RFC 1896).
    private static let readable = ["enriched", "richtext"]

    private func encodedText(_ reader: PartReader, _ part: MailPart, depth: Int) -> [UInt8]? {
        guard depth < Self.deepestEncoding, let range = part.range else { return nil }
        let bytes = PartContent.decoded(
            reader.mail.bytes, range: range, encoding: part.encoding,
            limit: reader.limits.textBytes)
        let header = HeaderBlock(bytes, limits: reader.limits)
        guard !header.fields.isEmpty else { return nil }
        let mail = MailSource(raw: bytes, header: header, limits: reader.limits)
        guard let structure = ParsedStructure(mail, limits: reader.limits) else { return nil }
        let body = MailBody(mail, structure, limits: reader.limits, depth: depth &+ 1)
        return body.source == .described ? nil : body.fullText
    }

    /// A multipart without parts still has bytes: they are shown, decoded as its header says (RFC 2045 section 6.4 forbids
    /// an encoding there, and some write one).
    private func bareText(_ reader: PartReader, _ parts: [MailPart]) -> [UInt8]? {
        let header = reader.mail.header
        let range = header.bodyStart..<reader.mail.bytes.count
        guard !range.isEmpty else { return nil }
        let encoding = ParsedStructure.encoding(of: header, in: reader.mail.bytes)
        let bytes = PartContent.decoded(
            reader.mail.bytes, range: range, encoding: encoding, limit: reader.limits.textBytes)
        return TextDecoding.normalised(
            TextDecoding.utf8(bytes, declared: parts.first?.charset, hint: reader.mail.hint))
    }

    private func isInsideMessage(_ index: Int, _ parts: [MailPart]) -> Bool {
        var current: Int? = index
        // Parents stand before their children, so this ends.
        while let place = current, parts.indices.contains(place) {
            if parts[place].kind == .message { return true }
            guard let parent = parts[place].parent, parent < place else { return false }
            current = parent
        }
        return false
    }
}
