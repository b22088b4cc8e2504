/// Addresses and ids that go onto the wire: checked on bytes, because libcurl passes CR and LF through (reliability §0.2)
/// and Swift's Character hides them.
enum MailAddressCheck {
    /// An address of ours: printable ASCII, an `@` with something on both sides, no blanks, brackets, quotes or commas, and
    /// nothing that begins like an option.
    static func isDeliverable(_ address: String) -> Bool {
        let bytes = Array(address.utf8)
        guard bytes.count <= 254, let at = bytes.lastIndex(of: Ascii.at), at < bytes.count - 1,
            bytes[..<at].allSatisfy({ $0 < 0x80 }), isLocalPart(bytes[..<at])
        else { return false }
        return bytes[(at + 1)...].allSatisfy { byte in
            Ascii.isDigit(byte) || byte == Ascii.dot || byte == Ascii.dash
                || (Ascii.lower(byte) >= 0x61 && Ascii.lower(byte) <= 0x7A)
        }
    }

    /// RFC 5321 section 4.5.3.1.1: at most 64 bytes.
    static let longestLocalPart = 64

    /// What may stand before the @, in ASCII or UTF-8: no quotes, because too few servers take them.
    static func isLocalPart(_ local: ArraySlice<UInt8>) -> Bool {
        let forbidden = Array("<>()[],;:\\\" @".utf8)
        return (1...longestLocalPart).contains(local.count) && local.first != Ascii.dash
            && local.allSatisfy { $0 > 0x20 && $0 != 0x7F && !forbidden.contains($0) }
    }

    static func isMessageID(_ id: String) -> Bool {
        let bytes = Array(id.utf8)
        guard bytes.count <= MessageIdentifiers.longest - 80, bytes.count >= 3 else { return false }
        return bytes.contains(Ascii.at)
            && bytes.allSatisfy {
                $0 > 0x20 && $0 < 0x7F && $0 != Ascii.less && $0 != Ascii.greater
            }
    }

    static func isToken(_ token: String) -> Bool {
        let bytes = Array(token.utf8)
        return !bytes.isEmpty && bytes.count <= 100
            && bytes.allSatisfy { byte in
                Ascii.isDigit(byte) || (Ascii.lower(byte) >= 0x61 && Ascii.lower(byte) <= 0x7A)
                    || byte == Ascii.dash || byte == UInt8(ascii: "_") || byte == Ascii.dot
                    || byte == Ascii.equals
            }
    }
}
