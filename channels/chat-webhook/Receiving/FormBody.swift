internal import ChannelKit

/// `application/x-www-form-urlencoded` (WHATWG URL §5), as bodies and as queries. Linear; at most `mostFields`.
enum FormBody {
    static let mostFields = 1024

    /// In the order of the text. `+` is a blank; a bad escape stays as it is; NUL becomes U+2400.
    static func fields(_ bytes: some Collection<UInt8>) -> [(name: String, value: String)] {
        bytes.split(separator: UInt8(ascii: "&"), maxSplits: mostFields).prefix(mostFields).map {
            let pair = $0.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return (decoded(pair.first ?? $0), pair.count > 1 ? decoded(pair[1]) : "")
        }
    }

    /// Names lead to texts. A name that is there several times leads to its first value. Names that end in a number are
    /// a list too, under the name without it: `MediaUrl0`, `MediaUrl1` are `MediaUrl[0]`, `MediaUrl[1]`.
    static func node(_ fields: [(name: String, value: String)]) -> JSONNode {
        var members: [String: JSONNode] = [:]
        var lists: [String: [Int: JSONNode]] = [:]
        for field in fields where members[field.name] == nil {
            let node = JSONNode(.text(field.value))
            members[field.name] = node
            let digits = field.name.utf8.reversed().prefix { PresetScanner.isDigit($0) }.count
            guard (1...3).contains(digits), let number = Int(field.name.suffix(digits)) else {
                continue
            }
            lists[String(field.name.dropLast(digits)), default: [:]][number] = node
        }
        for (name, list) in lists where members[name] == nil {
            // Without gaps, from 0: what stands behind a gap has no place in a list.
            var nodes: [JSONNode] = []
            while let node = list[nodes.count] { nodes.append(node) }
            if !nodes.isEmpty { members[name] = JSONNode(.list(nodes)) }
        }
        return JSONNode(.object(members))
    }

    /// Names and values one behind the other, ordered by name and then by value, each pair once (Twilio's request validation).
    static func sorted(_ body: [UInt8]) -> [UInt8] {
        var pairs = rawFields(body)
        pairs.sort {
            $0.name == $1.name
                ? $0.value.lexicographicallyPrecedes($1.value)
                : $0.name.lexicographicallyPrecedes($1.name)
        }
        var result: [UInt8] = []
        var previous: (name: [UInt8], value: [UInt8])?
        for pair in pairs {
            if let previous, previous.name == pair.name, previous.value == pair.value { continue }
            result += pair.name + pair.value
            previous = pair
        }
        return result
    }

    private static func rawFields(_ body: [UInt8]) -> [(name: [UInt8], value: [UInt8])] {
        body.split(separator: UInt8(ascii: "&"), maxSplits: mostFields).prefix(mostFields).map {
            let pair = $0.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return (bytes(pair.first ?? $0), pair.count > 1 ? bytes(pair[1]) : [])
        }
    }

    private static func decoded(_ text: some Collection<UInt8>) -> String {
        let bytes = bytes(text)
        guard bytes.contains(0) else { return String(decoding: bytes, as: UTF8.self) }
        return bytes.split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\u{2400}")
    }

    private static func bytes(_ text: some Collection<UInt8>) -> [UInt8] {
        let source = Array(text)
        var result: [UInt8] = []
        result.reserveCapacity(source.count)
        var index = 0
        while index < source.count {
            switch source[index] {
            case UInt8(ascii: "+"): result.append(0x20)
            case UInt8(ascii: "%") where index + 2 < source.count:
                if let byte = Hexadecimal.decoded(source[(index + 1)...(index + 2)])?.first {
                    result.append(byte)
                    index += 2
                } else {
                    result.append(source[index])
                }
            default: result.append(source[index])
            }
            index += 1
        }
        return result
    }

    /// For a URL or a form: letters, digits and `-._~` stay.
    static func encoded(_ text: String, keeping others: String = "") -> String {
        var result: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            if PresetScanner.isWord(byte) || byte == 0x2E || byte == 0x7E
                || others.utf8.contains(byte)
            {
                result.append(byte)
            } else {
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension PresetScope {
    /// A template as an address. What stands at its very beginning is an address itself and stays as it is; every
    /// other value is escaped, so that none can change where the request goes.
    func url(_ template: PresetTemplate) -> String {
        var result = ""
        for (index, part) in template.parts.enumerated() {
            switch part {
            case .literal(let text): result += text
            case .choice(let choice):
                let text = text(choice)
                result += index == 0 ? text : FormBody.encoded(text, keeping: "/:")
            }
        }
        return result
    }

    /// A template as a header's value. `Basic user:password` is written plainly in a preset and encoded here (RFC 7617).
    func header(_ template: PresetTemplate) -> String {
        let text = text(template)
        guard text.hasPrefix("Basic ") else { return text }
        return "Basic " + WireBase64.encoded(Array(text.utf8.dropFirst(6)))
    }
}
