import ChannelKit
import Crypto
import HelpdeskCore

/// A parsed mail as the message of an inbox: who counts as the customer, and which id it is known by.
struct InboundMail {
    let settings: EmailSettings

    func message(_ mail: ParsedMail, raw: [UInt8], envelope: MailEnvelope) -> InboundMessage {
        let writer = writer(of: mail)
        var message = InboundMessage(
            externalID: externalID(mail, raw: raw),
            sender: Sender(
                identity: writer.map {
                    ClaimedIdentity(address: .email($0.address.address), evidence: $0.evidence)
                }, name: writer?.address.name),
            sentAt: mail.headers.date, subject: mail.headers.subject, text: mail.text,
            fullText: mail.fullText == mail.text ? nil : mail.fullText,
            html: mail.html.isEmpty ? nil : mail.html, attachments: mail.attachments,
            inReplyTo: mail.headers.inReplyTo.first ?? mail.deliveryReport?.returnedMessageID,
            references: mail.headers.references,
            autoSubmitted: autoSubmitted(mail, envelope: envelope), ticketClass: mail.ticketClass,
            senderAuth: writer?.isFromLine == true ? mail.senderAuth : .unchecked,
            replyTokens: mail.replyTokens, email: mail.headers, raw: raw)
        message.deliveryReport = mail.deliveryReport
        for address in envelope.recipients {
            guard let token = ReplyTokens.token(inAddress: Array(address.utf8))?.asText,
                !message.replyTokens.contains(token)
            else { continue }
            message.replyTokens.insert(token, at: 0)
        }
        return message
    }

    struct Writer {
        let address: MailHeaders.Address
        let evidence: ClaimedIdentity.Evidence
        /// The address stands in From, so what DMARC says is about it.
        let isFromLine: Bool
    }

    /// From, unless a form or a mailing list put itself there; a mail without From has whoever else it names.
    func writer(of mail: ParsedMail) -> Writer? {
        let headers = mail.headers
        guard let from = headers.from.first(where: { !$0.address.isEmpty }) else {
            let others =
                [mail.sender].compactMap { $0 } + headers.replyTo
                + [mail.returnPath].compactMap { $0 }.map {
                    MailHeaders.Address(name: nil, address: $0)
                }
            return others.first { !$0.address.isEmpty }.map {
                Writer(address: $0, evidence: .claimed, isFromLine: false)
            }
        }
        if let reply = headers.replyTo.first(where: { !$0.address.isEmpty }),
            isFormMail(from) || isRewritten(from)
        {
            return Writer(address: reply, evidence: .claimed, isFromLine: false)
        }
        let evidence: ClaimedIdentity.Evidence = mail.senderAuth == .verified ? .vouched : .claimed
        return Writer(address: from, evidence: evidence, isFromLine: true)
    }

    private func isFormMail(_ from: MailHeaders.Address) -> Bool {
        settings.formSenders.contains(from.address.lowercased())
    }

    /// “Sara via Our List”: lists write so where the sender's domain would fail DMARC.
    private func isRewritten(_ from: MailHeaders.Address) -> Bool {
        guard let name = from.name else { return false }
        return Array(name.utf8)[...].containsIgnoringCase(Array(" via ".utf8))
    }

    /// The Message-ID; where there is none, the content: two mails without an id are never taken for one (D6).
    private func externalID(_ mail: ParsedMail, raw: [UInt8]) -> String {
        if let id = mail.headers.messageID { return id }
        let digest = PartContent.digest(raw, range: 0..<raw.count, encoding: .identity)
        return "sha256:\(digest.sha256.rawValue)"
    }

    /// Our own address as the writer is a loop, whatever the headers say (C3).
    private func autoSubmitted(_ mail: ParsedMail, envelope: MailEnvelope) -> AutoSubmitted {
        guard mail.autoSubmitted == .no else { return mail.autoSubmitted }
        let own = Set(settings.addresses.map(Self.withoutTag))
        if mail.headers.from.contains(where: { own.contains(Self.withoutTag($0.address)) }) {
            return .generated
        }
        return envelope.sender == "" ? .generated : .no
    }

    /// `support+token@example.org` is `support@example.org`, in small letters.
    private static func withoutTag(_ address: String) -> String {
        let bytes = Array(address.lowercased().utf8)
        guard let at = bytes.lastIndex(of: Ascii.at),
            let plus = bytes[..<at].firstIndex(of: UInt8(ascii: "+"))
        else { return bytes.asText }
        return Array(bytes[..<plus] + bytes[at...]).asText
    }
}
