/// A place in a document that is being put together: what a container of `Encoder` writes into. Containers of one
/// place share it, which is how a type may write its members in two goes (`TicketDetail`).
final class JSONPlace {
    enum Content {
        case nothing
        case value(JSONValue)
        case array([JSONPlace])
        case object([(name: String, place: JSONPlace)])
    }

    var content = Content.nothing

    var value: JSONValue {
        switch content {
        case .nothing: .object([])
        case .value(let value): value
        case .array(let places): .array(places.map(\.value))
        case .object(let members): .object(members.map { JSONMember($0.name, $0.place.value) })
        }
    }

    func makeObject() {
        if case .object = content { return }
        content = .object([])
    }

    func makeArray() {
        if case .array = content { return }
        content = .array([])
    }

    /// The place of a member; the one that is there already when it was written before.
    func member(_ name: String) -> JSONPlace {
        var members: [(name: String, place: JSONPlace)] = []
        if case .object(let present) = content { members = present }
        if let present = members.first(where: { $0.name == name }) { return present.place }
        let place = JSONPlace()
        content = .nothing
        members.append((name, place))
        content = .object(members)
        return place
    }

    func element() -> JSONPlace {
        var elements: [JSONPlace] = []
        if case .array(let present) = content { elements = present }
        let place = JSONPlace()
        content = .nothing
        elements.append(place)
        content = .array(elements)
        return place
    }

    func fill(with document: some Encodable, path: [any CodingKey]) throws {
        if let value = document as? JSONValue {
            content = .value(value)
            return
        }
        try document.encode(to: JSONPlaceEncoder(place: self, codingPath: path))
        // A dictionary hands over its members in an order that changes with every run.
        if document is any StringKeyedDictionary, case .object(let members) = content {
            content = .object(members.sorted { $0.name < $1.name })
        }
    }
}

protocol StringKeyedDictionary {}
extension Dictionary: StringKeyedDictionary where Key == String {}

struct JSONPlaceEncoder: Encoder {
    let place: JSONPlace
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        place.makeObject()
        return KeyedEncodingContainer(JSONObjectWriter(place: place, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        place.makeArray()
        return JSONArrayWriter(place: place, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        JSONValueWriter(place: place, codingPath: codingPath)
    }
}
