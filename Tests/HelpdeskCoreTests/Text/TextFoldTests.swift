import HelpdeskCore
import RandomKit
import Testing

@Suite struct TextFoldTests {
    @Test(
        "Texts that people take for the same fold to the same",
        arguments: [
            ("علي", "علی"), ("موسى", "موسی"), ("كتاب", "کتاب"), ("٠١٢٣", "۰۱۲۳"), ("۰۱۲۳", "0123"),
            ("ســلام", "سلام"), ("نامهٔ", "نامه"), ("نامۀ", "نامه"), ("کتاب\u{200C}ها", "کتابها"),
            ("آب", "اب"), ("إسلام", "اسلام"), ("دِ بِ", "د ب"), ("فاطمة", "فاطمه"),
            ("مسئول", "مسیول"),
            ("ﺳﻼﻡ", "سلام"), ("ﷲ", "الله"), ("ﷺ", "صلی الله علیه وسلم"),
            ("CAFÉ", "cafe"), ("Cafe\u{301}", "cafe"), ("İstanbul", "istanbul"),
            ("STRASSE", "straße"),
            ("Ａｂ１", "ab1"), ("ﬁn", "fin"), ("Ærø", "aero"), ("Ёлка", "елка"), ("Άλφα", "αλφα"),
            ("a\u{A0}b", "a b"), ("don\u{2019}t", "don't"), ("x\u{200F}y\u{FEFF}z\u{FE0F}", "xyz"),
            ("؟،؛٪", "?,;%"), ("שָׁלוֹם", "שלום"), ("\u{E0101}a", "a"),
        ])
    func equivalent(left: String, right: String) {
        #expect(TextFold.folded(left) == TextFold.folded(right))
    }

    @Test(
        "The folded form is the plain one",
        arguments: [
            ("Ticket #12", "ticket #12"), ("كيك ٤٥", "کیک 45"), ("", ""), ("漢字カナ", "漢字カナ"),
            ("हिन्दी", "हिन्दी"),
            ("👍🏽", "👍🏽"), ("a\r\nb\tc", "a\r\nb\tc"),
        ])
    func plain(text: String, folded: String) {
        #expect(Array(TextFold.folded(text).unicodeScalars) == Array(folded.unicodeScalars))
    }

    @Test(
        "Different words stay different",
        arguments: [
            ("پیر", "بیر"), ("گل", "کل"), ("چای", "جای"), ("ژاله", "زاله"), ("rose", "rosa"),
            ("12", "21"),
        ])
    func different(left: String, right: String) {
        #expect(TextFold.folded(left) != TextFold.folded(right))
    }

    @Test("Folding a folded text changes nothing, for every scalar there is")
    func idempotent() {
        var changed: [String] = []
        var longest = 0
        for value in UInt32(0)...0x2_FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let once = TextFold.folded(String(scalar))
            longest = max(longest, once.unicodeScalars.count)
            if Array(TextFold.folded(once).unicodeScalars) != Array(once.unicodeScalars) {
                changed.append(String(value, radix: 16))
            }
        }
        #expect(changed == [])
        #expect(longest <= 22)
    }

    @Test("Folding the whole is folding the parts")
    func homomorphic() {
        var generator = SeededRandom(seed: testSeed("TextFold"))
        for _ in 0..<500 {
            let parts = (0..<2).map { _ in
                String(
                    String.UnicodeScalarView(
                        (0..<Int.random(in: 0...20, using: &generator)).compactMap { _ in
                            Unicode.Scalar(UInt32.random(in: 0...0xFFFF, using: &generator))
                        }))
            }
            #expect(
                Array(TextFold.folded(parts[0] + parts[1]).unicodeScalars)
                    == Array((TextFold.folded(parts[0]) + TextFold.folded(parts[1])).unicodeScalars)
            )
        }
    }

    @Test("Words are cut where the index cuts them, and no more than asked for")
    func words() {
        #expect(
            TextFold.words(in: "Re: «پيش‌فاکتور» #۱۲۳ sara@Example.ir", limit: 10)
                == ["re", "پیشفاکتور", "123", "sara", "example", "ir"])
        #expect(TextFold.words(in: "a b c d", limit: 2) == ["a", "b"])
        #expect(TextFold.words(in: " !? ", limit: 5) == [])
    }
}
