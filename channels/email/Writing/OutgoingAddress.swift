import CurlTransport

/// A recipient's address as it goes onto the wire: the domain in ASCII (`مثال.ir` → `xn--…`), the part before the @ as it is.
struct OutgoingAddress: Equatable {
    /// What stands in the envelope and in the header.
    let text: String

    /// Nil when it is no address that mail can be sent to. Whether letters outside of ASCII before the @ can travel is for
    /// the server to say (SMTPUTF8, RFC 6531).
    init?(_ address: String) {
        let bytes = Array(address.utf8)
        guard bytes.count <= 1_000, let at = bytes.lastIndex(of: Ascii.at), at > 0,
            MailAddressCheck.isLocalPart(bytes[..<at]),
            let domain = InternationalDomain.ascii([UInt8](bytes[(at &+ 1)...]).asText)
        else { return nil }
        let text = [UInt8](bytes[..<at]).asText + "@" + domain
        guard (try? SMTPAddress(text)) != nil else { return nil }
        self.text = text
    }
}
