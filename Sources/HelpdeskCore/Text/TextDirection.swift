/// The direction a paragraph is laid out in.
public enum TextDirection: String, Sendable, Codable, Hashable {
    case leftToRight = "ltr"
    case rightToLeft = "rtl"

    /// The direction of the first paragraph by its first strong character, isolates skipped (Unicode Bidirectional
    /// Algorithm, rules P2 and P3). `nil` when it has none: then the reader's own direction is the better guess.
    public static func firstStrong(in text: String) -> TextDirection? {
        // Isolates deeper than this count as if they were never closed; UAX #9 BD2 allows 125 levels.
        let deepestIsolate = 125
        var isolates = 0
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x2066, 0x2067, 0x2068: isolates = min(isolates + 1, deepestIsolate)
            case 0x2069: isolates = max(isolates - 1, 0)
            case 0x0A, 0x0D, 0x1C, 0x1D, 0x1E, 0x85, 0x2029: return nil
            default:
                if isolates == 0, let strong = strongDirection(of: scalar) { return strong }
            }
        }
        return nil
    }

    /// The direction of a text of many paragraphs: that of the first paragraph that has one.
    public static func ofText(_ text: String) -> TextDirection {
        for paragraph in text.unicodeScalars.split(whereSeparator: { $0.value == 0x0A }) {
            if let direction = firstStrong(in: String(paragraph)) { return direction }
        }
        return .leftToRight
    }

    /// The bidirectional classes L, R and AL, from the general category and the blocks of the right-to-left
    /// scripts: exact for everything but some symbols and signs of L.
    static func strongDirection(of scalar: Unicode.Scalar) -> TextDirection? {
        let value = scalar.value
        if value < 0x80 {
            let lower = value | 0x20
            return lower >= 0x61 && lower <= 0x7A ? .leftToRight : nil
        }
        switch value {
        case 0x200E: return .leftToRight
        case 0x200F, 0x061C: return .rightToLeft
        // Arabic and Persian digits are numbers, not strong; so are the Hanifi Rohingya ones and Rumi signs.
        case 0x660...0x669, 0x6F0...0x6F9, 0x10D30...0x10D39, 0x10E60...0x10E7E: return nil
        default: break
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .modifierLetter:
            return isRightToLeftBlock(value) ? .rightToLeft : .leftToRight
        case .spacingMark, .letterNumber, .privateUse:
            return .leftToRight
        case .decimalNumber, .otherNumber:
            // Digits of the Indic scripts are strong, those of Europe are not.
            if isRightToLeftBlock(value) { return .rightToLeft }
            return (0x900...0x1FFF).contains(value) ? .leftToRight : nil
        default:
            return nil
        }
    }

    private static func isRightToLeftBlock(_ value: UInt32) -> Bool {
        switch value {
        case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF,
            0x1E800...0x1EFFF:
            true
        default: false
        }
    }
}
