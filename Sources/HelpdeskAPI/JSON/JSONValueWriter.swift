/// Writes the one value of a place.
struct JSONValueWriter: SingleValueEncodingContainer {
    let place: JSONPlace
    let codingPath: [any CodingKey]

    func encodeNil() { place.content = .value(.null) }
    func encode(_ value: Bool) { place.content = .value(.bool(value)) }
    func encode(_ value: String) { place.content = .value(.string(value)) }
    func encode(_ value: Int) { place.content = .value(.integer(Int64(value))) }
    func encode(_ value: Int8) { place.content = .value(.integer(Int64(value))) }
    func encode(_ value: Int16) { place.content = .value(.integer(Int64(value))) }
    func encode(_ value: Int32) { place.content = .value(.integer(Int64(value))) }
    func encode(_ value: Int64) { place.content = .value(.integer(value)) }
    func encode(_ value: UInt8) { place.content = .value(.integer(Int64(value))) }
    func encode(_ value: UInt16) { place.content = .value(.integer(Int64(value))) }
    func encode(_ value: UInt32) { place.content = .value(.integer(Int64(value))) }
    func encode(_ value: UInt) throws { try encode(UInt64(value)) }
    func encode(_ value: Float) throws { try encode(Double(value)) }

    func encode(_ value: UInt64) throws {
        guard let number = Int64(exactly: value) else {
            throw fault(value, "is too large a number for this API")
        }
        place.content = .value(.integer(number))
    }

    func encode(_ value: Double) throws {
        guard value.isFinite else { throw fault(value, "is no finite number") }
        place.content = .value(.number(value))
    }

    func encode<Value: Encodable>(_ value: Value) throws {
        try place.fill(with: value, path: codingPath)
    }

    private func fault(_ value: Any, _ reason: String) -> EncodingError {
        .invalidValue(value, .init(codingPath: codingPath, debugDescription: reason))
    }
}
