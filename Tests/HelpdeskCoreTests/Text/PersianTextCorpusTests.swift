import HelpdeskCore
import Testing

@Suite(.enabled(if: Corpus.isPresent("text-persian"), "the text-persian corpus is not there"))
struct PersianTextCorpusTests {
    @Test("A stored text is found by every equivalent query")
    func searchEquivalence() throws {
        var agreement = Agreement("text-persian search")
        for one in try Corpus.cases(of: "text-persian", kinds: ["search-equivalence"]) {
            let stored = try #require(one.input["stored"] as? String)
            let query = try #require(one.input["query"] as? String)
            let index = TextFold.words(in: stored, limit: 50)
            let found = SearchTerms(query).terms.allSatisfy { $0.words.allSatisfy(index.contains) }
            agreement.compare(one, ours: found, theirs: one.expect["match"] as? Bool ?? true)
        }
        agreement.report(atLeast: 100, of: 1)
    }

    /// The peers' own editing functions (spacing, quotes, separators) are no business of ours; what they take for equal
    /// is.
    @Test("What peers normalise to the same text folds to the same text")
    func normalisation() throws {
        let editing = [
            "hazm.correct_spacing", "hazm.decrease_repeated_chars", "hazm.persian_style",
            "hazm.remove_specials_chars", "hazm.seperate_mi", "hazm.token_spacing",
            "persian-tools.addCommas", "persian-tools.halfSpace", "persian-tools.slugify",
        ]
        let digits = ["hazm.persian_number", ".digits"]
        let rendering = [
            "persiantools.digits.en_to_fa", "persiantools.digits.ar_to_fa", "hazm.persian_number",
            "persiantools.digits.fa_to_en", "persian-tools.digitsFaToEn",
        ]
        let english = ["persiantools.digits.fa_to_en", "persian-tools.digitsFaToEn"]
        var folding = Agreement("text-persian folding")
        var rendered = Agreement("text-persian digits")
        for one in try Corpus.cases(of: "text-persian", kinds: ["text-normalize"]) {
            let op = one.input["op"] as? String ?? ""
            if editing.contains(op) {
                folding.leaveOut(op)
                continue
            }
            // A number is what its digits are.
            guard let text = one.input["text"].map({ "\($0)" }),
                let result = one.expect["text"] as? String
            else { continue }
            folding.compare(
                one, ours: Array(TextFold.folded(text).unicodeScalars),
                theirs: Array(TextFold.folded(result).unicodeScalars))
            if rendering.contains(op) {
                let own =
                    english.contains(op) ? PersianDigits.ascii(text) : PersianDigits.persian(text)
                rendered.compare(one, ours: own, theirs: result)
            } else if digits.contains(where: op.contains) {
                rendered.leaveOut(op)
            }
        }
        folding.report(atLeast: 100, of: 30)
        rendered.report(atLeast: 100, of: 8)
    }

    @Test("Persian and Arabic are told apart as the peers tell them")
    func languages() throws {
        var agreement = Agreement("text-persian languages")
        for one in try Corpus.cases(of: "text-persian", kinds: ["text-normalize"]) {
            guard let text = one.input["text"] as? String,
                let result = one.expect["result"] as? Bool
            else { continue }
            let own: Bool
            switch one.input["op"] as? String {
            case "persian-tools.isPersian": own = LanguageGuess.language(of: text) == .persian
            case "persian-tools.isArabic": own = LanguageGuess.language(of: text) == .arabic
            case "persian-tools.hasPersian": own = LanguageGuess.hasArabicScript(text)
            default: continue
            }
            agreement.compare(one, ours: own, theirs: result)
        }
        agreement.report(atLeast: 100, of: 15)
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
