/// toml++ says where a key was set again, and not where it was first. The lines above are a document of their own:
/// it is there.
package enum TOMLRepetition {
    /// Nil when the fault is another one, or the first place cannot be told.
    package static func firstPlace(of error: TOMLSyntaxError, in bytes: [UInt8]) -> SourcePlace? {
        guard let key = repeatedKey(in: error.message) else { return nil }
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.indices.contains(error.place.line - 1) else { return nil }
        lines.removeSubrange((error.place.line - 1)...)
        let above = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
        guard case .success(let root) = TOMLDocument.parse(above, file: error.place.file) else {
            return nil
        }
        let table = error.message.contains("table header") ? root : lastTable(of: root)
        return entry(key, in: table)?.keyPlace
    }

    /// What stands in quotes at the end of "cannot redefine existing string 'name'".
    private static func repeatedKey(in message: String) -> String? {
        guard message.contains("cannot redefine existing") else { return nil }
        let parts = message.split(separator: "'", omittingEmptySubsequences: false)
        return parts.count == 3 ? String(parts[1]) : nil
    }

    private static func entry(_ dotted: String, in table: TOMLTable) -> TOMLEntry? {
        var table = table
        var found: TOMLEntry?
        for part in dotted.split(separator: ".") {
            guard let entry = table.entry(String(part)) else { return nil }
            found = entry
            if case .table(let inner) = entry.node.value { table = inner }
        }
        return found
    }

    /// The section that was still open at the end: the one whose header stands lowest.
    private static func lastTable(of root: TOMLTable) -> TOMLTable {
        var last = root
        for entry in root.entries {
            switch entry.node.value {
            case .table(let table) where table.form == .section && isBelow(table, last):
                last = lastTable(of: table)
            case .array(let nodes):
                if case .table(let table)? = nodes.last?.value, table.form == .section,
                    isBelow(table, last)
                {
                    last = lastTable(of: table)
                }
            default: break
            }
        }
        return last
    }

    private static func isBelow(_ table: TOMLTable, _ other: TOMLTable) -> Bool {
        table.place.line >= other.place.line
    }
}
