import HelpdeskCore
import Testing

@Suite("Who a note names")
struct MentionsTests {
    @Test(arguments: [
        ("@sara look", ["sara"]), ("look, @Sara!", ["sara"]),
        ("(@sara, @nima.k)", ["sara", "nima.k"]),
        ("sara@example.ir", []), ("@sara@example.ir", []), ("a+@sara", []), ("@@sara", []),
        ("@sara @sara", ["sara"]), ("@", []), ("@ sara", []), ("@...", []), ("@sara.", ["sara"]),
        ("با@sara", ["sara"]), ("سلام @sara\u{200C}جان", ["sara"]), ("@سارا", []),
        ("x\n@lead-1", ["lead-1"]),
    ])
    func `logins after an at sign`(text: String, logins: [String]) {
        #expect(Mentions.logins(in: text) == logins)
    }

    @Test func `at most so many, and long words are none`() {
        let text = (1...50).map { "@a\($0)" }.joined(separator: " ")
        #expect(Mentions.logins(in: text).count == Mentions.maximum)
        #expect(Mentions.logins(in: "@" + String(repeating: "a", count: 65)) == [])
    }
}
