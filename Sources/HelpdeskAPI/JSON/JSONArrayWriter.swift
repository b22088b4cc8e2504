/// Writes the elements of an array.
struct JSONArrayWriter: UnkeyedEncodingContainer {
    let place: JSONPlace
    let codingPath: [any CodingKey]

    var count: Int {
        if case .array(let elements) = place.content { elements.count } else { 0 }
    }

    func encodeNil() { place.element().content = .value(.null) }
    func encode(_ value: some Encodable) throws {
        try place.element().fill(with: value, path: codingPath)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        encoder.container(keyedBy: keyType)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder.unkeyedContainer() }
    func superEncoder() -> any Encoder { encoder }

    private var encoder: JSONPlaceEncoder {
        JSONPlaceEncoder(place: place.element(), codingPath: codingPath)
    }
}
