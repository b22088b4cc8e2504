import HelpdeskCore

/// Whether a machine wrote a mail (RFC 3834 section 5, RFC 2076, and what senders do in practice). A wrong “no” starts a
/// mail loop, a wrong “yes” keeps a person from being heard: headers decide, and words only where they can mean nothing
/// else.
struct AutomaticMail {
    struct Verdict: Equatable {
        var autoSubmitted: AutoSubmitted
        var isBulk: Bool
    }

    let header: HeaderBlock
    let bytes: [UInt8]
    let returnPath: String?
    /// The mail's own text, as it is shown.
    let text: [UInt8]

    /// Bytes of the text in which a notice of absence says so.
    private static let reach = 4 << 10

    func verdict() -> Verdict {
        let isBulk = isBulk()
        if let declared = declared() { return Verdict(autoSubmitted: declared, isBulk: isBulk) }
        if isReplySubject() { return Verdict(autoSubmitted: .replied, isBulk: isBulk) }
        if isBulk || returnPath == "" || isSuppressed() {
            return Verdict(autoSubmitted: .generated, isBulk: isBulk)
        }
        return Verdict(autoSubmitted: .no, isBulk: false)
    }

    private func declared() -> AutoSubmitted? {
        for value in lower("auto-submitted") {
            // RFC 3834 section 5: a keyword, and perhaps parameters or a comment behind it.
            if value.starts(with: "auto-replied".utf8) { return .replied }
            if !value.isEmpty, !value.starts(with: "no".utf8) { return .generated }
        }
        for sign in AutomaticWords.replySigns {
            for value in lower(sign.field)
            where isYes(value)
                && (sign.words.isEmpty || sign.words.contains { value.firstMatch(of: $0) != nil })
            {
                return .replied
            }
        }
        for value in lower("precedence")
        where value.starts(with: "auto_reply".utf8) || value.starts(with: "auto-reply".utf8) {
            return .replied
        }
        let isGenerated = AutomaticWords.generatedSigns.contains {
            lower($0).contains(where: isYes)
        }
        return isGenerated ? .generated : nil
    }

    /// “X-Autoreply: no” says what it says.
    private func isYes(_ value: [UInt8]) -> Bool {
        !["no", "false", "0"].contains { value.elementsEqual($0.utf8) }
    }

    private func isBulk() -> Bool {
        let isDeclared = lower("precedence").contains { value in
            ["bulk", "list", "junk"].contains { value.starts(with: $0.utf8) }
        }
        return isDeclared || AutomaticWords.listFields.contains { header.has($0, in: bytes) }
    }

    /// Exchange's wish not to be answered; the values that mean us (MS-OXCMAIL 2.2.3.2.14).
    private func isSuppressed() -> Bool {
        lower("x-auto-response-suppress").contains { value in
            ["all", "oof", "autoreply"].contains { value.firstMatch(of: $0) != nil }
        }
    }

    // MARK: Subject

    private func isReplySubject() -> Bool {
        guard let value = header.first("subject", in: bytes) else { return false }
        let subject = PrefixTable.lowered(EncodedWords.decoded(value))
        guard let mark = AutomaticWords.subjects.longest(in: subject) else { return false }
        let rest = Self.withoutBlanks(subject.dropFirst(mark.count))
        guard rest.isEmpty || AutomaticWords.afterSubject.matches(rest) else { return false }
        // An answer under such a subject, or one that cannot be answered, is a program's; otherwise the text has to say
        // so too, or the subject has the form “Out of office: …” that programs write.
        let isAnswer = header.has("in-reply-to", in: bytes) || header.has("references", in: bytes)
        if returnPath == "" || isAnswer && !rest.isEmpty { return true }
        return AutomaticWords.absences.matches(Phrases.normalised(text.prefix(Self.reach)))
            || rest.first == Ascii.colon && rest.last != UInt8(ascii: "?")
    }

    /// Without the blanks in front, no-break spaces and right-to-left marks among them.
    private static func withoutBlanks(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var rest = text
        while let blank = blanks.first(where: { rest.starts(with: $0) }) {
            rest = rest.dropFirst(blank.count)
        }
        return Array(rest)
    }

    private static let blanks: [[UInt8]] = [[Ascii.space], [0xC2, 0xA0], [0xE2, 0x80, 0x8F]]

    private func lower(_ name: String) -> [[UInt8]] {
        header.values(name, in: bytes).prefix(20).map { $0.lowercasedASCII() }
    }
}
