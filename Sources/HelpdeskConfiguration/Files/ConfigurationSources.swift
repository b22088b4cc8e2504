import TOMLReading

/// The files of a configuration, read and put together as far as they are TOML.
struct ConfigurationSources {
    /// Bytes of one file; a configuration of 1,000 inboxes is a fifth of it.
    static let sizeLimit = 1_048_576
    static let mostFiles = 200

    private(set) var names: [String] = []
    private(set) var problems: [ConfigurationProblem] = []
    private(set) var root: TOMLTable
    private let files: ConfigurationFiles

    /// Reads `main`, then every `*.toml` of `conf.d` beside it by name (byte by byte; hidden files are left out).
    init(main: String, files: ConfigurationFiles) {
        self.files = files
        let start = SourcePlace(file: main, line: 1, column: 1)
        root = TOMLTable(entries: [], form: .section, place: start)
        var tables: [TOMLTable] = []
        if let table = table(of: main) { tables.append(table) }
        for name in fragments(beside: main) {
            if let table = table(of: name) { tables.append(table) }
        }
        // Of the main file even when that is not TOML: it is where a missing section is reported.
        var merge = ConfigurationMerge(root)
        for table in tables { merge.add(table) }
        root = merge.root
        problems += merge.problems
    }

    /// Keys of `[section]` win one by one; `[[lists]]` as a whole.
    mutating func replace(by trial: String) {
        guard let table = table(of: trial) else { return }
        for entry in table.entries {
            guard let index = root.entries.firstIndex(where: { $0.key == entry.key }) else {
                root.entries.append(entry)
                continue
            }
            guard case .table(var known) = root.entries[index].node.value,
                case .table(let wanted) = entry.node.value
            else {
                root.entries[index] = entry
                continue
            }
            known.entries.removeAll { key in wanted.entries.contains { $0.key == key.key } }
            known.entries += wanted.entries
            root.entries[index].node = TOMLNode(value: .table(known), place: entry.node.place)
        }
    }

    private mutating func fragments(beside main: String) -> [String] {
        let folder = main.lastIndex(of: "/").map { main[...$0] + "conf.d" } ?? "conf.d"
        switch files.names(folder) {
        case .failure(let failure):
            report(folder, "a folder that can be read", failure)
            return []
        case .success(let all):
            let fragments = all.filter { $0.hasSuffix(".toml") && !$0.hasPrefix(".") }
                .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            guard fragments.count <= Self.mostFiles else {
                problems.append(
                    ConfigurationProblem(
                        place: SourcePlace(file: folder, line: 1, column: 1), key: "conf.d",
                        expected: "at most \(Self.mostFiles) files", got: "\(fragments.count)"))
                return []
            }
            return fragments.map { "\(folder)/\($0)" }
        }
    }

    private mutating func table(of name: String) -> TOMLTable? {
        names.append(name)
        switch files.read(name, Self.sizeLimit) {
        case .failure(let failure):
            report(name, "a configuration file", failure)
            return nil
        case .success(let content):
            switch TOMLDocument.parse(content.bytes, file: name) {
            case .success(let table): return table
            case .failure(let error):
                let earlier = TOMLRepetition.firstPlace(of: error, in: content.bytes)
                problems.append(error.problem(firstPlace: earlier))
                return nil
            }
        }
    }

    private mutating func report(
        _ name: String, _ expected: String, _ failure: ConfigurationFiles.Failure
    ) {
        problems.append(
            ConfigurationProblem(
                place: SourcePlace(file: name, line: 1, column: 1), key: "file",
                expected: expected, got: failure.inWords))
    }
}

extension TOMLSyntaxError {
    /// toml++ says "Error while parsing …: expected this, saw that"; the rest of its sentences become what was got.
    func problem(firstPlace: SourcePlace?) -> ConfigurationProblem {
        let bytes = Array(message.utf8)
        let before = Array("expected ".utf8)
        let between = Array(", saw ".utf8)
        var expected = "well-formed TOML"
        var got = message
        if let start = bytes.firstIndex(of: before), let saw = bytes.firstIndex(of: between),
            start + before.count < saw
        {
            expected = String(decoding: bytes[(start + before.count)..<saw], as: UTF8.self)
            got = String(decoding: bytes[(saw + between.count)...], as: UTF8.self)
        }
        if let firstPlace {
            return ConfigurationProblem(
                place: place, key: "TOML", expected: "to be set once", got: "a second value",
                hint: "the first is at \(firstPlace)")
        }
        return ConfigurationProblem(
            place: place, key: "TOML", expected: printable(expected), got: printable(got))
    }
}
