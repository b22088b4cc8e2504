import TOMLReading

enum SecretKeys {
    static let file = OptionalKey<String>(
        "file", .path("the path of a file", example: "/etc/hamdel/secrets/site-chat"),
        absent: "not from a file",
        "A file that holds the secret; one line end at its end is not part of it.",
        example: "\"/etc/hamdel/secrets/site-chat\"")
    static let credential = OptionalKey<String>(
        "credential", .reference("a credential", example: "site-chat"), absent: "not from systemd",
        "A credential of the unit, see LoadCredential= in systemd.exec(5).",
        example: "\"site-chat\"")
    static let environment = OptionalKey<String>(
        "env", .reference("a variable", example: "HAMDEL_SITE_CHAT"),
        absent: "not from the environment",
        "A variable of the daemon's environment.", example: "\"HAMDEL_SITE_CHAT\"")
    static let section = SectionDescription(
        "secret", .value, "Where a secret is to be had: exactly one of the three.",
        keys: [file.description, credential.description, environment.description])
}

extension ValueKind where Value == SecretSource {
    private static var expectation: String {
        "{ file = \"…\" }, { credential = \"…\" } or { env = \"…\" }"
    }

    static var secret: Self {
        Self(
            "secret", expectation: expectation, visibility: .masked, nested: SecretKeys.section
        ) { node, key, reader in
            guard let source = source(node, key, &reader) else { return nil }
            reader.note(SecretUse(place: node.place, key: key, source: source))
            return source
        }
    }

    private static func source(
        _ node: TOMLNode, _ key: String, _ reader: inout ConfigurationReader
    ) -> SecretSource? {
        switch node.value {
        case .string(let text) where !text.isEmpty:
            reader.warn(
                node.place, key: key,
                "the secret is written into the configuration; keep it in a file of its own: { file = \"…\" }"
            )
            return .literal(Secret(bytes: Array(text.utf8)))
        case .table(let table):
            return source(table, node, key, &reader)
        case .string, .integer, .float, .boolean, .date, .timeOfDay, .dateTime, .array:
            refuse(node, key, got: "something else", &reader)
            return nil
        }
    }

    private static func source(
        _ table: TOMLTable, _ node: TOMLNode, _ key: String, _ reader: inout ConfigurationReader
    ) -> SecretSource? {
        let before = reader.problems.count
        let section = reader.enter(table, as: SecretKeys.section)
        let sources = [
            reader.read(SecretKeys.file, section).map { SecretSource.file(path: $0) },
            reader.read(SecretKeys.credential, section).map { .credential(name: $0) },
            reader.read(SecretKeys.environment, section).map { .environment(variable: $0) },
        ].compactMap { $0 }
        guard reader.problems.count == before else { return nil }
        guard let source = sources.first, sources.count == 1 else {
            refuse(
                node, key, got: sources.isEmpty ? "none of them" : "\(sources.count) of them",
                &reader)
            return nil
        }
        return source
    }

    /// Says nothing of what stood there: it may be the secret.
    private static func refuse(
        _ node: TOMLNode, _ key: String, got: String, _ reader: inout ConfigurationReader
    ) {
        reader.record(
            ConfigurationProblem(place: node.place, key: key, expected: expectation, got: got))
    }
}

extension ValueKind where Value == [SecretSource] {
    /// One secret, or several that are all valid: while one is being replaced by another.
    static var secrets: Self {
        let one = ValueKind<SecretSource>.secret
        let expectation = one.expectation + ", or a list of 1 to 8 of them"
        return Self(
            "secret, or list of secrets", expectation: expectation, visibility: .masked,
            nested: SecretKeys.section
        ) { node, key, reader in
            guard case .array(let nodes) = node.value else {
                return one.read(node, key, &reader).map { [$0] }
            }
            guard (1...8).contains(nodes.count) else {
                reader.record(
                    ConfigurationProblem(
                        place: node.place, key: key, expected: expectation,
                        got: "a list of \(nodes.count)"))
                return nil
            }
            let sources = nodes.map { one.read($0, key, &reader) }
            return sources.contains { $0 == nil } ? nil : sources.compactMap { $0 }
        }
    }
}
