/// Writes a document straight into text: what `JSONPlace` builds is skipped, because a list of tickets has thousands of members.
/// For types that ask for one container per value, or for the same one twice, as all of ours do; `needsPlaces` says
/// that one did not.
final class JSONStream {
    /// What the value at one depth has turned out to be.
    enum Kind {
        case nothing, value
        case object(members: Int)
        case array(elements: Int)
    }

    // Unchecked: a stream lives within one call of `WireJSON.encode` and is never reached by two at once; the check
    // of that would be a fifth of the whole cost.
    @exclusivity(unchecked) private(set) var text = JSONText()
    @exclusivity(unchecked) private var kinds: [Kind] = []
    /// Whether a type is a dictionary, which is written in the order of its keys: asking the runtime is slow.
    private var dictionaries: [ObjectIdentifier: Bool] = [:]
    /// A type asked for something that cannot be written in one go.
    private(set) var needsPlaces = false

    func giveUp() { needsPlaces = true }

    func count(at depth: Int) -> Int {
        switch kinds[depth] {
        case .object(let count), .array(let count): count
        case .nothing, .value: 0
        }
    }

    /// Begins an object, or goes on with one.
    func openObject(at depth: Int) {
        guard case .nothing = kinds[depth] else { return }
        kinds[depth] = .object(members: 0)
        text.append(word: "{")
    }

    func openArray(at depth: Int) {
        guard case .nothing = kinds[depth] else { return }
        kinds[depth] = .array(elements: 0)
        text.append(word: "[")
    }

    /// The name of the next member.
    func name(_ name: String, at depth: Int) {
        if case .object(let members) = kinds[depth] {
            if members > 0 { text.append(word: ",") }
            kinds[depth] = .object(members: members + 1)
        }
        text.append(quoted: name)
        text.append(word: ":")
    }

    /// Before the next element.
    func element(at depth: Int) {
        if case .array(let elements) = kinds[depth] {
            if elements > 0 { text.append(word: ",") }
            kinds[depth] = .array(elements: elements + 1)
        }
    }

    func note(valueAt depth: Int) { kinds[depth] = .value }

    func append(_ value: JSONValue) { text.append(value) }
    func append(null: Void = ()) { text.append(word: "null") }
    func append(_ value: String) { text.append(quoted: value) }
    func append(_ value: Bool) { text.append(word: value ? "true" : "false") }

    func append(integer: some BinaryInteger) throws {
        guard let number = Int64(exactly: integer) else {
            throw EncodingError.invalidValue(
                integer,
                .init(codingPath: [], debugDescription: "is too large a number for this API"))
        }
        text.append(word: String(number))
    }

    func append(_ value: Double) throws {
        guard value.isFinite else {
            throw EncodingError.invalidValue(
                value, .init(codingPath: [], debugDescription: "is no finite number"))
        }
        text.append(.number(value))
    }

    /// Any value, whole.
    func append<Value: Encodable>(document value: Value) throws {
        if Value.self == JSONValue.self, let value = value as? JSONValue { return append(value) }
        if isDictionary(Value.self) { return append(try WireJSON.value(of: value)) }
        let depth = kinds.count
        kinds.append(.nothing)
        defer { kinds.removeLast() }
        try value.encode(to: JSONStreamEncoder(stream: self, depth: depth))
        switch kinds[depth] {
        case .nothing: text.append(word: "{}")
        case .value: break
        case .object: text.append(word: "}")
        case .array: text.append(word: "]")
        }
    }

    private func isDictionary<Value>(_ type: Value.Type) -> Bool {
        if let known = dictionaries[ObjectIdentifier(type)] { return known }
        let isDictionary = type is any StringKeyedDictionary.Type
        dictionaries[ObjectIdentifier(type)] = isDictionary
        return isDictionary
    }
}

struct JSONStreamEncoder: Encoder {
    let stream: JSONStream
    let depth: Int
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        stream.openObject(at: depth)
        return KeyedEncodingContainer(JSONStreamObject(stream: stream, depth: depth))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        stream.openArray(at: depth)
        return JSONStreamArray(stream: stream, depth: depth)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        stream.note(valueAt: depth)
        return JSONStreamValue(stream: stream)
    }

    /// Where the document is written again in the slow way.
    static var elsewhere: JSONPlaceEncoder { JSONPlaceEncoder(place: JSONPlace(), codingPath: []) }
}
