/// JSON as it comes, for cases whose shape differs from set to set.
public enum JSONValue: Decodable, Sendable {
    case null
    case boolean(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case table([String: JSONValue])

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .list(value)
        } else {
            self = .table(try container.decode([String: JSONValue].self))
        }
    }

    public subscript(key: String) -> JSONValue? {
        guard case .table(let table) = self else { return nil }
        return table[key]
    }

    public var text: String? { if case .text(let text) = self { text } else { nil } }
    public var number: Int? {
        if case .number(let number) = self { Int(exactly: number) } else { nil }
    }
    public var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }
    public var list: [JSONValue]? { if case .list(let list) = self { list } else { nil } }
    public var texts: [String] { list?.compactMap(\.text) ?? text.map { [$0] } ?? [] }
    public var isNull: Bool { if case .null = self { true } else { false } }
}
