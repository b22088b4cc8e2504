internal import HelpdeskAPI

/// The shape of one value, as a decoder was asked for it.
final class SchemaPlace {
    struct Member {
        let name: String
        let place: SchemaPlace
        let presence: Presence
    }

    enum Presence { case needed, nullable }

    enum Shape {
        case unknown
        /// A JSON Schema of its own.
        case value(JSONValue)
        case object([Member])
        case array(SchemaPlace)
    }

    var shape = Shape.unknown

    /// The place of a member, added when it is new; the one that is there when a type reads it twice.
    func member(_ name: String, _ presence: Presence) -> SchemaPlace {
        var members: [Member] = []
        if case .object(let known) = shape { members = known }
        if let known = members.first(where: { $0.name == name }) { return known.place }
        let place = SchemaPlace()
        shape = .object(members + [Member(name: name, place: place, presence: presence)])
        return place
    }

    func makeObject() {
        if case .object = shape { return }
        shape = .object([])
    }

    func element() -> SchemaPlace {
        let place = SchemaPlace()
        shape = .array(place)
        return place
    }

    var schema: JSONValue {
        switch shape {
        case .unknown: return .object([])
        case .value(let schema): return schema
        case .array(let element): return ["type": "array", "items": element.schema]
        case .object(let members):
            let needed = members.filter { $0.presence == .needed }
            return [
                "type": "object",
                "required": .array(needed.map { .string($0.name) }),
                "properties": .object(
                    members.map { JSONMember($0.name, Self.schema(of: $0)) }),
            ]
        }
    }

    private static func schema(of member: Member) -> JSONValue {
        let schema = member.place.schema
        guard member.presence == .nullable, schema != .object([]) else { return schema }
        if case .object(var parts) = schema,
            let index = parts.firstIndex(where: { $0.name == "type" }),
            case .string(let type) = parts[index].value, schema["enum"] == nil
        {
            parts[index].value = [.string(type), "null"]
            return .object(parts)
        }
        return ["anyOf": [schema, ["type": "null"]]]
    }
}
