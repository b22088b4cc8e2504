import HelpdeskCore
import Testing

@Suite("The tag in a subject")
struct SubjectTagTests {
    @Test(
        "is found in any digits, the last of several",
        arguments: [
            ("Re: Broken [#1234]", Int64(1234)), ("[#۱۲۳۴] خراب است", 1234), ("[#١٢٣٤]", 1234),
            ("[#1۲٣]", 123),
            ("[#1] [#2]", 2), ("[[#7]", 7), ("[#7] [#8", 7), ("[#7][#x]", 7),
            ("[#9223372036854775807]", .max),
            ("[#007]", 7),
        ])
    func found(subject: String, number: Int64) {
        #expect(SubjectTag.find(in: subject) == TicketNumber(rawValue: number))
    }

    @Test(
        "is nothing else, and never overflows",
        arguments: [
            "", "[#]", "[#0]", "[# 12]", "[#12 ]", "#12", "[12]", "[#-1]", "[#12",
            "[#9223372036854775808]",
            "[#99999999999999999999999999999999999999]", "[#１２]", "[#1\u{200C}2]",
        ])
    func nothing(subject: String) {
        #expect(SubjectTag.find(in: subject) == nil)
    }

    @Test("is read as it is written")
    func roundTrip() {
        for raw in [Int64(1), 42, .max] {
            let number = TicketNumber(rawValue: raw)
            #expect(SubjectTag.find(in: "Re: x " + SubjectTag.text(for: number)) == number)
        }
    }
}
