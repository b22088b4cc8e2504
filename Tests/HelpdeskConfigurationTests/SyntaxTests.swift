import HelpdeskConfiguration
import TOMLReading
import Testing

@Suite struct SyntaxTests {
    static let examples: [(text: String, complaint: String)] = [
        (
            "a = ",
            "hamdel.toml:1:5: TOML: expected well-formed TOML, got Error while parsing key-value pair: encountered end-of-file"
        ),
        ("a = 1 b = 2", "hamdel.toml:1:7: TOML: expected a comment or whitespace, got 'b'"),
        (
            "[store]\nurl = \"x",
            "hamdel.toml:2:9: TOML: expected well-formed TOML, got Error while parsing string: encountered end-of-file"
        ),
        (
            "[store]\n\u{1B} = 1",
            "hamdel.toml:2:1: TOML: expected keys, tables, whitespace or comments, got '\\u001B'"
        ),
        (
            "[=",
            "hamdel.toml:1:2: TOML: expected bare key starting character or string delimiter, got '='"
        ),
        (
            "a = [}",
            "hamdel.toml:1:6: TOML: expected well-formed TOML, got Error while parsing value: could not determine value type"
        ),
        (
            "[store]\nurl = \"a\"\n[http]\n[store]\n",
            "hamdel.toml:4:1: TOML: expected to be set once, got a second value; the first is at hamdel.toml:1:2"
        ),
        (
            "[store]\nurl = \"a\"\nurl = \"b\"\n",
            "hamdel.toml:3:7: TOML: expected to be set once, got a second value; the first is at hamdel.toml:2:1"
        ),
        (
            "[[team]]\nname = \"a\"\n[[team]]\n# second\nname = \"a\"\nname = \"b\"\n",
            "hamdel.toml:6:8: TOML: expected to be set once, got a second value; the first is at hamdel.toml:5:1"
        ),
        (
            "a" + String(repeating: ".a", count: 16) + " = 1",
            "hamdel.toml:1:32: TOML: expected a key of at most 16 parts, got more"
        ),
    ]

    @Test(arguments: examples)
    func aFileThatIsNotTOMLIsReportedOnceWithItsPlace(_ example: (text: String, complaint: String))
    {
        #expect(complaints(example.text) == [example.complaint])
    }

    @Test func bytesThatAreNotUTF8AreReported() {
        let files = ConfigurationFiles(
            read: { _, _ in
                .success(.init(bytes: Array("a = \"".utf8) + [0xFF], mode: FileMode(bits: 0o600)))
            }, names: { _ in .success([]) })
        guard
            case .failure(let problems) = ConfigurationFile.load(
                path: "x.toml", files: files, isKnownTimeZone: { _ in true })
        else {
            Issue.record("it loaded")
            return
        }
        #expect(
            problems.description
                == "x.toml:1:5: TOML: expected well-formed TOML, got Encountered invalid utf-8 sequence"
        )
    }

    @Test(arguments: [200_000, 17, 16])
    func keysOfManyPartsAreRefusedBeforeTheyOverrunTheStack(_ parts: Int) {
        let key = Array(repeating: "a", count: parts).joined(separator: ".")
        let complaints = complaints(key + " = 1")
        #expect(complaints.contains { $0.contains("at most 16 parts") } == (parts > 16))
    }

    @Test func dotsInStringsAndCommentsAreNoParts() throws {
        let dots = String(repeating: "x.", count: 40)
        let text =
            smallest + """
                # \(dots)
                [[shift]]
                agent = "sara"  # it's "\(dots)
                week = { sat = ['''
                08:00-12:00'''] } # \(dots)
                """
        #expect(complaints(text) == [])
    }

    @Test func valuesNestedDeeplyAreRefused() {
        let text = "a = " + String(repeating: "[", count: 5_000)
        #expect(complaints(text).count == 1)
    }

    @Test func aBrokenFragmentIsNotBlamedForWhatItMayHold() {
        let complaints = complaints(
            "[http]\nlisten = 1\n",
            and: ["conf.d/a.toml": "[store\n", "conf.d/b.toml": "[[team]]\n"])
        #expect(
            complaints == [
                "hamdel.toml:2:10: http.listen: expected an address and a port such as \"127.0.0.1:8080\" or \"[::1]:8080\", got 1",
                "conf.d/a.toml:1:7: TOML: expected ']', got '\\n'",
                "conf.d/b.toml:1:1: team.name: expected the name of a team such as \"support\": up to 64 letters, digits, \"-\", \"_\", \".\", got nothing",
            ])
    }
}
