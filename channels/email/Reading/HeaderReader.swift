import ChannelKit

/// Reads the headers of a mail that people and programs ask for.
struct HeaderReader {
    private let bytes: [UInt8]
    private let header: HeaderBlock
    private let decoding: HeaderDecoding
    private let limits: MailLimits
    /// Addresses that may still be listed, over all headers.
    private var addressesLeft: Int

    init(_ source: MailSource, limits: MailLimits) {
        bytes = source.raw
        header = source.header
        decoding = HeaderDecoding(source.header, contentType: source.contentType, in: source.raw)
        self.limits = limits
        addressesLeft = limits.addresses
    }

    mutating func headers() -> MailHeaders {
        // A second From with the same address says nothing new (RFC 5322 section 3.6 allows one).
        var from: [MailHeaders.Address] = []
        for address in addresses("from") where !from.contains(where: { $0.address == address.address }) {
            from.append(address)
        }
        return MailHeaders(
            subject: header.first("subject", in: bytes).map(decoding.text),
            from: from, to: addresses("to"), cc: addresses("cc"), replyTo: addresses("reply-to"),
            date: header.values("date", in: bytes).lazy.compactMap(MailDate.parse).first,
            messageID: header.first("message-id", in: bytes).flatMap(MessageIdentifiers.single),
            inReplyTo: identifiers("in-reply-to"), references: identifiers("references"))
    }

    /// Of every header of this name, in order.
    mutating func addresses(_ name: String) -> [MailHeaders.Address] {
        var found: [MailHeaders.Address] = []
        for value in header.values(name, in: bytes) where addressesLeft > 0 {
            let list = AddressList(decoding.readable(value), limit: addressesLeft).mailboxes
            addressesLeft &-= list.count
            found += list
        }
        return found
    }

    private func identifiers(_ name: String) -> [String] {
        MessageIdentifiers.list(header.first(name, in: bytes) ?? [], limit: limits.references)
    }
}
