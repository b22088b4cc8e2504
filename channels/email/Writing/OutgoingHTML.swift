import ChannelKit
import HelpdeskCore

/// The HTML twin of a text: paragraphs, lists and quotations, each with its own direction, so that a Persian answer reads
/// from the right in every mail program (Outlook shows plain Persian from the left), and links that can be pressed. No
/// pictures, nothing remote; the only styles are the margins that keep lines of two directions together.
enum OutgoingHTML {
    /// `text` has LF line ends; `quotation` comes below it.
    static func document(
        _ text: String, choices: [OutboundMessage.Choice] = [], quotation: Quotation? = nil,
        language: String
    ) -> String {
        let whole = direction(of: text) ?? direction(ofLanguage: language)
        var body: [UInt8] = []
        for block in TextBlock.blocks(of: text, fallback: whole) { append(block, to: &body) }
        append(choices, whole, to: &body)
        if let quotation { append(quotation, to: &body) }
        return """
            <!DOCTYPE html>
            <html lang="\(safeLanguage(language))" dir="\(whole.rawValue)">
            <head><meta charset="utf-8"></head>
            <body>
            \(body.asText)</body>
            </html>

            """
    }

    /// Each a link that says where it leads, in a list that a screen reader counts.
    private static func append(
        _ choices: [OutboundMessage.Choice], _ direction: TextDirection, to body: inout [UInt8]
    ) {
        guard !choices.isEmpty else { return }
        body += "<ul dir=\"\(direction.rawValue)\">\n".utf8
        for choice in choices {
            body += "<li><a href=\"".utf8
            body += HTMLLine.escaped(choice.link)
            body += "\">".utf8
            body += HTMLLine.escaped(choice.label)
            body += "</a></li>\n".utf8
        }
        body += "</ul>\n".utf8
    }

    private static func direction(of text: String) -> TextDirection? {
        for line in TextBlock.lines(of: text) {
            if let direction = TextDirection.estimated(in: line) { return direction }
        }
        return nil
    }

    private static func direction(ofLanguage language: String) -> TextDirection {
        language.hasPrefix("fa") || language.hasPrefix("ar") || language.hasPrefix("he")
            ? .rightToLeft : .leftToRight
    }

    private static func append(_ quotation: Quotation, to body: inout [UInt8]) {
        let direction = TextDirection.estimated(in: quotation.attribution) ?? .leftToRight
        body += "<p dir=\"\(direction.rawValue)\">".utf8
        body += HTMLLine.of(quotation.attribution)
        body += "</p>\n".utf8
        let fallback = self.direction(of: quotation.text) ?? direction
        appendQuotation(
            TextBlock.blocks(of: quotation.text, fallback: fallback), fallback, to: &body)
    }

    private static func append(_ block: TextBlock, to body: inout [UInt8]) {
        switch block {
        case .paragraph(let runs):
            for (index, run) in runs.enumerated() {
                body +=
                    "<p dir=\"\(run.direction.rawValue)\"\(margins(index, of: runs.count))>".utf8
                append(run.lines, to: &body)
                body += "</p>\n".utf8
            }
        case .list(let direction, let items):
            body += "<ul dir=\"\(direction.rawValue)\">\n".utf8
            for item in items {
                let own = TextDirection.estimated(in: item.joined(separator: " ")) ?? direction
                body += (own == direction ? "<li>" : "<li dir=\"\(own.rawValue)\">").utf8
                append(item, to: &body)
                body += "</li>\n".utf8
            }
            body += "</ul>\n".utf8
        case .quotation(let blocks):
            appendQuotation(blocks, firstDirection(blocks) ?? .leftToRight, to: &body)
        }
    }

    private static func append(_ lines: [String], to body: inout [UInt8]) {
        for (index, line) in lines.enumerated() {
            if index > 0 { body += "<br>\n".utf8 }
            body += HTMLLine.of(line)
        }
    }

    /// The bar stands at the side where reading begins.
    private static func appendQuotation(
        _ blocks: [TextBlock], _ direction: TextDirection, to body: inout [UInt8]
    ) {
        let side = direction == .rightToLeft ? "right" : "left"
        body +=
            "<blockquote type=\"cite\" dir=\"\(direction.rawValue)\" style=\"margin:0;border-\(side):1px solid #ccc;padding-\(side):1ex\">\n"
            .utf8
        for block in blocks { append(block, to: &body) }
        body += "</blockquote>\n".utf8
    }

    private static func firstDirection(_ blocks: [TextBlock]) -> TextDirection? {
        switch blocks.first {
        case .paragraph(let runs): runs.first?.direction
        case .list(let direction, _): direction
        case .quotation(let inner): firstDirection(inner)
        case nil: nil
        }
    }

    /// Lines of one paragraph that differ in direction are paragraphs to a mail program, and stand together all the same.
    private static func margins(_ index: Int, of count: Int) -> String {
        guard count > 1 else { return "" }
        let top = index > 0 ? "margin-top:0;" : ""
        let bottom = index < count - 1 ? "margin-bottom:0;" : ""
        return " style=\"\(top)\(bottom)\""
    }

    private static func safeLanguage(_ language: String) -> String {
        let bytes = language.utf8.filter {
            $0 == Ascii.dash || Ascii.lower($0) >= 0x61 && Ascii.lower($0) <= 0x7A
        }
        return bytes.isEmpty ? "en" : [UInt8](bytes.prefix(35)).asText
    }
}
