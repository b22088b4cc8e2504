import TOMLReading

/// Puts several files together: sections are joined key by key, lists of tables one behind the other. A key that two
/// files set is a mistake of both, never a silent winner.
struct ConfigurationMerge {
    private(set) var root: TOMLTable
    private(set) var problems: [ConfigurationProblem] = []

    init(_ first: TOMLTable) { root = first }

    mutating func add(_ table: TOMLTable) { root = joined(root, table, path: "") }

    /// As deep as the files nest, which TOMLDocument bounds.
    private mutating func joined(_ left: TOMLTable, _ right: TOMLTable, path: String) -> TOMLTable {
        var result = left
        for entry in right.entries {
            guard let index = result.entries.firstIndex(where: { $0.key == entry.key }) else {
                result.entries.append(entry)
                continue
            }
            let key = path + TOMLText.key(entry.key)
            let earlier = result.entries[index]
            switch (earlier.node.value, entry.node.value) {
            case (.table(let old), .table(let new))
            where old.form == .section && new.form == .section:
                let table = joined(old, new, path: key + ".")
                result.entries[index].node = TOMLNode(
                    value: .table(table), place: earlier.node.place)
            case (.array(let old), .array(let new)) where areTables(old) && areTables(new):
                result.entries[index].node = TOMLNode(
                    value: .array(old + new), place: earlier.node.place)
            default:
                problems.append(
                    ConfigurationProblem(
                        place: entry.keyPlace, key: key, expected: "to be set once",
                        got: "a second value", hint: "the first is at \(earlier.keyPlace)"))
            }
        }
        return result
    }

    private func areTables(_ nodes: [TOMLNode]) -> Bool {
        nodes.allSatisfy { if case .table = $0.value { true } else { false } }
    }
}
