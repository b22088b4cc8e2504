import HelpdeskCore
import Testing

@Suite(.enabled(if: Corpus.isPresent("text-persian"), "the text-persian corpus is not there"))
struct PersianTextCorpusTests {
    @Test("A stored text is found by every equivalent query")
    func searchEquivalence() throws {
        let cases = try Corpus.cases(of: "text-persian", kinds: ["search-equivalence"])
        #expect(!cases.isEmpty)
        for one in cases {
            let stored = try #require(one.input["stored"] as? String)
            let query = try #require(one.input["query"] as? String)
            let index = TextFold.words(in: stored, limit: 50)
            let found = SearchTerms(query).terms.allSatisfy { $0.words.allSatisfy(index.contains) }
            #expect(found == (one.expect["match"] as? Bool), "\(one.id)")
        }
    }

    /// The peers' own editing functions (spacing, quotes) are no business of ours; what they take for equal is.
    @Test("What peers normalise to the same text folds to the same text")
    func normalisation() throws {
        let folding: Set<String> = [
            "hazm.remove_diacritics", "hazm.persian_number", "persiantools.characters.ar_to_fa",
            "persiantools.characters.fa_to_ar", "persiantools.digits.en_to_fa",
            "persiantools.digits.ar_to_fa", "persiantools.digits.fa_to_en",
            "persiantools.digits.fa_to_ar", "persian-tools.toPersianChars",
            "persian-tools.digitsArToFa", "persian-tools.digitsArToEn",
            "persian-tools.digitsFaToEn",
            "persian-tools.digitsFaToAr", "persian-tools.digitsEnToAr",
            "persian-tools.digitsEnToFa",
            "hazm.unicodes_replacement",
        ]
        var compared = 0
        for one in try Corpus.cases(of: "text-persian", kinds: ["text-normalize"])
        where !one.isOptional && folding.contains(one.input["op"] as? String ?? "") {
            guard let text = one.input["text"] as? String,
                let result = one.expect["text"] as? String
            else { continue }
            compared += 1
            #expect(TextFold.folded(text) == TextFold.folded(result), "\(one.id)")
        }
        #expect(compared >= 30)
    }

    @Test("Digits are rendered as the peers render them")
    func digits() throws {
        for one in try Corpus.cases(of: "text-persian", kinds: ["text-normalize"]) {
            guard let text = one.input["text"] as? String,
                let result = one.expect["text"] as? String
            else { continue }
            switch one.input["op"] as? String {
            case "persiantools.digits.en_to_fa", "persiantools.digits.ar_to_fa",
                "hazm.persian_number":
                #expect(PersianDigits.persian(text) == result, "\(one.id)")
            case "persiantools.digits.fa_to_en", "persian-tools.digitsFaToEn":
                #expect(PersianDigits.ascii(text) == result, "\(one.id)")
            default: continue
            }
        }
    }

    @Test("Persian and Arabic are told apart as the peers tell them")
    func languages() throws {
        for one in try Corpus.cases(of: "text-persian", kinds: ["text-normalize"]) {
            guard let text = one.input["text"] as? String,
                let result = one.expect["result"] as? Bool
            else { continue }
            switch one.input["op"] as? String {
            case "persian-tools.isPersian":
                #expect((LanguageGuess.language(of: text) == .persian) == result, "\(one.id)")
            case "persian-tools.isArabic":
                #expect((LanguageGuess.language(of: text) == .arabic) == result, "\(one.id)")
            case "persian-tools.hasPersian":
                #expect(LanguageGuess.hasArabicScript(text) == result, "\(one.id)")
            default: continue
            }
        }
    }
}

@Suite(.enabled(if: Corpus.isPresent("text-bidi"), "the text-bidi corpus is not there"))
struct TextDirectionCorpusTests {
    @Test("The direction of a paragraph is that of Unicode's own test file")
    func direction() throws {
        let cases = try Corpus.cases(of: "text-bidi", kinds: ["text-direction"])
        #expect(!cases.isEmpty)
        for one in cases {
            let text = try #require(one.input["text"] as? String)
            let direction = TextDirection.firstStrong(in: text) ?? .leftToRight
            #expect(direction.rawValue == (one.expect["direction"] as? String), "\(one.id)")
        }
    }
}
