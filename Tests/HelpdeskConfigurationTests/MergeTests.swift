import HelpdeskConfiguration
import HelpdeskCore
import TOMLReading
import Testing

@Suite struct MergeTests {
    @Test func sectionsJoinKeyByKeyAndListsOneBehindTheOther() throws {
        let configuration = try configuration(
            smallest + "[survey]\ndelay = \"2h\"\n",
            and: [
                "conf.d/20-more.toml": "[[team]]\nname = \"c\"\n",
                "conf.d/10-more.toml": "[[team]]\nname = \"b\"\n[survey]\nlow_score = 3\n",
                "conf.d/.hidden.toml": "broken",
                "conf.d/10-more.toml.orig": "broken",
                "conf.d/README": "broken",
            ])
        #expect(configuration.teams.map(\.name) == ["support", "b", "c"])
        #expect(configuration.survey.delay == .hours(2))
        #expect(configuration.survey.lowScore == 3)
    }

    @Test func fragmentsAreLookedForBesideTheFile() throws {
        let result = ConfigurationFile.load(
            path: "/etc/hamdel/hamdel.toml",
            files: files([
                "/etc/hamdel/hamdel.toml": smallest,
                "/etc/hamdel/conf.d/a.toml": "[[team]]\nname = \"b\"\n",
            ]), isKnownTimeZone: { _ in true })
        let loaded = try result.get()
        #expect(loaded.files == ["/etc/hamdel/hamdel.toml", "/etc/hamdel/conf.d/a.toml"])
        #expect(loaded.configuration.teams.count == 2)
    }

    static let clashes: [(first: String, second: String, complaint: String)] = [
        (
            "[survey]\ndelay = \"1h\"\n", "[survey]\ndelay = \"1h\"\n",
            "conf.d/a.toml:2:1: survey.delay: expected to be set once, got a second value; the first is at hamdel.toml:13:1"
        ),
        (
            "[smtp]\nuser = \"a\"\npassword = { file = \"/x\" }\n",
            "[smtp]\npassword = { env = \"X\" }\n",
            "conf.d/a.toml:2:1: smtp.password: expected to be set once, got a second value; the first is at hamdel.toml:14:1"
        ),
        (
            "", "[team]\nname = \"b\"\n",
            "conf.d/a.toml:1:2: team: expected to be set once, got a second value; the first is at hamdel.toml:5:3"
        ),
        (
            "[routing]\nweights = { mail = 2 }\n", "[routing]\nweights = { chat = 3 }\n",
            "conf.d/a.toml:2:1: routing.weights: expected to be set once, got a second value; the first is at hamdel.toml:13:1"
        ),
    ]

    @Test(arguments: clashes)
    func aKeySetTwiceIsAMistakeWithBothPlaces(
        _ example: (first: String, second: String, complaint: String)
    ) {
        let complaints = complaints(
            smallest + example.first, and: ["conf.d/a.toml": example.second])
        #expect(complaints == [example.complaint])
    }

    @Test func aReferenceMayLeadToAnotherFile() throws {
        let configuration = try configuration(
            smallest,
            and: ["conf.d/a.toml": "[[team]]\nname = \"b\"\noverflow = \"support\"\n"])
        #expect(configuration.team(named: "b")?.overflow == "support")
    }

    @Test func aTwinInAnotherFileIsReportedWithBothPlaces() {
        let complaints = complaints(
            smallest, and: ["conf.d/a.toml": "[[team]]\nname = \"support\"\n"])
        #expect(
            complaints == [
                "conf.d/a.toml:2:8: team.name: expected a name of its own, got \"support\"; the first is at hamdel.toml:6:8"
            ])
    }

    @Test func whatStandsWhereMakesNoDifference() throws {
        let apart = try configuration(
            smallest, and: ["conf.d/a.toml": "[survey]\ndelay = \"60m\"\nenabled = true\n"])
        let together = try configuration("# a comment\n\n" + smallest)
        #expect(apart == together)
    }
}
