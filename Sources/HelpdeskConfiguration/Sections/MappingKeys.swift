import TOMLReading

/// What a generic phone log can say of a call, and which column says it.
enum MappingKeys {
    private static func column(
        _ name: String, _ meaning: String, _ example: String
    ) -> OptionalKey<SettingValue> {
        OptionalKey(
            name, .column, absent: "not in the file", meaning, example: TOMLText.quoted(example))
    }

    static let columns = [
        column("id", "What tells calls apart: it makes a second import harmless.", "Call ID"),
        column("started_at", "When it began; date and time may stand in two columns.", "Start"),
        column("from", "The number that rang.", "Caller"),
        column("to", "The number that was rung.", "Called"),
        column(
            "number", "The number of the other side, in a log that has no from and to.", "Number"),
        column("direction", "in, out or internal.", "Direction"),
        column("internal", "Whether it was between colleagues.", "Internal"),
        column("outcome", "answered, missed, voicemail, busy or failed.", "Status"),
        column("duration", "Talking time, in seconds or as h:mm:ss.", "Talking"),
        column("name", "The name of the other side.", "Name"),
        column("extension", "The inner number that answered.", "Extension"),
        column("recording", "The URL of a recording.", "Recording"),
    ]

    static let section = SectionDescription(
        "inbox.mapping", .value,
        "Which column of the CSV holds what: by the name in its first row, or by its number from 1.",
        keys: columns.map(\.description))
}

extension ValueKind where Value == SettingValue {
    /// A column by name or number; of a time also two of them.
    static var column: Self {
        let expectation =
            "the name of a column, its number from 1, or a list of two (date and time)"
        return Self("column", expectation: expectation) { value throws(Mismatch) in
            switch value {
            case .array(let nodes):
                guard (1...2).contains(nodes.count), nodes.allSatisfy({ isColumn($0.value) }) else {
                    throw Mismatch()
                }
            default:
                guard isColumn(value) else { throw Mismatch() }
            }
            return SettingValue(value)
        }
    }

    private static func isColumn(_ value: TOMLValue) -> Bool {
        switch value {
        case .string(let text):
            !text.isEmpty && text.unicodeScalars.count <= 100
                && !text.unicodeScalars.contains(where: isUnprintable)
        case .integer(let number): (1...1_000).contains(number)
        default: false
        }
    }
}

extension ValueKind where Value == [String: SettingValue] {
    static var columns: Self {
        .table("columns", MappingKeys.section) { table, reader in
            var mapping: [String: SettingValue] = [:]
            for column in MappingKeys.columns {
                mapping[column.description.name] = reader.read(column, table)
            }
            return mapping
        }
    }
}
