/// Folds text for searching and comparing, the same way when a text is stored and when it is asked for: case,
/// diacritics, harakat, tatweel, ZWNJ and direction marks go; Arabic and Persian forms of one letter (ي/ی/ى, ك/ک,
/// ة/ه, آ/أ/إ/ا), presentation forms, full width forms and all digits become one.
///
/// Folding a folded text changes nothing. The result has one scalar for most scalars and never more than 22 (one
/// Arabic ligature is a whole sentence). Linear in the length of the text. Not for display.
public enum TextFold {
    public static func folded(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars { append(scalar, to: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        let value = scalar.value
        if value < 0x80 {
            let byte = UInt8(truncatingIfNeeded: value)
            bytes.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
        } else if value > 0xFFFF {
            appendBeyondBasicPlane(scalar, to: &bytes)
        } else {
            let target = FoldPages.shared.target(of: value)
            if target == FoldPages.unchanged {
                appendUTF8(value, to: &bytes)
            } else if target == FoldPages.removed {
                return
            } else if target >= FoldPages.firstExpansion {
                bytes.append(
                    contentsOf: FoldPages.shared.expansion(Int(target - FoldPages.firstExpansion)))
            } else {
                appendUTF8(UInt32(target), to: &bytes)
            }
        }
    }

    /// One scalar of the basic plane; it is none of the surrogates, for they are no scalars.
    private static func appendUTF8(_ value: UInt32, to bytes: inout [UInt8]) {
        if value < 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value))
        } else if value < 0x800 {
            bytes.append(UInt8(truncatingIfNeeded: 0xC0 | value >> 6))
            bytes.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
        } else {
            bytes.append(UInt8(truncatingIfNeeded: 0xE0 | value >> 12))
            bytes.append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F))
            bytes.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
        }
    }

    /// Variation selectors and tag characters are as invisible here as in the basic plane.
    private static func appendBeyondBasicPlane(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        if (0xE0000...0xE01EF).contains(scalar.value) { return }
        bytes.append(contentsOf: UTF8.encode(scalar) ?? .init())
    }
}
