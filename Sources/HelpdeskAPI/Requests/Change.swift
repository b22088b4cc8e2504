/// A member of a PATCH body: left out, null, or a value (RFC 7396).
public enum Change<Value: Codable & Hashable & Sendable>: Hashable, Sendable {
    case keep
    case clear
    case set(Value)
}

extension Change: Codable {
    /// Only reached where the member is there; `KeyedDecodingContainer.decode` below sees to the rest.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        self = container.decodeNil() ? .clear : .set(try container.decode(Value.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .keep, .clear: try container.encodeNil()
        case .set(let value): try container.encode(value)
        }
    }
}

extension KeyedDecodingContainer {
    /// Preferred by synthesised decoding: a member that is not there is kept.
    func decode<Value>(_ type: Change<Value>.Type, forKey key: Key) throws -> Change<Value> {
        guard contains(key) else { return .keep }
        if try decodeNil(forKey: key) { return .clear }
        return .set(try decode(Value.self, forKey: key))
    }
}

extension KeyedEncodingContainer {
    /// Preferred by synthesised encoding: a member to keep is left out.
    mutating func encode<Value>(_ value: Change<Value>, forKey key: Key) throws {
        switch value {
        case .keep: break
        case .clear: try encodeNil(forKey: key)
        case .set(let value): try encode(value, forKey: key)
        }
    }
}
