/// Writes the members of an object, nil as null. One overload for each primitive, because that is how Swift asks.
struct JSONStreamObject<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let stream: JSONStream
    let depth: Int
    var codingPath: [any CodingKey] { [] }

    private func name(_ key: Key) { stream.name(key.stringValue, at: depth) }

    func encodeNil(forKey key: Key) {
        name(key)
        stream.append()
    }

    func encode(_ value: Bool, forKey key: Key) {
        name(key)
        stream.append(value)
    }

    func encode(_ value: String, forKey key: Key) {
        name(key)
        stream.append(value)
    }

    func encode(_ value: Double, forKey key: Key) throws {
        name(key)
        try stream.append(value)
    }

    func encode(_ value: Float, forKey key: Key) throws { try encode(Double(value), forKey: key) }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        name(key)
        try stream.append(document: value)
    }

    func encode(_ value: Int, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: Int8, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: Int16, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: Int32, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: Int64, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: UInt, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: UInt8, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: UInt16, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: UInt32, forKey key: Key) throws { try integer(value, key) }
    func encode(_ value: UInt64, forKey key: Key) throws { try integer(value, key) }

    private func integer(_ value: some BinaryInteger, _ key: Key) throws {
        name(key)
        try stream.append(integer: value)
    }

    func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
    }

    func encodeIfPresent(_ value: Bool?, forKey key: Key) {
        if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
    }

    func encodeIfPresent(_ value: String?, forKey key: Key) {
        if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
    }

    func encodeIfPresent(_ value: Double?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
    }

    func encodeIfPresent(_ value: Float?, forKey key: Key) throws {
        try encodeIfPresent(value.map { Double($0) }, forKey: key)
    }

    func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try integer(value, key) }
    func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try integer(value, key) }
    func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try integer(value, key) }
    func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try integer(value, key) }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try integer(value, key) }
    func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try integer(value, key) }
    func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try integer(value, key) }
    func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try integer(value, key) }
    func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try integer(value, key) }
    func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try integer(value, key) }

    private func integer(_ value: (some BinaryInteger)?, _ key: Key) throws {
        if let value { try integer(value, key) } else { encodeNil(forKey: key) }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        stream.giveUp()
        return JSONStreamEncoder.elsewhere.container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        stream.giveUp()
        return JSONStreamEncoder.elsewhere.unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        stream.giveUp()
        return JSONStreamEncoder.elsewhere
    }

    func superEncoder(forKey key: Key) -> any Encoder { superEncoder() }
}

/// Writes the elements of an array.
struct JSONStreamArray: UnkeyedEncodingContainer {
    let stream: JSONStream
    let depth: Int
    var codingPath: [any CodingKey] { [] }
    var count: Int { stream.count(at: depth) }

    func encodeNil() {
        stream.element(at: depth)
        stream.append()
    }

    func encode(_ value: String) {
        stream.element(at: depth)
        stream.append(value)
    }

    func encode<Value: Encodable>(_ value: Value) throws {
        stream.element(at: depth)
        try stream.append(document: value)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        stream.giveUp()
        return JSONStreamEncoder.elsewhere.container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        stream.giveUp()
        return JSONStreamEncoder.elsewhere.unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        stream.giveUp()
        return JSONStreamEncoder.elsewhere
    }
}

/// Writes a single value.
struct JSONStreamValue: SingleValueEncodingContainer {
    let stream: JSONStream
    var codingPath: [any CodingKey] { [] }

    func encodeNil() { stream.append() }
    func encode(_ value: Bool) { stream.append(value) }
    func encode(_ value: String) { stream.append(value) }
    func encode(_ value: Double) throws { try stream.append(value) }
    func encode(_ value: Float) throws { try stream.append(Double(value)) }
    func encode<Value: Encodable>(_ value: Value) throws { try stream.append(document: value) }

    func encode(_ value: Int) throws { try stream.append(integer: value) }
    func encode(_ value: Int8) throws { try stream.append(integer: value) }
    func encode(_ value: Int16) throws { try stream.append(integer: value) }
    func encode(_ value: Int32) throws { try stream.append(integer: value) }
    func encode(_ value: Int64) throws { try stream.append(integer: value) }
    func encode(_ value: UInt) throws { try stream.append(integer: value) }
    func encode(_ value: UInt8) throws { try stream.append(integer: value) }
    func encode(_ value: UInt16) throws { try stream.append(integer: value) }
    func encode(_ value: UInt32) throws { try stream.append(integer: value) }
    func encode(_ value: UInt64) throws { try stream.append(integer: value) }
}
