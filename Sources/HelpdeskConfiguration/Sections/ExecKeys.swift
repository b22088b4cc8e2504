import HelpdeskCore
import TOMLReading

/// The keys of `[[inbox]]` that say which program is an exec inbox's adapter, and what it is handed.
enum ExecKeys {
    private static let exec = [InboxChannel.exec.rawValue]

    static let command = OptionalKey<[String]>(
        "command", .command, absent: "an exec inbox must have one",
        "The adapter: a program and its arguments, run without a shell. Secrets never go here: arguments can be read by anybody.",
        example: "[\"/usr/lib/hamdel/channels/dropbox\"]", only: exec)
    static let config = DefaultedKey<[String: SettingValue]>(
        "config", .anything, default: [:], written: "{}",
        "What the adapter asks for; its README says what that is. `hamdeld channel check` says what is wrong with it.",
        example: "{ folder = \"/var/spool/dropbox\" }", only: exec)
    static let secrets = DefaultedKey<[String: SecretSource]>(
        "secrets", .secretsByName, default: [:], written: "{}",
        "Secrets that the adapter asks for, by name. It gets them on its stdin, never in its arguments or environment, and they are masked in what it logs.",
        example: "{ api_key = { file = \"/etc/hamdel/secrets/dropbox\" } }", only: exec)

    static let descriptions = [command.description, config.description, secrets.description]
}

extension ValueKind where Value == [String] {
    static var command: Self {
        let words = ValueKind<[String]>.list(
            of: .text("an argument", atMost: 1_000), "arguments", counts: 1...64)
        return Self(
            "command",
            expectation:
                "a list of a program and its arguments, such as [\"/usr/lib/hamdel/channels/dropbox\"]"
        ) { node, key, reader in
            guard let list = words.read(node, key, &reader) else { return nil }
            guard let program = list.first, program.hasPrefix("/") || !program.contains("/") else {
                reader.refuse(
                    node, key: key,
                    expected: "a program by its absolute path, or by a name that PATH has",
                    hint:
                        "\(printable(list.first ?? "")) is relative to wherever the daemon is started"
                )
                return nil
            }
            return list
        }
    }
}

extension ValueKind where Value == [String: SettingValue] {
    /// Whatever the adapter may want; it checks it itself. Fractions and dates would not reach it as they are written.
    static var anything: Self {
        let expectation = "a table of texts, whole numbers, true or false, lists and tables"
        return Self("table", expectation: expectation) { value throws(Mismatch) in
            guard case .table(let table) = value, table.entries.count <= 100,
                table.entries.allSatisfy({ isPlain($0.node.value) })
            else { throw Mismatch(hint: "write fractions and dates as text") }
            guard case .table(let members) = SettingValue(value) else { throw Mismatch() }
            return members
        }
    }

    /// As deep as TOMLDocument lets files nest.
    private static func isPlain(_ value: TOMLValue) -> Bool {
        switch value {
        case .string, .integer, .boolean: true
        case .array(let nodes): nodes.allSatisfy { isPlain($0.value) }
        case .table(let table): table.entries.allSatisfy { isPlain($0.node.value) }
        case .float, .date, .timeOfDay, .dateTime: false
        }
    }
}
