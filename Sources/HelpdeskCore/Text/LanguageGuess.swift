/// Guesses in which language a text is written, by script and by the letters that only one language has. Good enough
/// to choose between our own texts and to route by language; not a classifier.
public enum LanguageGuess {
    /// How many scalars are looked at: the beginning of a message says enough.
    public static let scannedScalars = 4_000

    /// `fa`, `ar` or `en` (any text in Latin letters), or `nil` when there are too few letters or another script has
    /// the most of them.
    public static func language(of text: String) -> LanguageCode? {
        var counts = Counts()
        for scalar in text.unicodeScalars.prefix(scannedScalars) { counts.count(scalar) }
        let arabicScript = counts.arabicScript
        if arabicScript == 0, counts.latin == 0 { return nil }
        if counts.other > arabicScript, counts.other > counts.latin { return nil }
        // Names of products and addresses are Latin in any Persian message: Persian wins from a third on.
        guard arabicScript * 2 >= counts.latin, arabicScript > 0 else { return .english }
        return isPersian(counts, text) ? .persian : .arabic
    }

    /// Whether a text has any letter of the Arabic script.
    public static func hasArabicScript(_ text: String) -> Bool {
        text.unicodeScalars.prefix(scannedScalars).contains(where: isArabicLetter)
    }

    private struct Counts {
        var latin = 0
        var arabicScript = 0
        var other = 0
        /// پ چ ژ گ, and the Persian forms of yeh and kaf.
        var persianOnly = 0
        var persianForms = 0
        /// ة ي ك أ إ ى: rare in Persian typed with a Persian keyboard.
        var arabicOnly = 0

        mutating func count(_ scalar: Unicode.Scalar) {
            let value = scalar.value
            if value < 0x80 {
                // Most of most mails; the table of properties is slow.
                if (0x61...0x7A).contains(value | 0x20) { latin += 1 }
            } else if LanguageGuess.isArabicLetter(scalar) {
                arabicScript += 1
                switch value {
                case 0x67E, 0x686, 0x698, 0x6AF: persianOnly += 1
                case 0x6CC, 0x6A9: persianForms += 1
                case 0x629, 0x64A, 0x643, 0x623, 0x625, 0x649: arabicOnly += 1
                default: break
                }
            } else if scalar.properties.isAlphabetic {
                if value < 0x250 || (0x1E00...0x1EFF).contains(value) {
                    latin += 1
                } else {
                    other += 1
                }
            }
        }
    }

    private static func isPersian(_ counts: Counts, _ text: String) -> Bool {
        if counts.persianOnly > 0 { return true }
        if counts.persianForms != counts.arabicOnly {
            return counts.persianForms > counts.arabicOnly
        }
        return !TextFold.words(in: text, limit: 200).contains { arabicWords.contains($0) }
    }

    /// Folded words that are common in Arabic and not words of Persian.
    private static let arabicWords: Set<String> = [
        "هذا", "هذه", "هل", "الی", "لم", "لکم", "شکرا", "انا", "انت", "نعم", "الذی", "التی",
    ]

    private static func isArabicLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x620...0x64A, 0x66E...0x6D3, 0x6D5, 0x6FA...0x6FC, 0x750...0x77F, 0xFB50...0xFDFC,
            0xFE70...0xFEFC:
            scalar.value != 0x640 && scalar.value != 0x670
        default: false
        }
    }
}
