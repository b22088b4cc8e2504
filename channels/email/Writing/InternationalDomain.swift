import CIDN

/// Domain names in letters of any script, as the network knows them (`مثال.ir` → `xn--mgbh0fb.ir`): IDNA 2008 with the
/// mapping of UTS 46, by libidn2.
enum InternationalDomain {
    /// Nil when it is no domain name: a label that IDNA forbids, or too long. A name of plain ASCII comes back in lower
    /// case. Pure; takes microseconds.
    static func ascii(_ domain: String) -> String? {
        let bytes = Array(domain.utf8)
        guard !bytes.isEmpty, bytes.count <= 1_000, !bytes.contains(where: { $0 <= Ascii.space })
        else { return nil }
        // libidn2 leaves some ASCII signs out instead of refusing them.
        guard bytes.allSatisfy({ $0 >= 0x80 || isHostByte(Ascii.lower($0)) || $0 == Ascii.dot })
        else { return nil }
        if bytes.allSatisfy({ $0 < 0x80 }) { return checked(bytes.lowercasedASCII()) }
        var found: UnsafeMutablePointer<UInt8>?
        // Non-transitional, as browsers: ß and the joiners are letters (UTS 46 section 4).
        let flags =
            IDN2_NFC_INPUT.rawValue | IDN2_NONTRANSITIONAL.rawValue
            | IDN2_USE_STD3_ASCII_RULES.rawValue
        let code = (bytes + [0]).withUnsafeBufferPointer {
            idn2_lookup_u8($0.baseAddress, &found, Int32(bitPattern: UInt32(flags)))
        }
        guard code == Int32(IDN2_OK.rawValue), let found else { return nil }
        defer { idn2_free(found) }
        var result: [UInt8] = []
        while result.count < 1_000, found[result.count] != 0 { result.append(found[result.count]) }
        return checked(result.lowercasedASCII())
    }

    /// In its own letters again (`xn--mgbh0fb.ir` → `مثال.ir`): so that an address is the same identity however it was written.
    /// Nil where that would not lead back to the same name.
    static func letters(_ domain: String) -> String? {
        let bytes = Array(domain.utf8)
        guard bytes.count <= 253, let ascii = ascii(domain) else { return nil }
        var found: UnsafeMutablePointer<CChar>?
        let code = (Array(ascii.utf8).map(CChar.init(bitPattern:)) + [0]).withUnsafeBufferPointer {
            idn2_to_unicode_8z8z($0.baseAddress, &found, 0)
        }
        guard code == Int32(IDN2_OK.rawValue), let found else { return nil }
        defer { idn2_free(found) }
        let letters = String(cString: found)
        return self.ascii(letters) == ascii ? letters : nil
    }

    /// RFC 1035 section 2.3.4: at most 63 letters, digits and hyphens in a label, 253 in all. Underscores are in use.
    private static func checked(_ domain: [UInt8]) -> String? {
        let labels = domain.split(separator: Ascii.dot, omittingEmptySubsequences: false)
        let isGood =
            domain.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.count)
                    && label.allSatisfy(isHostByte)
            }
        return isGood ? domain.asText : nil
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        Ascii.isDigit(byte) || (0x61...0x7A).contains(byte) || byte == Ascii.dash
            || byte == UInt8(ascii: "_")
    }
}
