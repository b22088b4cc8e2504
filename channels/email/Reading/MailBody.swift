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

    init(_ mail: MailSource, _ structure: ParsedStructure, limits: MailLimits) {
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
        chooseText(reader, parts: parts, selection: selection)
    }

    /// What is shown is never blank where there is a text.
    private mutating func chooseText(
        _ reader: PartReader, parts: [MailPart], selection: BodySelection
    ) {
        choose(reader, parts: parts, selection: selection)
        if visible.isBlank { visible = fullText }
    }

    private mutating func choose(
        _ reader: PartReader, parts: [MailPart], selection: BodySelection
    ) {
        if !plain.isBlank {
            fullText = plain
            visible = ReplyText.visible(in: plain)
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
        if let nested = nestedText(reader, parts: parts), !nested.isBlank {
            source = .nested
            fullText = nested
            visible = nested
            return
        }
        if !parts.contains(where: { $0.kind == .leaf }), let bare = bareText(reader), !bare.isBlank
        {
            fullText = bare
            visible = ReplyText.visible(in: bare)
            return
        }
        source = .described
        fullText = Array(MailDescription.text(parts, attachments: attachments).utf8)
        visible = fullText
    }

    /// The text of the first forwarded mail, where the mail itself has none; or of a text part of another kind.
    private func nestedText(_ reader: PartReader, parts: [MailPart]) -> [UInt8]? {
        for (index, part) in parts.enumerated() where part.kind == .leaf {
            let insideMessage = part.parent.map { isInsideMessage($0, parts) } ?? false
            let isReport = part.contentType == "message/delivery-status"
            guard insideMessage && part.isText || isReport else { continue }
            let text = reader.joinedText([index])
            if !text.isBlank { return part.subtype == "html" ? HTMLText.render(text).text : text }
        }
        return nil
    }

    /// A multipart without parts still has bytes: they are shown as they are.
    private func bareText(_ reader: PartReader) -> [UInt8]? {
        let range = reader.mail.header.bodyStart..<reader.mail.bytes.count
        guard !range.isEmpty else { return nil }
        let bytes = Array(reader.mail.bytes[range].prefix(reader.limits.textBytes))
        return TextDecoding.normalised(TextDecoding.utf8(bytes, declared: nil))
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
