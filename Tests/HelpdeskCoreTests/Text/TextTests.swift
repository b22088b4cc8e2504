import HelpdeskCore
import Testing

@Suite struct PersianDigitsTests {
    @Test(
        "A number is read in any digits, and nothing else is",
        arguments: [
            ("123", 123), ("۱۲۳", 123), ("١٢٣", 123), ("１２３", 123), (" -۵ ", -5), ("+7", 7),
            ("\u{200F}۴۲\u{200E}", 42), ("0", 0), ("9223372036854775807", Int.max),
            ("", nil), ("-", nil), ("- 5", nil), ("1 2", nil), ("12a", nil), ("1.5", nil),
            ("5-", nil),
            ("9223372036854775808", nil), ("٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩٩", nil),
        ] as [(String, Int?)])
    func integers(text: String, number: Int?) {
        #expect(PersianDigits.integer(text) == number)
    }

    @Test("Numbers are written in Persian digits")
    func rendering() {
        #expect(PersianDigits.text(-1405) == "-۱۴۰۵")
        #expect(PersianDigits.persian("٤5 abc") == "۴۵ abc")
        #expect(PersianDigits.ascii("۴٥ سلام") == "45 سلام")
    }

    @Test(
        "In a sentence only numbers that are words of their own change",
        arguments: [
            ("gave a score of 1", "gave a score of ۱"), ("linked with #1042", "linked with #۱۰۴۲"),
            ("3 of 10 (4.5), due 12:30.", "۳ of ۱۰ (۴.۵), due ۱۲:۳۰."),
            ("load 2/10 is 20%; +15 more", "load ۲/۱۰ is ۲۰%; +۱۵ more"),
            ("given to sara2 by team-7", "given to sara2 by team-7"),
            ("INV-1042 10.0.0.1 2026-11-30 a1", "INV-1042 10.0.0.1 2026-11-30 a1"),
            ("1. # () %  two  blanks 5", "۱. # () %  two  blanks ۵"), ("", ""),
            ("+989121234567 rang 1234567 times", "+989121234567 rang ۱۲۳۴۵۶۷ times"),
            ("1..2 .5 -3", "1..2 .5 -3"),
        ])
    func sentences(text: String, expected: String) {
        #expect(PersianDigits.sentence(text) == expected)
    }
}

@Suite struct SearchTermsTests {
    @Test("A query becomes folded terms")
    func terms() {
        #expect(
            SearchTerms("كتاب‌ها  «بازگشت وجه» sara@example.ir pay*").terms == [
                .init(words: ["کتابها"]), .init(words: ["بازگشت", "وجه"]),
                .init(words: ["sara", "example", "ir"]),
                .init(words: ["pay"], lastWord: .beginning),
            ])
        #expect(
            SearchTerms("\"open quote only").terms == [.init(words: ["open", "quote", "only"])])
        #expect(SearchTerms(" * - ?! ").terms == [])
        #expect(SearchTerms("").terms == [])
    }

    @Test(
        "A ticket number is recognised in any digits",
        arguments: [
            ("#1234", 1234), ("۱۲۳۴", 1234), (" # 7 ", 7), ("12 13", nil), ("#0", nil),
            ("#-4", nil), ("ab", nil),
        ] as [(String, Int64?)])
    func ticketNumber(query: String, number: Int64?) {
        #expect(SearchTerms(query).ticket == number.map(TicketNumber.init(rawValue:)))
    }

    @Test("A query of any size is cut to its bounds")
    func bounds() {
        let long = SearchTerms(String(repeating: "abc ", count: 10_000))
        #expect(long.terms.count == SearchTerms.termLimit)
        let word = SearchTerms(String(repeating: "x", count: 5_000))
        #expect(
            word.terms == [.init(words: [String(repeating: "x", count: SearchTerms.wordLength)])])
    }
}

@Suite struct TextDirectionTests {
    @Test(
        "The first strong character decides",
        arguments: [
            ("سلام hello", .rightToLeft), ("hello سلام", .leftToRight), ("#123 سلام", .rightToLeft),
            ("۱۲۳ abc", .leftToRight), ("\u{2067}سلام\u{2069} abc", .leftToRight),
            ("\u{2067}سلام", nil), ("\u{200F}abc", .rightToLeft), ("123 - !", nil), ("", nil),
            ("123\nسلام", nil), ("ﺳﻼم", .rightToLeft), ("😀 مرسی", .rightToLeft),
        ] as [(String, TextDirection?)])
    func firstStrong(text: String, direction: TextDirection?) {
        #expect(TextDirection.firstStrong(in: text) == direction)
    }

    @Test("A text takes the direction of its first paragraph that has one")
    func ofText() {
        #expect(TextDirection.ofText("123\n\nسلام\nhello") == .rightToLeft)
        #expect(TextDirection.ofText("\n") == .leftToRight)
    }
}

@Suite struct LanguageGuessTests {
    @Test(
        "A message is taken for the language it is written in",
        arguments: [
            ("سلام، سفارش من نرسیده است", .persian), ("گوشی iPhone 15 Pro Max خریدم", .persian),
            ("علي جان سلام، چطوري؟", .persian), ("سلام", .persian), ("شكرا جزيلا", .arabic),
            ("Where is my order?", .english), ("Order 12 سلام for you my dear friend", .english),
            ("Где мой заказ?", nil), ("12345 !", nil), ("", nil),
        ] as [(String, LanguageCode?)])
    func guesses(text: String, language: LanguageCode?) {
        #expect(LanguageGuess.language(of: text) == language)
    }

    @Test(
        "A language code is its primary subtag",
        arguments: [
            ("fa-IR", "fa"), ("EN_us", "en"), ("ckb", "ckb"), ("f", nil), ("", nil), ("f1", nil),
            ("فا", nil),
        ] as [(String, String?)])
    func codes(tag: String, code: String?) {
        #expect(LanguageCode(tag)?.rawValue == code)
    }
}
