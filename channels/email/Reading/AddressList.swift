import ChannelKit

/// The mailboxes of an address header (RFC 5322 section 3.4), read the way senders write them: commas and encoded words
/// inside of names, names behind the address or in comments, brackets that never close, groups, obsolete routes.
/// Groups are flattened: a helpdesk answers people. One linear pass; nothing nests, so nothing can be nested too deep.
struct AddressList {
    private(set) var mailboxes: [MailHeaders.Address] = []

    private let bytes: [UInt8]
    private let lastWordEnd: Int
    private let limit: Int
    private var index = 0
    private var box = Mailbox()
    /// Searches that ran to the end in vain are not repeated, so that the work stays linear.
    private var isWithoutQuote = false
    private var isWithoutComment = false
    private var isWithoutBracket = false

    /// `value`: unfolded and in UTF-8 but for encoded words (`HeaderDecoding.readable`). At most `limit` mailboxes.
    init(_ value: [UInt8], limit: Int) {
        bytes = value
        lastWordEnd = EncodedWords.appear(in: value[...]) ? EncodedWords.lastEnd(in: value) : 0
        self.limit = limit
        // Every step moves on by one byte or more.
        while index < bytes.count, mailboxes.count < limit { step() }
        close()
    }

    private mutating func step() {
        let byte = bytes[index]
        switch byte {
        case Ascii.space, Ascii.tab, Ascii.lineFeed, Ascii.carriageReturn:
            box.hasGap = true
            index &+= 1
        case UInt8(ascii: ","), Ascii.semicolon:
            close()
            index &+= 1
        case Ascii.quote: quoted()
        case UInt8(ascii: "("): comment()
        case Ascii.less: bracket()
        case UInt8(ascii: "["): literal()
        case Ascii.colon where box.mayNameGroup:
            box = Mailbox()
            index &+= 1
        case Ascii.equals:
            // A whole encoded word, whatever commas and quotes a bad encoder left in it.
            let end = EncodedWords.end(in: bytes, at: index, last: lastWordEnd) ?? index &+ 1
            box.append(bytes[index..<end])
            index = end
        default:
            box.append(bytes[index...index])
            index &+= 1
        }
    }

    /// A quoted name, or the local part of an address that stands in quotes.
    private mutating func quoted() {
        var text: [UInt8] = []
        var position = index &+ 1
        while !isWithoutQuote, position < bytes.count, bytes[position] != Ascii.quote {
            if bytes[position] == UInt8(ascii: "\\"), position &+ 1 < bytes.count { position &+= 1 }
            text.append(bytes[position])
            position &+= 1
        }
        guard !isWithoutQuote, position < bytes.count else {
            isWithoutQuote = true
            index &+= 1
            return
        }
        let next = position &+ 1
        if next < bytes.count, bytes[next] == Ascii.at {
            box.append(bytes[index..<next])
        } else {
            box.appendQuoted(text)
        }
        index = next
    }

    private mutating func comment() {
        var depth = 0
        var text: [UInt8] = []
        var position = index
        while !isWithoutComment, position < bytes.count {
            let byte = bytes[position]
            position &+= 1
            if byte == UInt8(ascii: ")") {
                depth &-= 1
                if depth == 0 { break }
            } else if byte == UInt8(ascii: "(") {
                depth &+= 1
                if depth == 1 { continue }
            } else if byte == UInt8(ascii: "\\"), position < bytes.count {
                text.append(bytes[position])
                position &+= 1
                continue
            }
            text.append(byte)
        }
        guard !isWithoutComment, depth == 0 else {
            isWithoutComment = true
            box.append(bytes[index...index])
            index &+= 1
            return
        }
        box.comments.append(text)
        box.hasGap = true
        index = position
    }

    /// What stands in angle brackets is the address. A second pair without a comma between is a second mailbox: nobody
    /// may hide one behind the other.
    private mutating func bracket() {
        if box.bracketed != nil { close() }
        while index < bytes.count, bytes[index] == Ascii.less { index &+= 1 }
        var end = index
        if !isWithoutBracket {
            while end < bytes.count, bytes[end] != Ascii.greater { end &+= 1 }
        }
        if isWithoutBracket || end == bytes.count {
            isWithoutBracket = true
            end = index
            while end < bytes.count, bytes[end] != UInt8(ascii: ","), bytes[end] != Ascii.semicolon {
                end &+= 1
            }
        }
        box.bracketed = Array(bytes[index..<end])
        box.hasGap = true
        while end < bytes.count, bytes[end] == Ascii.greater { end &+= 1 }
        index = end
    }

    /// A domain in brackets, `[IPv6:2001:db8::1]`, whose colons begin no group.
    private mutating func literal() {
        var end = index &+ 1
        while end < bytes.count, end &- index < 256, bytes[end] != UInt8(ascii: "]"),
            bytes[end] != UInt8(ascii: ",")
        { end &+= 1 }
        if end < bytes.count, bytes[end] == UInt8(ascii: "]") { end &+= 1 }
        box.append(bytes[index..<end])
        index = end
    }

    private mutating func close() {
        defer { box = Mailbox() }
        guard mailboxes.count < limit, let address = box.address else { return }
        mailboxes.append(address)
    }
}

/// What has been seen of one mailbox so far.
private struct Mailbox {
    /// Words in order; those that were quoted can be no part of an address.
    private var words: [(text: [UInt8], isQuoted: Bool)] = []
    var comments: [[UInt8]] = []
    var bracketed: [UInt8]?
    /// A blank, a comment or a bracket since the last byte.
    var hasGap = false

    /// A colon behind words ends the name of a group (RFC 5322 section 3.4), but not within an address.
    var mayNameGroup: Bool {
        bracketed == nil && !words.contains { !$0.isQuoted && $0.text.contains(Ascii.at) }
    }

    mutating func append(_ piece: ArraySlice<UInt8>) {
        if !hasGap, let last = words.indices.last, !words[last].isQuoted {
            words[last].text += piece
        } else {
            words.append((Array(piece), false))
        }
        hasGap = false
    }

    mutating func appendQuoted(_ text: [UInt8]) {
        words.append((text, true))
        hasGap = true
    }

    /// Nil when nothing was there.
    var address: MailHeaders.Address? {
        if let bracketed {
            let address = Self.bare(bracketed)
            let name = named(words.map(\.text))
            return address.isEmpty && name == nil
                ? nil : MailHeaders.Address(name: name, address: address)
        }
        guard !words.isEmpty else { return nil }
        let joined = Self.joined(words)
        if let place = joined.lastIndex(where: { !$0.isQuoted && $0.text.contains(Ascii.at) }) {
            var rest = joined
            let address = Self.bare(rest.remove(at: place).text)
            return MailHeaders.Address(name: named(rest.map(\.text)), address: address)
        }
        // Some write the address as a comment, some put quotes around it.
        if let place = comments.firstIndex(where: Self.isAddress) {
            let name = Self.text(joined.map(\.text))
            return MailHeaders.Address(
                name: name.isEmpty ? nil : name, address: Self.bare(comments[place]))
        }
        if joined.count == 1, let only = joined.first?.text, Self.isAddress(only) {
            return MailHeaders.Address(name: named([]), address: Self.bare(only))
        }
        // No address at all. “MAILER-DAEMON (Mail Delivery System)” is the name of a mailbox here; bare words are a
        // person's name.
        if joined.count == 1, !comments.isEmpty, let only = joined.first, !only.isQuoted {
            return MailHeaders.Address(name: named([]), address: Self.bare(only.text))
        }
        let name = named(joined.map(\.text))
        return name == nil ? nil : MailHeaders.Address(name: name, address: "")
    }

    private static func isAddress(_ text: [UInt8]) -> Bool {
        text.contains(Ascii.at) && !text.contains(where: Ascii.isBlank)
    }

    /// Obsolete blanks and comments around the dots and the @ of an address (RFC 5322 section 4.4) go.
    private static func joined(
        _ words: [(text: [UInt8], isQuoted: Bool)]
    ) -> [(text: [UInt8], isQuoted: Bool)] {
        func binds(_ byte: UInt8?) -> Bool { byte == Ascii.dot || byte == Ascii.at }
        var result: [(text: [UInt8], isQuoted: Bool)] = []
        for word in words {
            if let last = result.indices.last, !word.isQuoted, !result[last].isQuoted,
                binds(word.text.first) || binds(result[last].text.last)
            {
                result[last].text += word.text
            } else {
                result.append(word)
            }
        }
        return result
    }

    private func named(_ words: [[UInt8]]) -> String? {
        let name = Self.text(words)
        let remark = Self.text(comments)
        if name.isEmpty { return remark.isEmpty ? nil : remark }
        return remark.isEmpty ? name : "\(name) (\(remark))"
    }

    private static func text(_ words: [[UInt8]]) -> String {
        guard !words.isEmpty else { return "" }
        let joined = Array(words.joined(separator: [Ascii.space]))
        return TextCleaning.oneLine(EncodedWords.decoded(joined).asText)
    }

    private static func withoutComments(_ text: [UInt8]) -> [UInt8] {
        var depth = 0
        let rest = text.filter { byte in
            if byte == UInt8(ascii: "(") { depth &+= 1 }
            defer { if byte == UInt8(ascii: ")"), depth > 0 { depth &-= 1 } }
            return depth == 0
        }
        return depth == 0 ? rest : text
    }

    /// A domain that travelled as `xn--…` in its own letters.
    private static func lettered(_ address: [UInt8]) -> [UInt8] {
        guard let at = address.lastIndex(of: Ascii.at),
            address[at...].containsIgnoringCase(Array("xn--".utf8)),
            let domain = InternationalDomain.letters([UInt8](address[(at &+ 1)...]).asText)
        else { return address }
        return address[...at] + Array(domain.utf8)
    }

    /// The address without blanks, comments, encoding and route (`@a,@b:c@d`, RFC 5322 section 4.4).
    private static func bare(_ text: [UInt8]) -> String {
        var address = EncodedWords.appear(in: text[...]) ? EncodedWords.decoded(text) : text
        if address.contains(UInt8(ascii: "(")) { address = withoutComments(address) }
        if address.first == Ascii.at, let colon = address.firstIndex(of: Ascii.colon) {
            address.removeSubrange(...colon)
        }
        return TextCleaning.address(lettered(address).asText)
    }
}
