internal import HelpdeskAPI
internal import HelpdeskCore

/// A decoder that has no document: it hands out made-up values and writes down what it was asked for. For types of our own
/// only, whose decoding asks for every member.
struct SchemaProbe: Decoder {
    let place: SchemaPlace
    /// What a text is made up as: enums take only words of theirs.
    var word = ""
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    static func schema(of type: any Decodable.Type) -> JSONValue {
        let place = SchemaPlace()
        _ = try? make(type, at: place)
        return place.schema
    }

    /// One word of each enum that cannot name its cases by itself.
    static let words = [
        "", "in", "message", "customer", "verified", "no", "live", "inbound", "answered", "reply",
        "csat", "open", "keep", "queued", "new",
    ]

    static func make<Value: Decodable>(_ type: Value.Type, at place: SchemaPlace) throws -> Value {
        if let value = known(type, at: place) { return value }
        var failure: (any Error)?
        for word in words {
            do {
                return try Value(from: SchemaProbe(place: place, word: word))
            } catch {
                failure = failure ?? error
            }
        }
        throw failure
            ?? DecodingError.valueNotFound(
                type, DecodingError.Context(codingPath: [], debugDescription: "no word fits"))
    }

    /// Types that stand for one value in a way of their own.
    private static func known<Value>(_ type: Value.Type, at place: SchemaPlace) -> Value? {
        switch type {
        case is JSONValue.Type:
            place.shape = .value(.object([]))
            return JSONValue.null as? Value
        case is Timestamp.Type:
            place.shape = .value(["type": "string", "format": "date-time"])
            return Timestamp(Instant(milliseconds: 0)) as? Value
        case is API.PartyID.Type:
            place.shape = .value(["type": ["integer", "string"]])
            return API.PartyID.agent(AgentID(rawValue: "sara")) as? Value
        case let cases as any CaseIterable.Type:
            return first(of: cases, at: place) as? Value
        default: return nil
        }
    }

    private static func first<Word: CaseIterable>(
        of type: Word.Type, at place: SchemaPlace
    ) -> Word? {
        let words = type.allCases.compactMap { word -> String? in
            (word as? any RawRepresentable)?.rawValue as? String
        }
        place.shape = .value([
            "type": "string", "enum": .array(words.map { .string($0) }),
        ])
        return type.allCases.first
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        place.makeObject()
        return KeyedDecodingContainer(SchemaObject<Key>(place: place))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer {
        SchemaList(place: place.element())
    }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        SchemaValue(place: place, word: word)
    }
}

/// A single value.
struct SchemaValue: SingleValueDecodingContainer {
    let place: SchemaPlace
    let word: String
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { false }
    func decode(_ type: Bool.Type) -> Bool { note("boolean", false) }
    func decode(_ type: String.Type) -> String { note("string", word) }
    func decode(_ type: Double.Type) -> Double { note("number", 0) }
    func decode(_ type: Float.Type) -> Float { note("number", 0) }
    func decode(_ type: Int.Type) -> Int { note("integer", 1) }
    func decode(_ type: Int8.Type) -> Int8 { note("integer", 1) }
    func decode(_ type: Int16.Type) -> Int16 { note("integer", 1) }
    func decode(_ type: Int32.Type) -> Int32 { note("integer", 1) }
    func decode(_ type: Int64.Type) -> Int64 { note("integer", 1) }
    func decode(_ type: UInt.Type) -> UInt { note("integer", 1) }
    func decode(_ type: UInt8.Type) -> UInt8 { note("integer", 1) }
    func decode(_ type: UInt16.Type) -> UInt16 { note("integer", 1) }
    func decode(_ type: UInt32.Type) -> UInt32 { note("integer", 1) }
    func decode(_ type: UInt64.Type) -> UInt64 { note("integer", 1) }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try SchemaProbe.make(type, at: place)
    }

    private func note<Value>(_ type: String, _ value: Value) -> Value {
        place.shape = .value(["type": .string(type)])
        return value
    }
}

/// A list with one element.
struct SchemaList: UnkeyedDecodingContainer {
    let place: SchemaPlace
    private(set) var currentIndex = 0
    var codingPath: [any CodingKey] { [] }
    var count: Int? { 1 }
    var isAtEnd: Bool { currentIndex > 0 }

    init(place: SchemaPlace) { self.place = place }

    mutating func decodeNil() -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        currentIndex = 1
        return try SchemaProbe.make(type, at: place)
    }

    mutating func nestedContainer<Key: CodingKey>(
        keyedBy type: Key.Type
    ) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(SchemaObject<Key>(place: place))
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer {
        SchemaList(place: place.element())
    }

    mutating func superDecoder() -> any Decoder { SchemaProbe(place: place) }
}

/// An object with every member it is asked for.
struct SchemaObject<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let place: SchemaPlace
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try SchemaProbe.make(type, at: place.member(key.stringValue, .needed))
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) -> Value? {
        probe(type, key)
    }

    // One overload for each primitive: the protocol has defaults for them that would come first.
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) -> Bool? { probe(type, key) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) -> String? { probe(type, key) }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) -> Double? { probe(type, key) }
    func decodeIfPresent(_ type: Float.Type, forKey key: Key) -> Float? { probe(type, key) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) -> Int? { probe(type, key) }
    func decodeIfPresent(_ type: Int8.Type, forKey key: Key) -> Int8? { probe(type, key) }
    func decodeIfPresent(_ type: Int16.Type, forKey key: Key) -> Int16? { probe(type, key) }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) -> Int32? { probe(type, key) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) -> Int64? { probe(type, key) }
    func decodeIfPresent(_ type: UInt.Type, forKey key: Key) -> UInt? { probe(type, key) }
    func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) -> UInt8? { probe(type, key) }
    func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) -> UInt16? { probe(type, key) }
    func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) -> UInt32? { probe(type, key) }
    func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) -> UInt64? { probe(type, key) }

    private func probe<Value: Decodable>(_ type: Value.Type, _ key: Key) -> Value? {
        try? SchemaProbe.make(type, at: place.member(key.stringValue, .nullable))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedDecodingContainer<Nested> {
        KeyedDecodingContainer(
            SchemaObject<Nested>(place: place.member(key.stringValue, .needed)))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer {
        SchemaList(place: place.member(key.stringValue, .needed).element())
    }

    func superDecoder() -> any Decoder { SchemaProbe(place: place) }
    func superDecoder(forKey key: Key) -> any Decoder {
        SchemaProbe(place: place.member(key.stringValue, .needed))
    }
}
