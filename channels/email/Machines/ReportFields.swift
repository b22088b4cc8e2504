/// The groups of header-like lines that a report is made of (RFC 3464 section 2.1: fields as in a mail header, groups
/// parted by empty lines). Lines that are no fields are passed over.
struct ReportFields {
    struct Group {
        private(set) var fields: [(name: String, value: [UInt8])] = []

        fileprivate mutating func add(_ name: String, _ value: [UInt8]) {
            if fields.count < ReportFields.mostFields { fields.append((name, value)) }
        }

        fileprivate mutating func continueLast(_ more: ArraySlice<UInt8>) {
            guard var last = fields.popLast() else { return }
            if last.value.count < ReportFields.longestValue {
                last.value += [Ascii.space] + more
            }
            fields.append(last)
        }

        /// The first value of a field; names in lower case.
        func first(_ name: String) -> [UInt8]? { fields.first { $0.name == name }?.value }
    }

    private(set) var groups: [Group] = []

    static let mostGroups = 200
    static let mostFields = 60
    static let longestValue = 8 << 10

    init(_ bytes: [UInt8]) {
        var current = Group()
        var position = 0
        while position < bytes.count, groups.count < Self.mostGroups {
            let line = bytes.lineRange(from: position)
            position = line.next
            let content = bytes.trimmed(line.content)
            if content.isEmpty {
                if !current.fields.isEmpty { groups.append(current) }
                current = Group()
                continue
            }
            let first = bytes[line.content.lowerBound]
            if first == Ascii.space || first == Ascii.tab, !current.fields.isEmpty {
                current.continueLast(bytes[content])
            } else if let field = Self.field(content, in: bytes) {
                current.add(field.name, field.value)
            }
        }
        if !current.fields.isEmpty { groups.append(current) }
    }

    static func field(_ line: Range<Int>, in bytes: [UInt8]) -> (name: String, value: [UInt8])? {
        let head = bytes[line].prefix(64)
        guard let colon = head.firstIndex(of: Ascii.colon) else { return nil }
        let name = bytes.trimmed(line.lowerBound..<colon)
        guard !name.isEmpty, bytes[name].allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        let value = bytes.trimmed((colon &+ 1)..<line.upperBound)
        return (
            [UInt8](bytes[name]).lowercasedASCII().asText,
            Array(bytes[value].prefix(longestValue))
        )
    }

    /// `rfc822; user@example.org`: what stands behind the type, undone from xtext (RFC 3461 section 4) and from the
    /// `\x{…}` of RFC 6533, in lower case; nil when it is no mail address.
    static func address(_ value: [UInt8]) -> String? {
        var type: ArraySlice<UInt8> = []
        var rest = value[...]
        if let semicolon = value.firstIndex(of: Ascii.semicolon) {
            type = value[..<semicolon]
            rest = value[(semicolon &+ 1)...]
        }
        if let open = rest.firstIndex(of: Ascii.less),
            let close = rest[open...].firstIndex(of: Ascii.greater)
        {
            rest = rest[(open &+ 1)..<close]
        }
        let isUTF8 = Array(type).lowercasedASCII().firstMatch(of: "utf-8") != nil
        let text = isUTF8 ? unescaped(rest) : unxtext(rest)
        return MailAddressScan.whole(text)
    }

    /// `+2B` is `+` in an Original-Recipient. Only where two capital digits follow: a bare plus is a plus.
    private static func unxtext(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == UInt8(ascii: "+"), index &+ 2 < bytes.endIndex,
                let high = digit(bytes[index &+ 1]), let low = digit(bytes[index &+ 2]),
                high &* 16 &+ low == 0x2B || high &* 16 &+ low == 0x3D
            {
                result.append(high &* 16 &+ low)
                index &+= 3
            } else {
                result.append(bytes[index])
                index &+= 1
            }
        }
        return result
    }

    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result = ""
        var rest = bytes
        while let byte = rest.first {
            let tail = rest.dropFirst(3)
            if byte == UInt8(ascii: "\\"), rest.prefix(3).elementsEqual(Array("\\x{".utf8)),
                let close = tail.prefix(8).firstIndex(of: UInt8(ascii: "}")),
                let value = UInt32(
                    String(decoding: tail[tail.startIndex..<close], as: UTF8.self), radix: 16),
                let scalar = Unicode.Scalar(value)
            {
                result.unicodeScalars.append(scalar)
                rest = rest[(close &+ 1)...]
            } else {
                let run = rest.prefix { $0 != UInt8(ascii: "\\") }
                let piece = run.isEmpty ? rest.prefix(1) : run
                result += String(decoding: piece, as: UTF8.self)
                rest = rest.dropFirst(piece.count)
            }
        }
        return Array(result.utf8)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        if Ascii.isDigit(byte) { return byte &- 0x30 }
        return byte >= 0x41 && byte <= 0x46 ? byte &- 0x41 &+ 10 : nil
    }
}
