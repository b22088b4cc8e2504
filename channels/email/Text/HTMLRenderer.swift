import CGumbo

/// Walks the events of a document once and writes its text. State is a few counters and a stack as deep as the document,
/// which `HTMLNesting` bounds.
struct HTMLRenderer {
    private var rendered = HTMLText.Rendered()
    private var open: [Element] = []
    private var lists: [Int?] = []
    private var quoteDepth = 0
    private var preformatted = 0
    /// Line ends owed before the next text: 1 for a new line, 2 for a paragraph.
    private var owed = 0
    private var needsSpace = false
    private var lineIsEmpty = true
    private var lineQuoteDepth = 0
    private var cellsInRow: [Int] = []

    /// Lists and quotations nested deeper are drawn at this depth.
    private static let deepestIndent = 8
    private static let longestLink = 2_000
    /// Words longer than this are not searched for their own target.
    private static let longestSaid = 1_000

    private struct Element {
        let kind: Int32
        let start: Int
        let href: String?
        let mark: Mark
    }

    private enum Mark { case none, quoted, signature }

    mutating func take(_ event: cgu_event) {
        switch Int(event.event) {
        case Int(CGU_TEXT): text(event)
        case Int(CGU_OPEN): opened(event)
        default: closed()
        }
    }

    mutating func finish() -> HTMLText.Rendered {
        while !open.isEmpty { closed() }
        trimLine()
        while rendered.text.last == Ascii.lineFeed { rendered.text.removeLast() }
        return rendered
    }

    private mutating func opened(_ event: cgu_event) {
        let kind = event.element
        let mark = mark(of: event)
        switch Int(kind) {
        case Int(CGU_BLOCK), Int(CGU_ROW): owe(1)
        case Int(CGU_PARAGRAPH), Int(CGU_HEADING), Int(CGU_TABLE): owe(2)
        case Int(CGU_BREAK): lineBreak()
        case Int(CGU_RULE): owe(2)
        case Int(CGU_ORDERED), Int(CGU_UNORDERED):
            owe(lists.isEmpty ? 2 : 1)
            lists.append(Int(kind) == Int(CGU_ORDERED) ? 1 : nil)
        case Int(CGU_ITEM): item()
        case Int(CGU_CELL): cell()
        case Int(CGU_QUOTE):
            owe(2)
            quoteDepth &+= 1
        case Int(CGU_PRE):
            owe(2)
            preformatted &+= 1
        case Int(CGU_IMAGE):
            if let alternative = Self.string(event.alt), !alternative.isEmpty {
                words(Array("[\(alternative)]".utf8))
            }
        default: break
        }
        if Int(kind) == Int(CGU_ROW) { cellsInRow.append(0) }
        let link = Int(kind) == Int(CGU_LINK) ? Self.string(event.href) : nil
        open.append(
            Element(kind: kind, start: rendered.text.count, href: link, mark: mark))
    }

    private mutating func closed() {
        guard let element = open.popLast() else { return }
        switch Int(element.kind) {
        case Int(CGU_BLOCK): owe(1)
        case Int(CGU_ROW):
            owe(1)
            _ = cellsInRow.popLast()
        case Int(CGU_PARAGRAPH), Int(CGU_HEADING), Int(CGU_TABLE): owe(2)
        case Int(CGU_ORDERED), Int(CGU_UNORDERED):
            _ = lists.popLast()
            owe(lists.isEmpty ? 2 : 1)
        case Int(CGU_ITEM): owe(1)
        case Int(CGU_QUOTE):
            owe(2)
            quoteDepth = max(quoteDepth &- 1, 0)
        case Int(CGU_PRE):
            owe(2)
            preformatted = max(preformatted &- 1, 0)
        case Int(CGU_LINK): link(element)
        default: break
        }
        let range = element.start..<max(element.start, rendered.text.count)
        switch element.mark {
        case .quoted: rendered.quoted.append(range)
        case .signature: rendered.signatures.append(range)
        case .none: break
        }
    }

    /// The target behind the words, unless the words already say it.
    private mutating func link(_ element: Element) {
        guard let href = element.href, href.utf8.count <= Self.longestLink,
            ["http:", "https:", "mailto:", "ftp:", "tel:"].contains(where: {
                href.lowercased().hasPrefix($0)
            })
        else { return }
        let said = rendered.text[min(element.start, rendered.text.count)...]
        let bare = Array(href.utf8.drop { $0 != Ascii.colon }.dropFirst())
        let target = bare.drop { $0 == UInt8(ascii: "/") }
        let core = target.last == UInt8(ascii: "/") ? target.dropLast() : target
        let isSaid = said.count <= Self.longestSaid && !core.isEmpty && said.containsSequence(core)
        if said.isEmpty || isSaid { return }
        words(Array(" <\(href)>".utf8))
    }

    private mutating func item() {
        owe(1)
        let indent = min(lists.count, Self.deepestIndent)
        var bullet = [UInt8](repeating: Ascii.space, count: max(indent &- 1, 0) &* 2)
        if let last = lists.popLast() {
            if let number = last {
                bullet += Array("\(number). ".utf8)
                lists.append(number &+ 1)
            } else {
                bullet += Array("- ".utf8)
                lists.append(nil)
            }
        } else {
            bullet += Array("- ".utf8)
        }
        write(bullet)
        // The words follow on the same line, whatever block they stand in.
        lineIsEmpty = true
        owed = 0
    }

    private mutating func cell() {
        guard let count = cellsInRow.popLast() else { return owe(1) }
        cellsInRow.append(count &+ 1)
        if count > 0, !lineIsEmpty, owed == 0 { write([Ascii.space, Ascii.space]) }
    }

    private mutating func text(_ event: cgu_event) {
        guard let base = event.text, event.length > 0 else { return }
        let bytes = UnsafeRawBufferPointer(start: base, count: event.length)
        if preformatted > 0 { return preformattedText(bytes) }
        var word: [UInt8] = []
        word.reserveCapacity(event.length)
        for byte in bytes {
            if Ascii.isBlank(byte) || byte == 0x0C {
                if !word.isEmpty {
                    words(word)
                    word.removeAll(keepingCapacity: true)
                }
                needsSpace = needsSpace || !lineIsEmpty
            } else {
                word.append(byte)
            }
        }
        if !word.isEmpty { words(word) }
    }

    private mutating func preformattedText(_ bytes: UnsafeRawBufferPointer) {
        var piece: [UInt8] = []
        for byte in bytes where byte != Ascii.carriageReturn {
            if byte == Ascii.lineFeed {
                write(piece)
                piece.removeAll(keepingCapacity: true)
                lineBreak()
            } else {
                piece.append(byte)
            }
        }
        if !piece.isEmpty { write(piece) }
    }

    private mutating func words(_ word: [UInt8]) {
        if needsSpace, owed == 0, !lineIsEmpty { rendered.text.append(Ascii.space) }
        needsSpace = false
        write(word)
    }

    /// No-break spaces become spaces: a terminal knows no other, and quotation scanners look for these.
    private mutating func write(_ bytes: [UInt8]) {
        settle()
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0xC2, index &+ 1 < bytes.count, bytes[index &+ 1] == 0xA0 {
                rendered.text.append(Ascii.space)
                index &+= 2
            } else {
                rendered.text.append(bytes[index])
                index &+= 1
            }
        }
        if !bytes.isEmpty { lineIsEmpty = false }
    }

    private mutating func owe(_ count: Int) {
        owed = max(owed, rendered.text.isEmpty ? 0 : count)
        needsSpace = false
    }

    /// A `<br>` ends the line even when it is empty.
    private mutating func lineBreak() {
        settle()
        trimLine()
        rendered.text.append(Ascii.lineFeed)
        startLine()
    }

    /// Pays the line ends that are owed, then the marks of the quotation for a new line.
    private mutating func settle() {
        if owed > 0 {
            trimLine()
            let present = rendered.text.reversed().prefix(2).prefix { $0 == Ascii.lineFeed }.count
            if !lineIsEmpty || present < owed, !rendered.text.isEmpty {
                for step in max(min(present, owed), 0)..<owed {
                    if step > 0, min(lineQuoteDepth, quoteDepth) > 0 {
                        marks(min(lineQuoteDepth, quoteDepth))
                    }
                    rendered.text.append(Ascii.lineFeed)
                }
            }
            owed = 0
            startLine()
        }
        if rendered.text.isEmpty || rendered.text.last == Ascii.lineFeed {
            if quoteDepth > 0 {
                marks(quoteDepth)
                rendered.text.append(Ascii.space)
            }
            lineQuoteDepth = quoteDepth
        }
    }

    private mutating func startLine() {
        lineIsEmpty = true
        needsSpace = false
    }

    private mutating func marks(_ depth: Int) {
        rendered.text += [UInt8](repeating: Ascii.greater, count: min(depth, Self.deepestIndent))
    }

    private mutating func trimLine() {
        while rendered.text.last == Ascii.space || rendered.text.last == Ascii.tab {
            rendered.text.removeLast()
        }
    }

    private static func string(_ pointer: UnsafePointer<CChar>?) -> String? {
        guard let pointer else { return nil }
        return String(cString: pointer)
    }

    /// What mail programs call the box they put history or a signature into.
    private mutating func mark(of event: cgu_event) -> Mark {
        let identifier = Self.string(event.id) ?? ""
        let names = Self.string(event.class_name) ?? ""
        if identifier.isEmpty, names.isEmpty { return .none }
        let classes = names.split(separator: " ")
        if HTMLMarks.historyStarts.contains(identifier), rendered.historyStart == nil {
            rendered.historyStart = rendered.text.count
        }
        // Gmail's “quote” button gives a blockquote the class of its history box: a person quotes there.
        let isQuotation = Int(event.element) == Int(CGU_QUOTE)
        if HTMLMarks.quotes.contains(identifier)
            || classes.contains(where: {
                HTMLMarks.quotes.contains(String($0)) && !(isQuotation && $0 == "gmail_quote")
            })
        {
            return .quoted
        }
        if HTMLMarks.signatures.contains(identifier)
            || classes.contains(where: { HTMLMarks.signatures.contains(String($0)) })
        {
            return .signature
        }
        return .none
    }
}

/// Names that mail programs give to their own elements.
enum HTMLMarks {
    static let quotes: Set<String> = [
        "gmail_quote", "gmail_quote_container", "gmail_extra", "yahoo_quoted", "moz-cite-prefix",
        "protonmail_quote", "zmail_extra", "tutanota_quote", "WordSection1_quote", "mailbox_quote",
        "quoted_text", "OutlookMessageHeader", "ydp_quoted", "hmmessage_quote",
        "ms-outlook-ios-reference",
        "front-blockquote", "freshdesk_quote", "zd-quote", "qt_original", "isForwardContent",
        "oriMsgHtmlSeperator", "appendonsend_quote",
    ]
    static let historyStarts: Set<String> = [
        "divRplyFwdMsg", "appendonsend", "stopSpelling", "OLK_SRC_BODY_SECTION", "reply-intro",
        "mail-editor-reference-message-container", "x_divRplyFwdMsg", "replySplit",
    ]
    static let signatures: Set<String> = [
        "gmail_signature", "gmail_signature_prefix", "moz-signature", "Signature",
        "ms-outlook-mobile-signature", "protonmail_signature_block", "tutanota_signature",
        "ydp_signature", "yahoo-signature", "AppleMailSignature", "zimbra-signature",
    ]
}

extension ArraySlice<UInt8> {
    func containsSequence(_ other: ArraySlice<UInt8>) -> Bool {
        guard let head = other.first, other.count <= count else { return false }
        var index = startIndex
        let last = endIndex &- other.count
        while index <= last {
            if self[index] == head, self[index...].starts(with: other) { return true }
            index &+= 1
        }
        return false
    }
}
