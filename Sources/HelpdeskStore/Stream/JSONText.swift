internal import HelpdeskCore

/// Codable values as JSON, written straight into bytes: what the stream and content rows hold. Foundation's encoder
/// builds a tree first and took two fifths of the writer's time (20 agents in a routing decision, 7 events in a mail).
/// Keys stand in the order in which a type writes them. A container is written to its end before its parent is gone on with,
/// which every type of ours does.
enum JSONText {
    static func text(of value: some Encodable) throws -> String {
        let sink = JSONSink()
        try sink.write(value, at: 0)
        return String(decoding: sink.bytes, as: UTF8.self)
    }
}

/// The bytes so far and the containers still open. Used by one call of `JSONText.text` and never kept.
final class JSONSink {
    private(set) var bytes: [UInt8] = []
    private var open: [Frame] = []

    private struct Frame {
        let end: UInt8
        var isEmpty = true
    }

    init() { bytes.reserveCapacity(1024) }

    var depth: Int { open.count }

    /// Writes a value as the next thing inside the container at `depth`.
    func write(_ value: some Encodable, at depth: Int) throws {
        let before = bytes.count
        try value.encode(to: JSONValueEncoder(sink: self, depth: depth))
        close(to: depth)
        // A type without any field writes nothing by itself.
        if bytes.count == before { raw("{}") }
    }

    /// Begins an object or array; its depth.
    func begin(_ start: Character) -> Int {
        bytes.append(start == "{" ? 0x7B : 0x5B)
        open.append(Frame(end: start == "{" ? 0x7D : 0x5D))
        return open.count
    }

    func close(to depth: Int) {
        while open.count > depth, let frame = open.popLast() { bytes.append(frame.end) }
    }

    /// Makes room for the next member of the container at `depth`.
    func next(at depth: Int) {
        close(to: depth)
        guard depth > 0, depth <= open.count else { return }
        if open[depth - 1].isEmpty {
            open[depth - 1].isEmpty = false
        } else {
            bytes.append(0x2C)
        }
    }

    func raw(_ text: StaticString) {
        bytes.append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    func key(_ key: some CodingKey, at depth: Int) {
        next(at: depth)
        string(key.stringValue)
        bytes.append(0x3A)
    }

    func bool(_ value: Bool) { raw(value ? "true" : "false") }

    func number(_ value: some FixedWidthInteger) { bytes.append(contentsOf: String(value).utf8) }

    /// JSON knows neither infinities nor "not a number".
    func number(_ value: Double) throws {
        guard value.isFinite else {
            throw EncodingError.invalidValue(
                value,
                EncodingError.Context(codingPath: [], debugDescription: "not a finite number"))
        }
        bytes.append(contentsOf: "\(value)".utf8)
    }

    func string(_ text: String) { JSONString.append(text, to: &bytes) }
}
