import TOMLReading

/// Reads sections by their described keys and gathers all that is wrong, so that a person mends a file once.
struct ConfigurationReader {
    private(set) var problems: [ConfigurationProblem] = []
    private(set) var warnings: [ConfigurationWarning] = []
    private(set) var secretUses: [SecretUse] = []
    /// Which keys were looked for, as `section.key`: a test compares them with the described ones.
    private(set) var readKeys: Set<String> = []
    /// With a file that could not be read, what is missing may be there: it is not reported.
    enum Extent: Sendable { case whole, partial }
    let extent: Extent
    let isKnownTimeZone: @Sendable (String) -> Bool
    /// For what a key names and the configuration must know: calendars.
    let files: ConfigurationFiles

    init(
        extent: Extent, files: ConfigurationFiles,
        isKnownTimeZone: @escaping @Sendable (String) -> Bool
    ) {
        self.extent = extent
        self.files = files
        self.isKnownTimeZone = isKnownTimeZone
    }

    mutating func read<Value>(_ key: RequiredKey<Value>, _ section: SectionTable) -> Value? {
        guard let entry = find(key.description, in: section) else {
            // The elements of a list are never spread over files.
            guard extent == .whole || section.description.form != .table else { return nil }
            problems.append(
                ConfigurationProblem(
                    place: section.place, key: section.keyPath(key.description.name),
                    expected: key.description.expectation, got: "nothing"))
            return nil
        }
        return key.kind.read(entry.node, section.keyPath(entry.key), &self)
    }

    /// The default stands in for a wrong value too: its problem is recorded, and what depends on it can be checked.
    mutating func read<Value>(_ key: DefaultedKey<Value>, _ section: SectionTable) -> Value {
        guard let entry = find(key.description, in: section) else { return key.defaultValue }
        return key.kind.read(entry.node, section.keyPath(entry.key), &self) ?? key.defaultValue
    }

    mutating func read<Value>(_ key: OptionalKey<Value>, _ section: SectionTable) -> Value? {
        guard let entry = find(key.description, in: section) else { return nil }
        return key.kind.read(entry.node, section.keyPath(entry.key), &self)
    }

    private mutating func find(
        _ key: KeyDescription, in section: SectionTable
    ) -> TOMLEntry? {
        readKeys.insert("\(section.description.name).\(key.name)")
        return section.table.entry(key.name)
    }

    /// Begins to read a section: what it holds that has no description is a problem of its own.
    mutating func enter(_ table: TOMLTable, as description: SectionDescription) -> SectionTable {
        for entry in table.entries where description.key(entry.key) == nil {
            problems.append(unknownKey(entry, in: description))
        }
        return SectionTable(description: description, table: table, place: table.place)
    }

    private func unknownKey(
        _ entry: TOMLEntry, in section: SectionDescription
    ) -> ConfigurationProblem {
        let known = section.keys.map(\.name)
        let elsewhere = ConfigurationManual.sections.filter {
            $0.name != section.name && $0.key(entry.key) != nil
        }
        var hint = SpellingSuggestion.nearest(to: entry.key, among: known).map {
            "did you mean \(TOMLText.quoted($0))?"
        }
        if hint == nil, !elsewhere.isEmpty {
            let headers = elsewhere.map(\.header).joined(separator: " and ")
            hint = "\(headers) has a key of that name"
        }
        return ConfigurationProblem(
            place: entry.keyPlace, key: "\(section.name).\(printable(entry.key))",
            expected: "a key of \(section.header)", got: TOMLText.quoted(entry.key), hint: hint)
    }

    mutating func refuse(
        _ node: TOMLNode, key: String, expected: String, hint: String? = nil
    ) {
        record(
            ConfigurationProblem(
                place: node.place, key: key, expected: expected, got: node.value.seen, hint: hint))
    }

    mutating func record(_ problem: ConfigurationProblem) { problems.append(problem) }

    mutating func warn(_ place: SourcePlace, key: String, _ text: String) {
        warnings.append(ConfigurationWarning(place: place, key: key, text: text))
    }

    mutating func note(_ use: SecretUse) { secretUses.append(use) }
}

/// One section of the files, while it is read.
struct SectionTable {
    let description: SectionDescription
    let table: TOMLTable
    /// Of its header; where a missing key is reported.
    let place: SourcePlace

    /// `inbox.address`: the line says which inbox.
    func keyPath(_ key: String) -> String { "\(description.name).\(key)" }

    /// Where the key was set, else where the section begins.
    func place(of key: String) -> SourcePlace { table.entry(key)?.node.place ?? place }

    /// A text as it stands there, right or wrong: for references that are checked even when the rest is wrong.
    func text(_ key: String) -> String? {
        guard case .string(let text)? = table.entry(key)?.node.value else { return nil }
        return text
    }
}
