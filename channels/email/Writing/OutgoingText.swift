/// The text of an answer, made fit for a mail.
enum OutgoingText {
    /// LF line ends, no U+0000 and no other control character but tab; ends with a line end.
    static func normalised(_ text: String) -> String {
        let bytes = TextDecoding.normalised(Array(text.utf8)).filter {
            $0 >= Ascii.space && $0 != 0x7F || $0 == Ascii.lineFeed || $0 == Ascii.tab
        }
        return (bytes.last == Ascii.lineFeed ? bytes : bytes + [Ascii.lineFeed]).asText
    }

    /// Letters and digits of the Message-ID: the same mail has the same boundaries.
    static func boundarySeed(_ messageID: String) -> String {
        let bytes = messageID.utf8.filter {
            Ascii.isDigit($0) || (Ascii.lower($0) >= 0x61 && Ascii.lower($0) <= 0x7A)
        }
        return bytes.isEmpty ? "0" : [UInt8](bytes.prefix(40)).asText
    }
}

/// What must hold for every mail before it leaves: lines end with CRLF, none is too long, no bare CR or LF, no U+0000.
enum WireCheck {
    /// RFC 5322 section 2.1.1: 998 bytes without CRLF.
    static func isClean(_ bytes: [UInt8]) -> Bool {
        var length = 0
        var previous: UInt8 = 0
        for byte in bytes {
            if byte == Ascii.lineFeed {
                guard previous == Ascii.carriageReturn, length <= 999 else { return false }
                length = 0
            } else {
                if previous == Ascii.carriageReturn || byte == 0 { return false }
                length &+= 1
            }
            previous = byte
        }
        return previous == Ascii.lineFeed
    }
}

/// `type/subtype` of an attachment; what is malformed or composite goes out as plain bytes.
enum ContentTypeText {
    static func parts(_ text: String) -> (type: String, subtype: String) {
        let bytes = Array(text.utf8).lowercasedASCII().prefix {
            $0 != Ascii.semicolon && $0 != Ascii.space
        }
        let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let isToken = { (part: ArraySlice<UInt8>) in
            !part.isEmpty && part.count <= 100
                && part.allSatisfy {
                    Ascii.isDigit($0) || $0 >= 0x61 && $0 <= 0x7A || $0 == Ascii.dash
                        || $0 == Ascii.dot || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "_")
                }
        }
        guard parts.count == 2, parts.allSatisfy(isToken),
            !["multipart", "message"].contains([UInt8](parts[0]).asText)
        else { return ("application", "octet-stream") }
        return ([UInt8](parts[0]).asText, [UInt8](parts[1]).asText)
    }
}
