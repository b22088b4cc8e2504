internal import HelpdeskCore
internal import TOMLReading

/// Reads a preset's file and gathers all that is wrong with it, each with its place, so that a person mends it once.
struct PresetReader {
    static let mostBytes = 256 * 1024
    static let mostFaults = 20

    private(set) var faults: [PresetFault] = []
    /// What texts may name besides the roots of their own place.
    var settingNames: Set<String> = []
    var credentialNames: Set<String> = []

    /// The preset, or at least one fault, in the order of the file.
    static func read(_ bytes: [UInt8], file: String) -> Result<Preset, PresetFaults> {
        let start = SourcePlace(file: file, line: 1, column: 1)
        guard bytes.count <= mostBytes else {
            return .failure(
                PresetFaults([PresetFault(place: start, reason: "longer than \(mostBytes) bytes")]))
        }
        switch TOMLDocument.parse(bytes, file: file) {
        case .failure(let error):
            return .failure(PresetFaults([PresetFault(place: error.place, reason: error.message)]))
        case .success(let table):
            var reader = PresetReader()
            let preset = reader.preset(PresetTable(table, path: ""))
            if let preset, reader.faults.isEmpty { return .success(preset) }
            if reader.faults.isEmpty { reader.fault(start, "is no preset") }
            return .failure(PresetFaults(reader.faults))
        }
    }

    mutating func fault(_ place: SourcePlace, _ reason: String) {
        guard faults.count < Self.mostFaults else { return }
        faults.append(PresetFault(place: place, reason: reason))
    }

    /// Refuses keys that the language does not have.
    mutating func expect(_ table: PresetTable, only keys: [String]) {
        for entry in table.toml.entries where !keys.contains(entry.key) {
            fault(
                entry.keyPlace,
                "unknown key \(TOMLText.quoted(entry.key)); known here: \(keys.joined(separator: ", "))"
            )
        }
    }

    mutating func missing(_ key: String, in table: PresetTable) {
        fault(table.toml.place, "\(table.path(key)) is missing")
    }

    mutating func text(_ key: String, _ table: PresetTable) -> String? {
        guard let node = table.node(key) else { return nil }
        guard case .string(let text) = node.value else {
            fault(node.place, "\(table.path(key)): expected text")
            return nil
        }
        return text
    }

    mutating func required(_ key: String, _ table: PresetTable) -> String? {
        if table.node(key) == nil { missing(key, in: table) }
        return text(key, table)
    }

    mutating func number(_ key: String, _ table: PresetTable, _ range: ClosedRange<Int>) -> Int? {
        guard let node = table.node(key) else { return nil }
        guard case .integer(let number) = node.value, let small = Int(exactly: number),
            range.contains(small)
        else {
            fault(
                node.place,
                "\(table.path(key)): expected a number from \(range.lowerBound) to \(range.upperBound)"
            )
            return nil
        }
        return small
    }

    mutating func flag(_ key: String, _ table: PresetTable) -> Bool? {
        guard let node = table.node(key) else { return nil }
        guard case .boolean(let flag) = node.value else {
            fault(node.place, "\(table.path(key)): expected true or false")
            return nil
        }
        return flag
    }

    /// One of an enum's words.
    mutating func choice<Word: RawRepresentable & CaseIterable>(
        _ key: String, _ table: PresetTable, _ type: Word.Type = Word.self
    ) -> Word? where Word.RawValue == String {
        guard let text = text(key, table) else { return nil }
        if let word = Word(rawValue: text) { return word }
        let words = Word.allCases.map { TOMLText.quoted($0.rawValue) }.joined(separator: ", ")
        fault(table.valuePlace(key), "\(table.path(key)): expected \(words)")
        return nil
    }

    /// `90s`, `5m`, `24h`, `7d`.
    mutating func span(
        _ key: String, _ table: PresetTable, _ range: ClosedRange<TimeSpan>
    ) -> TimeSpan? {
        guard let text = text(key, table) else { return nil }
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        if let unit = text.last.flatMap({ units[$0] }), text.utf8.count <= 8,
            let count = Int64(text.dropLast()), count >= 0
        {
            let span = TimeSpan.seconds(count * unit)
            if range.contains(span) { return span }
        }
        fault(
            table.valuePlace(key), "\(table.path(key)): expected a time such as \"5m\" or \"24h\"")
        return nil
    }

    mutating func texts(_ key: String, _ table: PresetTable) -> [String] {
        guard let node = table.node(key) else { return [] }
        let nodes: [TOMLNode] = if case .array(let list) = node.value { list } else { [node] }
        return nodes.compactMap { node in
            if case .string(let text) = node.value { return text }
            fault(node.place, "\(table.path(key)): expected text, or a list of texts")
            return nil
        }
    }

    mutating func table(_ key: String, _ table: PresetTable) -> PresetTable? {
        guard let node = table.node(key) else { return nil }
        guard case .table(let inner) = node.value else {
            fault(node.place, "\(table.path(key)): expected a table")
            return nil
        }
        return PresetTable(inner, path: table.path(key))
    }

    mutating func tables(_ key: String, _ table: PresetTable) -> [PresetTable] {
        guard let node = table.node(key) else { return [] }
        switch node.value {
        case .table(let inner): return [PresetTable(inner, path: table.path(key))]
        case .array(let list):
            return list.compactMap { node in
                if case .table(let inner) = node.value {
                    return PresetTable(inner, path: table.path(key))
                }
                fault(node.place, "\(table.path(key)): expected tables")
                return nil
            }
        default:
            fault(node.place, "\(table.path(key)): expected a table, or a list of tables")
            return []
        }
    }
}

/// All that is wrong with a preset.
struct PresetFaults: Error, Equatable, CustomStringConvertible {
    let faults: [PresetFault]

    init(_ faults: [PresetFault]) {
        self.faults = faults.sorted {
            ($0.place.line, $0.place.column) < ($1.place.line, $1.place.column)
        }
    }

    var description: String { faults.map(\.description).joined(separator: "\n") }
}

/// One table of a preset's file, and how it is called in messages.
struct PresetTable {
    let toml: TOMLTable
    private let name: String

    init(_ toml: TOMLTable, path: String) {
        self.toml = toml
        name = path
    }

    func path(_ key: String) -> String { name.isEmpty ? key : "\(name).\(key)" }
    func node(_ key: String) -> TOMLNode? { toml.entry(key)?.node }
    func valuePlace(_ key: String) -> SourcePlace { node(key)?.place ?? toml.place }
    var keys: [String] { toml.entries.map(\.key) }
}
