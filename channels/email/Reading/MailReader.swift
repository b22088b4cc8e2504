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
        let source = MailSource(raw: raw, header: header, limits: limits)
        guard let structure = ParsedStructure(source, limits: limits) else {
            return .failure(.unreadable)
        }
        return .success(assemble(source, structure, settings: settings))
    }

    private static func assemble(
        _ source: MailSource, _ structure: ParsedStructure, settings: MailReadingSettings
    ) -> ParsedMail {
        let bytes = source.bytes
        let header = source.header
        var reader = HeaderReader(source, limits: settings.limits)
        let headers = reader.headers()
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
        let texts = body.texts
        return ParsedMail(
            headers: headers,
            sender: reader.addresses("sender").first, bcc: reader.addresses("bcc"),
            plain: texts.plain, html: body.html.asText, fullText: texts.full, text: texts.visible,
            attachments: body.attachments,
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

    /// `<a@b>` and `a@b` as `a@b`; `<>` as nothing.
    private static func bareAddress(_ value: [UInt8]) -> String {
        var inner = value[...]
        if let open = value.firstIndex(of: Ascii.less) {
            inner = value[(open &+ 1)...].prefix { $0 != Ascii.greater }
        }
        return [UInt8](inner.filter { !Ascii.isBlank($0) }.prefix(998)).asText
    }
}
