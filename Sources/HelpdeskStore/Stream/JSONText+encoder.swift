/// What a value writes itself into. `depth` is that of the container around it.
struct JSONValueEncoder: Encoder {
    let sink: JSONSink
    let depth: Int
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(JSONObject<Key>(sink: sink, depth: begin("{")))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        JSONArray(sink: sink, depth: begin("["))
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        JSONSingle(sink: sink, depth: depth)
    }

    /// Asked for twice, a container goes on where it was.
    private func begin(_ start: Character) -> Int {
        guard sink.depth > depth else { return sink.begin(start) }
        sink.close(to: depth + 1)
        return depth + 1
    }
}

private struct JSONObject<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let sink: JSONSink
    let depth: Int
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) {
        sink.key(key, at: depth)
        sink.raw("null")
    }

    func encode(_ value: Bool, forKey key: Key) {
        sink.key(key, at: depth)
        sink.bool(value)
    }

    func encode(_ value: String, forKey key: Key) {
        sink.key(key, at: depth)
        sink.string(value)
    }

    func encode(_ value: Int, forKey key: Key) {
        sink.key(key, at: depth)
        sink.number(value)
    }

    func encode(_ value: Int64, forKey key: Key) {
        sink.key(key, at: depth)
        sink.number(value)
    }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        sink.key(key, at: depth)
        try sink.write(value, at: depth)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        sink.key(key, at: depth)
        return KeyedEncodingContainer(JSONObject<Nested>(sink: sink, depth: sink.begin("{")))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        sink.key(key, at: depth)
        return JSONArray(sink: sink, depth: sink.begin("["))
    }

    func superEncoder() -> any Encoder { JSONValueEncoder(sink: sink, depth: depth) }

    func superEncoder(forKey key: Key) -> any Encoder {
        sink.key(key, at: depth)
        return JSONValueEncoder(sink: sink, depth: depth)
    }
}

private struct JSONArray: UnkeyedEncodingContainer {
    let sink: JSONSink
    let depth: Int
    private(set) var count = 0
    var codingPath: [any CodingKey] { [] }

    init(sink: JSONSink, depth: Int) {
        self.sink = sink
        self.depth = depth
    }

    mutating func encodeNil() {
        next()
        sink.raw("null")
    }

    mutating func encode<Value: Encodable>(_ value: Value) throws {
        next()
        try sink.write(value, at: depth)
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        next()
        return KeyedEncodingContainer(JSONObject<Nested>(sink: sink, depth: sink.begin("{")))
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        next()
        return JSONArray(sink: sink, depth: sink.begin("["))
    }

    mutating func superEncoder() -> any Encoder {
        next()
        return JSONValueEncoder(sink: sink, depth: depth)
    }

    private mutating func next() {
        sink.next(at: depth)
        count += 1
    }
}

/// A bare value; every other kind of number comes here too.
private struct JSONSingle: SingleValueEncodingContainer {
    let sink: JSONSink
    let depth: Int
    var codingPath: [any CodingKey] { [] }

    func encodeNil() { sink.raw("null") }
    func encode(_ value: Bool) { sink.bool(value) }
    func encode(_ value: String) { sink.string(value) }
    func encode(_ value: Double) throws { try sink.number(value) }
    func encode(_ value: Float) throws { try sink.number(Double(value)) }
    func encode(_ value: Int) { sink.number(value) }
    func encode(_ value: Int8) { sink.number(value) }
    func encode(_ value: Int16) { sink.number(value) }
    func encode(_ value: Int32) { sink.number(value) }
    func encode(_ value: Int64) { sink.number(value) }
    func encode(_ value: UInt) { sink.number(value) }
    func encode(_ value: UInt8) { sink.number(value) }
    func encode(_ value: UInt16) { sink.number(value) }
    func encode(_ value: UInt32) { sink.number(value) }
    func encode(_ value: UInt64) { sink.number(value) }
    func encode<Value: Encodable>(_ value: Value) throws { try sink.write(value, at: depth) }
}
