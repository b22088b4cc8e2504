/// The Persian keyboard (ISIRI 9147) as places of Latin keys.
///
/// Whoever answers customers in Persian has that layout on all day; without this map every command
/// key would be dead. Characters that the layout shares with ASCII (punctuation) are what they say.
public enum PersianLayout {
    /// The character on the same key of a US keyboard, shift included; nothing for a character that
    /// is not on the Persian keyboard. Arabic kaf, yeh and the Arabic-Indic digits count too.
    public static func latin(for character: Character) -> Character? {
        map[character]
    }

    /// Rows of the keyboard, Latin above Persian. ISIRI 9147:2007, as in xkeyboard-config's `ir`.
    private static let rows: [(latin: String, persian: String)] = [
        ("1234567890", "۱۲۳۴۵۶۷۸۹۰"),
        ("qwertyuiop[]", "ضصثقفغعهخحجچ"),
        ("asdfghjkl;'", "شسیبلاتنمکگ"),
        ("zxcvbnm,", "ظطزرذدپو"),
        ("@#$%^&", "٬٫﷼٪×،"),
        ("ASDFGHJKL\"", "ؤئيإأآة»«؛"),
        ("ZCM?", "كژء؟"),
        ("1234567890", "١٢٣٤٥٦٧٨٩٠"),
        ("_~", "ـ÷"),
    ]

    /// Shifted keys that write a combining mark or nothing visible; alone they arrive as such.
    private static let marks: [(latin: Character, scalar: UInt32)] = [
        ("Q", 0x652), ("W", 0x64C), ("E", 0x64D), ("R", 0x64B), ("T", 0x64F), ("Y", 0x650),
        ("U", 0x64E), ("I", 0x651), ("X", 0x653), ("V", 0x670), ("B", 0x200C), ("N", 0x654),
        ("`", 0x200D),
    ]

    private static let map: [Character: Character] = {
        var map: [Character: Character] = [:]
        for (latin, persian) in rows {
            for (key, character) in zip(latin, persian) { map[character] = key }
        }
        for (key, scalar) in marks {
            if let scalar = Unicode.Scalar(scalar) { map[Character(scalar)] = key }
        }
        return map
    }()
}
