import TOMLReading

/// A value that is handed on to an adapter as it was written.
public indirect enum SettingValue: Hashable, Sendable {
    case text(String)
    case integer(Int64)
    case boolean(Bool)
    case list([SettingValue])
    case table([String: SettingValue])
}

extension SettingValue {
    /// Fractions and dates become their text: no key of an adapter takes one. As deep as files nest, which
    /// TOMLDocument bounds.
    init(_ value: TOMLValue) {
        switch value {
        case .string(let text): self = .text(text)
        case .integer(let number): self = .integer(number)
        case .boolean(let flag): self = .boolean(flag)
        case .array(let nodes): self = .list(nodes.map { SettingValue($0.value) })
        case .table(let table):
            self = .table(
                Dictionary(table.entries.map { ($0.key, SettingValue($0.node.value)) }) {
                    first, _ in first
                })
        case .float, .date, .timeOfDay, .dateTime: self = .text(TOMLText.of(value))
        }
    }
}

extension SectionTable {
    /// The keys that are for `channel` alone, with their defaults, without those that hold a secret.
    func settings(of channel: String) -> [String: SettingValue] {
        var settings: [String: SettingValue] = [:]
        for key in description.keys where key.channels.contains(channel) && !key.holdsSecret {
            let value = table.entry(key.name)?.node.value ?? key.defaultValue
            settings[key.name] = value.map { SettingValue($0) }
        }
        return settings
    }
}

extension KeyDescription {
    /// Nil without a default.
    fileprivate var defaultValue: TOMLValue? {
        guard case .defaults(let written) = presence,
            case .success(let table) = TOMLDocument.parse(Array("it = \(written)".utf8), file: name)
        else { return nil }
        return table.entry("it")?.node.value
    }

    fileprivate var holdsSecret: Bool {
        visibility == .masked || nested?.keys.contains { $0.visibility == .masked } == true
    }
}
