/// A mail address that can be written into an SMTP envelope and nothing else.
///
/// Stricter than RFC 5321 §4.1.2: no spaces even in quotes, no angle brackets, no comments; the domain in ASCII
/// (whoever has another writes it in IDNA's form first). The part before the @ may have letters of any script (RFC 6531). libcurl puts the text on the wire
/// as it is, line breaks included, so this check is what keeps commands out.
public struct SMTPAddress: Sendable, Equatable, Hashable {
    public enum Letters: Sendable, Hashable {
        case ascii
        /// Only a server that offers SMTPUTF8 may be given it.
        case international
    }

    public let text: String
    public let letters: Letters

    public enum Fault: Error, Sendable, Equatable {
        case empty
        /// More than 254 bytes, or 64 before the last `@` (RFC 5321 §4.5.3.1).
        case tooLong
        case noDomain
        /// A byte that has no place there (its offset).
        case forbiddenByte(at: Int)
    }

    public init(_ text: String) throws(Fault) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= 254 else { throw .tooLong }
        guard let at = bytes.lastIndex(of: UInt8(ascii: "@")), at > 0, at < bytes.count - 1 else {
            throw Self.firstForbidden(bytes).map(Fault.forbiddenByte(at:)) ?? .noDomain
        }
        guard at <= 64 else { throw .tooLong }
        if let bad = Self.firstForbidden(bytes) { throw .forbiddenByte(at: bad) }
        if let bad = Self.firstFaulty(local: bytes[..<at]) { throw .forbiddenByte(at: bad) }
        if let bad = Self.firstFaulty(domain: bytes[(at + 1)...]) { throw .forbiddenByte(at: bad) }
        if let bad = Self.firstInvisible(text) { throw .forbiddenByte(at: bad) }
        self.text = text
        letters = bytes.allSatisfy { $0 < 0x80 } ? .ascii : .international
    }

    private static func firstForbidden(_ bytes: [UInt8]) -> Int? {
        bytes.firstIndex { byte in
            byte <= 0x20 || byte == 0x7F || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
        }
    }

    /// Outside of ASCII: letters, marks, digits and signs. No blanks, line ends or controls of any script (RFC 6532 §3.2 asks
    /// for care), no direction marks; the joiners stand within Persian words.
    private static func firstInvisible(_ text: String) -> Int? {
        var offset = 0
        for scalar in text.unicodeScalars {
            if scalar.value >= 0x80, scalar.value != 0x200C, scalar.value != 0x200D {
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator,
                    .surrogate, .privateUse, .unassigned:
                    return offset
                default: break
                }
            }
            offset += UTF8.width(scalar)
        }
        return nil
    }

    /// A dot-string (dots anywhere: such addresses are in use) or a quoted string.
    private static func firstFaulty(local: ArraySlice<UInt8>) -> Int? {
        let quote = UInt8(ascii: "\"")
        let backslash = UInt8(ascii: "\\")
        guard local.first == quote else {
            return local.firstIndex {
                $0 < 0x80 && !$0.isASCIILetterOrDigit && !"!#$%&'*+-/=?^_`{|}~.".utf8.contains($0)
            }
        }
        var index = local.startIndex + 1
        while index < local.endIndex, local[index] != quote {
            index += local[index] == backslash ? 2 : 1
        }
        // The closing quote must be the last byte.
        return index == local.endIndex - 1 ? nil : min(index, local.endIndex - 1)
    }

    /// Letters, digits, hyphens and dots; or an address literal in square brackets.
    private static func firstFaulty(domain: ArraySlice<UInt8>) -> Int? {
        if domain.first == UInt8(ascii: "["), domain.last == UInt8(ascii: "]") {
            return domain.dropFirst().dropLast().firstIndex {
                !$0.isASCIILetterOrDigit && !".:-".utf8.contains($0)
            }
        }
        return domain.firstIndex { !$0.isASCIILetterOrDigit && !"-._".utf8.contains($0) }
    }
}

extension SMTPAddress.Fault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .empty: "the address is empty"
        case .tooLong: "the address is longer than SMTP allows (64 before the @, 254 in all)"
        case .noDomain: "the address has no domain"
        case .forbiddenByte(let offset):
            "byte \(offset) of the address is not allowed (no spaces, <>, controls; the domain in ASCII)"
        }
    }
}
