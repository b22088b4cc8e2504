import CGMime

/// Names of charsets as senders write them, and conversion by iconv.
enum Charset {
    struct Converted {
        let bytes: [UInt8]
        /// Bytes that the charset does not have; each became U+FFFD.
        let damaged: Int
    }

    enum Label: Equatable {
        case utf8
        /// ASCII, or a name that says nothing (`unknown-8bit`, `default`, empty).
        case unstated
        case named(String)
    }

    /// The label of a mail as the name iconv wants. Senders mean the superset of a vendor when they write the
    /// standard's name (WHATWG Encoding, section 4.2).
    static func label(_ declared: String?) -> Label {
        guard let declared else { return .unstated }
        let name = String(
            decoding: Array(declared.utf8).lowercasedASCII().filter {
                $0 > Ascii.space && $0 != Ascii.quote && $0 != UInt8(ascii: "'")
            }.prefix(40), as: UTF8.self)
        if let alias = aliases[name] { return alias }
        for (prefix, replacement) in prefixes where name.hasPrefix(prefix) {
            return .named(replacement + name.dropFirst(prefix.count))
        }
        return .named(name)
    }

    private static let prefixes: [(String, String)] = [
        ("windows-", "CP"), ("cp-", "CP"), ("ibm-", "CP"), ("x-windows-", "CP"), ("x-cp", "CP"),
    ]

    private static let aliases: [String: Label] = [
        "": .unstated, "us-ascii": .unstated, "ascii": .unstated, "ansi_x3.4-1968": .unstated,
        "unknown-8bit": .unstated, "x-unknown": .unstated, "unknown": .unstated,
        "default": .unstated, "default_charset": .unstated, "8bit": .unstated, "7bit": .unstated,
        "binary": .unstated, "none": .unstated, "iso-8859": .unstated,
        "utf-8": .utf8, "utf8": .utf8, "unicode-1-1-utf-8": .utf8, "x-utf-8": .utf8,
        "utf8mb4": .utf8, "utf-8mb4": .utf8,
        "iso-8859-1": .named("CP1252"), "iso8859-1": .named("CP1252"),
        "latin1": .named("CP1252"), "iso_8859-1": .named("CP1252"), "latin-1": .named("CP1252"),
        "iso-8859-9": .named("CP1254"), "iso-8859-11": .named("CP874"),
        "iso-8859-8-i": .named("ISO-8859-8"), "iso-8859-8-e": .named("ISO-8859-8"),
        "iso-8859-6-i": .named("ISO-8859-6"), "iso-8859-6-e": .named("ISO-8859-6"),
        "tis-620": .named("CP874"), "windows-874": .named("CP874"),
        "gb2312": .named("GB18030"), "gbk": .named("GB18030"), "x-gbk": .named("GB18030"),
        "gb_2312-80": .named("GB18030"), "euc-cn": .named("GB18030"),
        "ks_c_5601-1987": .named("UHC"), "ks_c_5601": .named("UHC"), "euc-kr": .named("UHC"),
        "ksc5601": .named("UHC"), "x-windows-949": .named("UHC"), "windows-949": .named("UHC"),
        "shift_jis": .named("CP932"), "shift-jis": .named("CP932"), "x-sjis": .named("CP932"),
        "sjis": .named("CP932"), "windows-31j": .named("CP932"), "ms_kanji": .named("CP932"),
        "x-euc-jp": .named("EUC-JP"), "big5": .named("BIG5-HKSCS"),
        "x-big5": .named("BIG5-HKSCS"), "big5-eten": .named("BIG5-HKSCS"),
        "unicode-1-1-utf-7": .named("UTF-7"), "x-mac-roman": .named("MACINTOSH"),
        "macroman": .named("MACINTOSH"), "mac": .named("MACINTOSH"),
        "x-mac-cyrillic": .named("MAC-CYRILLIC"), "x-mac-ce": .named("MAC-CENTRALEUROPE"),
        "koi8": .named("KOI8-R"), "x-koi8-r": .named("KOI8-R"), "hz-gb-2312": .named("HZ"),
        "ucs-2": .named("UTF-16"), "unicode": .named("UTF-16"), "cp-850": .named("CP850"),
        "win-1251": .named("CP1251"), "win1251": .named("CP1251"), "ansi": .named("CP1252"),
    ]

    /// Nil when iconv does not know the charset.
    static func utf8(_ bytes: [UInt8], from name: String) -> Converted? {
        cgm_start()
        var count = 0
        var damaged = 0
        let converted = bytes.withUnsafeBufferPointer { buffer in
            name.withCString { cgm_to_utf8($0, buffer.baseAddress, buffer.count, &count, &damaged) }
        }
        guard let converted else { return nil }
        defer { cgm_free(converted) }
        return Converted(
            bytes: [UInt8](UnsafeBufferPointer(start: converted, count: count)), damaged: damaged)
    }

    /// What libuchardet takes the bytes for; nil when it does not say. Looks at the first 64 KiB.
    static func guess(_ bytes: some Collection<UInt8>) -> String? {
        var name = [CChar](repeating: 0, count: 64)
        let sample = [UInt8](bytes.prefix(64 << 10))
        let found = sample.withUnsafeBufferPointer { buffer in
            name.withUnsafeMutableBufferPointer {
                cgm_guess_charset(buffer.baseAddress, buffer.count, $0.baseAddress, $0.count)
            }
        }
        guard found == 1 else { return nil }
        return String(
            decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
