import ChannelKit
import HelpdeskCore

/// Reads mails: bytes in, one value or one reason out. Pure, and safe on any bytes: every structure is bounded by
/// `MailLimits`, every text comes back as valid UTF-8.
///
/// It blocks (GMime is C): call it on a thread of a pool, never on the cooperative pool. Calls on different threads do
/// not disturb each other. `MailReadingPool` does both.
public enum MailReader {
    /// The bytes are not changed; attachments of the result are ranges of them wherever possible.
    public static func read(
        _ raw: [UInt8], settings: MailReadingSettings = MailReadingSettings()
    ) -> Result<ParsedMail, MailRejection> {
        guard !raw.isEmpty else { return .failure(.empty) }
        let limits = settings.limits
        guard raw.count <= limits.messageBytes else {
            return .failure(.tooLarge(bytes: raw.count, limit: limits.messageBytes))
        }
        let header = HeaderBlock(raw, limits: limits)
        guard !header.fields.isEmpty else { return .failure(.noHeaders) }
        var source = MailSource(raw: raw, bytes: raw, header: header, shift: 0)
        if let repair = HeaderRepair(raw, header: header) {
            source.bytes = repair.bytes
            source.shift = repair.shift
            source.header = HeaderBlock(repair.bytes, limits: limits)
        }
        if let defused = MailGuard.defused(source.bytes, header: source.header) {
            source.bytes = defused
        }
        guard
            let structure = ParsedStructure(
                source.bytes, from: source.header.start, limits: limits)
        else { return .failure(.unreadable) }
        return .success(assemble(source, structure, settings: settings))
    }

    private static func assemble(
        _ source: MailSource, _ structure: ParsedStructure, settings: MailReadingSettings
    ) -> ParsedMail {
        let bytes = source.bytes
        let header = source.header
        let headers = headers(source, structure, limits: settings.limits)
        let returnPath = header.first("return-path", in: bytes).map(bareAddress)
        let body = MailBody(source, structure, limits: settings.limits)
        let recipients =
            (headers.to + headers.cc).map(\.address)
            + ["delivered-to", "x-original-to"].flatMap { name in
                header.values(name, in: bytes).prefix(8).map { bareAddress($0) }
            }
        let machine = MachineMail(
            source, parts: structure.parts, text: body.fullText, returnPath: returnPath,
            recipients: recipients, limits: settings.limits)
        let returned = machine.report?.returnedMessageID
        let spam = settings.spamHeaders == .trusted && SpamHeaders.say(spamIn: header, bytes)
        return ParsedMail(
            headers: headers,
            sender: addresses(structure, .sender).first, bcc: addresses(structure, .bcc),
            plain: body.plain.asText, html: body.html.asText, fullText: body.fullText.asText,
            text: body.visible.asText, attachments: body.attachments,
            autoSubmitted: machine.autoSubmitted,
            ticketClass: spam ? .spam : machine.isBulk ? .bulk : .regular,
            senderAuth: SenderEvidence.auth(
                header, in: bytes, authservID: settings.authservID, from: headers.from),
            replyTokens: ReplyTokens.candidates(
                ids: headers.references + headers.inReplyTo + [returned].compactMap { $0 },
                recipients: recipients),
            returnPath: returnPath, deliveryReport: machine.report, body: body.source,
            completeness: structure.isBounded || header.excess != nil ? .bounded : .whole)
    }

    private static func headers(
        _ source: MailSource, _ structure: ParsedStructure, limits: MailLimits
    ) -> MailHeaders {
        let bytes = source.bytes
        let header = source.header
        return MailHeaders(
            subject: header.first("subject", in: bytes).map { value in
                TextCleaning.oneLine(EncodedWords.decoded(value).asText)
            },
            from: addresses(structure, .from), to: addresses(structure, .to),
            cc: addresses(structure, .cc), replyTo: addresses(structure, .replyTo),
            date: header.first("date", in: bytes).flatMap(MailDate.parse),
            messageID: header.first("message-id", in: bytes).flatMap(MessageIdentifiers.single),
            inReplyTo: MessageIdentifiers.list(
                header.first("in-reply-to", in: bytes) ?? [], limit: limits.references),
            references: MessageIdentifiers.list(
                header.first("references", in: bytes) ?? [], limit: limits.references))
    }

    private static func addresses(
        _ structure: ParsedStructure, _ role: ParsedStructure.Role
    ) -> [MailHeaders.Address] {
        structure.addresses.filter { $0.role == role }.map { entry in
            let name = TextCleaning.oneLine(entry.name)
            return MailHeaders.Address(
                name: name.isEmpty ? nil : name, address: TextCleaning.address(entry.address))
        }
    }

    /// `<a@b>` and `a@b` as `a@b`; `<>` as nothing.
    private static func bareAddress(_ value: [UInt8]) -> String {
        var inner = value[...]
        if let open = value.firstIndex(of: Ascii.less) {
            inner = value[(open &+ 1)...].prefix { $0 != Ascii.greater }
        }
        return [UInt8](inner.filter { !Ascii.isBlank($0) }.prefix(998)).asText
    }
}

/// The bytes as received, and what is parsed in their place where the header block had to be rewritten.
struct MailSource {
    let raw: [UInt8]
    var bytes: [UInt8]
    var header: HeaderBlock
    /// What to take from an offset in `bytes` to have the one in `raw`, behind the header block.
    var shift: Int

    func rawRange(_ range: Range<Int>) -> Range<Int>? {
        let low = range.lowerBound &- shift
        let high = range.upperBound &- shift
        guard low >= 0, high >= low, high <= raw.count else { return nil }
        return low..<high
    }
}
