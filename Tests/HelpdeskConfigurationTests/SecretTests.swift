import HelpdeskConfiguration
import TOMLReading
import Testing

@Suite struct SecretTests {
    private let resolver = SecretResolver(
        files: files([
            "/s/plain": "hunter2", "/s/line": "hunter2\n", "/s/crlf": "hunter2\r\n",
            "/s/two": "a\nb\n\n",
            "/s/empty": "", "/s/blank": "\n",
            "/s/whsec": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n",
            "/run/cred/chat": "from systemd\n",
        ]), credentialsFolder: "/run/cred", environment: ["CHAT": "from outside", "EMPTY": ""])

    static let kept: [(source: SecretSource, text: String)] = [
        (.file(path: "/s/plain"), "hunter2"), (.file(path: "/s/line"), "hunter2"),
        (.file(path: "/s/crlf"), "hunter2"), (.file(path: "/s/two"), "a\nb\n"),
        (.file(path: "/s/whsec"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        (.credential(name: "chat"), "from systemd"),
        (.environment(variable: "CHAT"), "from outside"),
        (.literal(Secret(bytes: Array("x".utf8))), "x"),
    ]

    @Test(arguments: kept)
    func secretsComeFromWhereTheyAreKept(_ example: (source: SecretSource, text: String)) throws {
        let resolved = try resolver.resolve(example.source).get()
        #expect(resolved.secret == Secret(bytes: Array(example.text.utf8)))
        #expect(resolved.remarks.isEmpty)
    }

    static let missing: [(source: SecretSource, problem: SecretProblem, text: String)] = [
        (
            .file(path: "/s/none"), .file(path: "/s/none", .missing),
            "expected a secret in /s/none, got no such file"
        ),
        (
            .file(path: "/s/empty"), .fileEmpty(path: "/s/empty"),
            "expected a secret in /s/empty, got an empty file"
        ),
        (
            .file(path: "/s/blank"), .fileEmpty(path: "/s/blank"),
            "expected a secret in /s/blank, got an empty file"
        ),
        (
            .credential(name: "none"), .file(path: "/run/cred/none", .missing),
            "expected a secret in /run/cred/none, got no such file"
        ),
        (
            .environment(variable: "NONE"), .variableMissing("NONE"),
            "expected a secret in the variable NONE, got no such variable"
        ),
        (
            .environment(variable: "EMPTY"), .variableEmpty("EMPTY"),
            "expected a secret in the variable EMPTY, got an empty one"
        ),
    ]

    @Test(arguments: missing)
    func aSecretThatIsNotThereIsATypedProblem(
        _ example: (source: SecretSource, problem: SecretProblem, text: String)
    ) {
        #expect(resolver.resolve(example.source) == .failure(example.problem))
        #expect(example.problem.description == example.text)
    }

    @Test func withoutAUnitThereAreNoCredentials() {
        let bare = SecretResolver(files: files([:]), credentialsFolder: nil, environment: [:])
        #expect(
            bare.resolve(.credential(name: "chat")) == .failure(.noCredentials(name: "chat")))
    }

    static let modes: [(mode: UInt16, isWide: Bool)] = [
        (0o400, false), (0o600, false), (0o640, false), (0o440, false), (0o644, true),
        (0o660, true),
        (0o604, true), (0o700, true),
    ]

    @Test(arguments: modes)
    func permissionsWiderThan0640AreRemarkedOn(_ example: (mode: UInt16, isWide: Bool)) throws {
        let resolver = SecretResolver(
            files: files(["/s": "x"], mode: example.mode), credentialsFolder: nil, environment: [:])
        let remarks = try resolver.resolve(.file(path: "/s")).get().remarks
        let remark = SecretRemark.permissions(path: "/s", FileMode(bits: example.mode))
        #expect(remarks == (example.isWide ? [remark] : []))
    }

    @Test func checkingGoesThroughEverySecretWithItsPlace() throws {
        let text =
            smallest + """
                [smtp]
                user = "a"
                password = { file = "/s/none" }
                [[inbox]]
                name = "chat"
                channel = "chat-webhook"
                team = "support"
                secret = [{ env = "NONE" }, { file = "/s/plain" }]
                """
        let checked = resolver.check(try loaded(text))
        #expect(
            checked.problems.map(\.description) == [
                "hamdel.toml:14:12: smtp.password: expected a secret in /s/none, got no such file",
                "hamdel.toml:19:11: inbox.secret: expected a secret in the variable NONE, got no such variable",
            ])
        #expect(checked.warnings.isEmpty)
    }

    @Test func aSecretNeverPrintsItself() {
        let secret = Secret(bytes: Array("hunter2".utf8))
        var dumped = ""
        dump(secret, to: &dumped)
        dump(SecretSource.literal(secret), to: &dumped)
        let printed =
            "\(secret) \(String(reflecting: secret)) \(SecretSource.literal(secret)) \(dumped)"
        #expect(!printed.contains("hunter2"))
        #expect(!printed.contains("104"))
    }
}
