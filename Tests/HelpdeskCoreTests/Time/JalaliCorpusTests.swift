import HelpdeskCore
import Testing

@Suite(.enabled(if: Corpus.isPresent("text-jalali"), "the text-jalali corpus is not there"))
struct JalaliCorpusTests {
    @Test("Dates are the same in both calendars, both ways")
    func pairs() throws {
        var agreement = Agreement("text-jalali pairs")
        for one in try Corpus.cases(of: "text-jalali", kinds: ["jalali"]) {
            let jalali = try #require(JalaliDate(one.input["jalali"] as? String ?? ""))
            let civil = try #require(CivilDate(one.expect["gregorian"] as? String ?? ""))
            agreement.compare(
                one, ours: [jalali.civil.text, JalaliDate(civil).text],
                theirs: [civil.text, jalali.text])
        }
        agreement.report(atLeast: 100, of: 50)
    }

    @Test("Valid days, leap years and lengths of months are the peers'")
    func validity() throws {
        var agreement = Agreement("text-jalali validity")
        let kinds: Set = ["jalali-valid", "jalali-leap", "jalali-month-length"]
        for one in try Corpus.cases(of: "text-jalali", kinds: kinds) {
            let year = one.input["year"] as? Int ?? 0
            switch one.kind {
            case "jalali-valid":
                let date = JalaliDate(one.input["jalali"] as? String ?? "")
                agreement.compare(one, ours: date != nil, theirs: one.expect["valid"] as? Bool)
            case "jalali-leap":
                agreement.compare(
                    one, ours: JalaliDate.isLeap(year), theirs: one.expect["leap"] as? Bool)
            default:
                let month = one.input["month"] as? Int ?? 0
                agreement.compare(
                    one, ours: JalaliDate.lengthOfMonth(month, year: year),
                    theirs: one.expect["days"] as? Int)
            }
        }
        agreement.report(atLeast: 100, of: 40)
    }

    @Test("Dates are written as the peers write them")
    func formats() throws {
        var agreement = Agreement("text-jalali formats")
        for one in try Corpus.cases(of: "text-jalali", kinds: ["jalali-format"]) {
            let parts = (one.input["jalali"] as? String ?? "").split(separator: " ")
            let date = try #require(JalaliDate(String(parts[0]))).civil
            let clock =
                parts.count > 1 ? parts[1].split(separator: ":").compactMap { Int($0) } : [0, 0, 0]
            let local = LocalTime(date, hour: clock[0], minute: clock[1], second: clock[2])
            let language: TextLanguage =
                one.input["locale"] as? String == "fa_IR" ? .persian : .english
            let pattern = one.input["format"] as? String ?? ""
            agreement.compare(
                one, ours: JalaliFormat(pattern, language: language).text(of: local),
                theirs: one.expect["text"] as? String)
        }
        agreement.report(atLeast: 100, of: 20)
    }
}
