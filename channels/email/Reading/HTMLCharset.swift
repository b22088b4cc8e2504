/// The charset an HTML document states for itself, where the mail states none: `<meta charset=…>` within the first KiB
/// (WHATWG HTML, section “Determining the character encoding”).
enum HTMLCharset {
    static func declared(in bytes: [UInt8]) -> String? {
        let head = Array(bytes.prefix(2_048))
        var position = 0
        // A document has few meta elements in so few bytes; the bound is the slice.
        while let meta = head.firstMatch(of: "<meta", from: position) {
            let end = head.firstIndex(of: Ascii.greater, from: meta) ?? head.count
            let element = Array(head[meta..<end])
            if let match = element.firstMatch(of: "charset=") {
                let rest = element[(match &+ 8)...].drop {
                    $0 == Ascii.quote || $0 == UInt8(ascii: "'") || $0 == Ascii.space
                }
                let name = rest.prefix {
                    $0 > Ascii.space && $0 != Ascii.quote && $0 != UInt8(ascii: "'")
                        && $0 != Ascii.semicolon && $0 != UInt8(ascii: "/")
                }
                if !name.isEmpty { return [UInt8](name.prefix(40)).asText }
            }
            position = end
        }
        return nil
    }
}
