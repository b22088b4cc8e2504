/// How well bytes read as UTF-8: one pass (RFC 3629 section 4; the second byte's narrower ranges included).
struct UTF8Profile {
    /// Well-formed characters of more than one byte.
    private(set) var characters = 0
    /// Bytes that belong to no well-formed character.
    private(set) var damaged = 0
    /// The last byte begins a character that ends there, and nothing else is damaged.
    private(set) var isCut = false

    init(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBufferPointer { scan($0) }
    }

    private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
        var index = 0
        let count = bytes.count
        while index < count {
            // Eight bytes of ASCII at a time.
            while count &- index >= 8, let base = bytes.baseAddress,
                UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
                    & 0x8080_8080_8080_8080 == 0
            {
                index &+= 8
            }
            guard index < count else { return }
            let lead = bytes[index]
            if lead < 0x80 {
                index &+= 1
                continue
            }
            let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
            guard lead >= 0xC2, lead <= 0xF4, count &- index >= length,
                Self.secondIsValid(bytes[index &+ 1], after: lead),
                length < 3 || bytes[index &+ 2] & 0xC0 == 0x80,
                length < 4 || bytes[index &+ 3] & 0xC0 == 0x80
            else {
                isCut = damaged == 0 && index == count &- 1 && lead >= 0xC2 && lead <= 0xF4
                damaged &+= 1
                index &+= 1
                continue
            }
            characters &+= 1
            index &+= length
        }
    }

    @inline(__always)
    private static func secondIsValid(_ byte: UInt8, after lead: UInt8) -> Bool {
        switch lead {
        case 0xE0: byte >= 0xA0 && byte <= 0xBF
        case 0xED: byte >= 0x80 && byte <= 0x9F
        case 0xF0: byte >= 0x90 && byte <= 0xBF
        case 0xF4: byte >= 0x80 && byte <= 0x8F
        default: byte & 0xC0 == 0x80
        }
    }
}
