package import ChannelKit
internal import FoundationEssentials
internal import TOMLReading

/// An adapter's folder, as `hamdeld channel new` makes it and the kit wants it: README.md, sample.toml, the adapter, and `testcases/`
/// with what the kit needs (`kit.toml`).
package struct AdapterFolder: Sendable {
    /// Absolute.
    package let path: String
    /// The program and its arguments, made absolute.
    package let command: [String]
    /// `{work}` in texts stands for a folder that each check has to itself.
    package let config: [String: ChannelConfiguration.Value]
    /// Names; the kit makes up values.
    package let secrets: [String]
    /// Plays the provider: see Docs/Adapter-Guide.md.
    package let provider: [String]
    package let sample: String?
    package let party: Party

    /// Whom the kit writes as and to, in the provider's own words.
    package struct Party: Sendable, Equatable {
        package var conversation = "kit-conversation"
        package var kind = "kit"
        package var address = "kit-sara"
    }

    /// A sentence where it cannot be tested at all.
    package init(_ folder: String) throws(KitFailure) {
        path = Self.absolute(folder)
        sample = Self.text(path + "/sample.toml")
        let file = "testcases/kit.toml"
        guard let text = Self.text("\(path)/\(file)") else {
            throw KitFailure("\(path)/\(file) is not there; `hamdeld channel new` makes one")
        }
        let table: TOMLTable
        switch TOMLDocument.parse(Array(text.utf8), file: file) {
        case .success(let root): table = root
        case .failure(let fault): throw KitFailure("\(fault)")
        }
        command = try Self.words("command", table, path)
        provider = try Self.words("provider", table, path)
        if case .table(let values) = table.entry("config").map({ Self.value($0.node.value) }) {
            config = values
        } else {
            config = [:]
        }
        var party = Party()
        for (key, place) in [
            ("conversation", \Party.conversation), ("kind", \Party.kind),
            ("address", \Party.address),
        ] {
            if case .string(let text)? = table.entry(key)?.node.value {
                party[keyPath: place] = text
            }
        }
        self.party = party
        guard case .array(let nodes)? = table.entry("secrets")?.node.value else {
            secrets = []
            return
        }
        secrets = nodes.compactMap { if case .string(let text) = $0.value { text } else { nil } }
    }

    package var hasReadme: Bool { (Self.text(path + "/README.md")?.utf8.count ?? 0) >= 100 }

    /// Files that show what the adapter says or takes: `.json` and `.jsonl` in testcases.
    package var fixtures: [String] {
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: path + "/testcases")) ?? []
        return names.filter { $0.hasSuffix(".json") || $0.hasSuffix(".jsonl") }.sorted()
    }

    /// The configuration with `{work}` put in.
    package func config(in work: String) -> [String: ChannelConfiguration.Value] {
        config.mapValues { Self.filled($0, work) }
    }

    private static func filled(
        _ value: ChannelConfiguration.Value, _ work: String
    ) -> ChannelConfiguration.Value {
        switch value {
        case .text(let text): .text(text.replacing("{work}", with: work))
        case .list(let values): .list(values.map { filled($0, work) })
        case .table(let table): .table(table.mapValues { filled($0, work) })
        case .integer, .boolean: value
        }
    }

    private static func words(
        _ key: String, _ table: TOMLTable, _ folder: String
    ) throws(KitFailure) -> [String] {
        guard case .array(let nodes)? = table.entry(key)?.node.value, !nodes.isEmpty else {
            throw KitFailure("testcases/kit.toml: \(key): expected a program and its arguments")
        }
        var words: [String] = []
        for node in nodes {
            guard case .string(let word) = node.value, !word.isEmpty else {
                throw KitFailure("testcases/kit.toml: \(key): expected a list of texts")
            }
            words.append(word.hasPrefix("./") ? folder + word.dropFirst() : word)
        }
        return words
    }

    private static func value(_ value: TOMLValue) -> ChannelConfiguration.Value {
        switch value {
        case .string(let text): .text(text)
        case .integer(let number): .integer(number)
        case .boolean(let flag): .boolean(flag)
        case .array(let nodes): .list(nodes.map { Self.value($0.value) })
        case .table(let table):
            .table(
                Dictionary(table.entries.map { ($0.key, Self.value($0.node.value)) }) { first, _ in
                    first
                })
        case .float, .date, .timeOfDay, .dateTime: .text("")
        }
    }

    package static func text(_ path: String) -> String? {
        (try? Data(contentsOf: URL(filePath: path))).flatMap {
            String(validating: Array($0), as: UTF8.self)
        }
    }

    package static func absolute(_ path: String) -> String {
        URL(filePath: path).standardizedFileURL.path.droppingSlash
    }
}

extension String {
    fileprivate var droppingSlash: String {
        count > 1 && hasSuffix("/") ? String(dropLast()) : self
    }
}
