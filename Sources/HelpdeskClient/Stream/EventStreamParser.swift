/// Reads a `text/event-stream` in chunks of any size (WHATWG HTML, section 9.2.6). Holds at most `maximumBytes` of
/// one event; linear in what it is fed.
public struct EventStreamParser: Sendable {
    public static let maximumBytes = 4 * 1_024 * 1_024

    public enum Fault: Error, Hashable, Sendable {
        /// An event, or a line, longer than `maximumBytes`.
        case tooLong
    }

    /// The reconnection time in milliseconds that the stream asked for last.
    public private(set) var retryMilliseconds: Int?
    public private(set) var lastID = ""

    private enum LineEnd {
        case none
        /// A CR ended the line; an LF right after it belongs to it.
        case carriageReturn
    }

    private var line: [UInt8] = []
    private var lineEnd = LineEnd.none
    private var data: [UInt8] = []
    private var hasData = false
    private var type: [UInt8] = []
    private var isAtStart = true

    public init() {}

    /// The events that these bytes complete.
    public mutating func feed(_ bytes: [UInt8]) throws(Fault) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            let previousEnd = lineEnd
            lineEnd = .none
            switch byte {
            case UInt8(ascii: "\n") where previousEnd == .carriageReturn: break
            case UInt8(ascii: "\n"): endLine(&events)
            case UInt8(ascii: "\r"):
                endLine(&events)
                lineEnd = .carriageReturn
            default:
                guard line.count + data.count < Self.maximumBytes else { throw .tooLong }
                line.append(byte)
            }
        }
        return events
    }

    private mutating func endLine(_ events: inout [ServerSentEvent]) {
        defer { line.removeAll(keepingCapacity: true) }
        if isAtStart {
            isAtStart = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        guard !line.isEmpty else { return dispatch(&events) }
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
        // A line that begins with a colon is a comment: the heartbeat.
        if colon == line.startIndex { return }
        var value = line[(colon.map { $0 + 1 } ?? line.endIndex)...]
        if value.first == UInt8(ascii: " ") { value.removeFirst() }
        take(field: line[..<(colon ?? line.endIndex)], value)
    }

    private mutating func take(field: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
        if field.elementsEqual("data".utf8) {
            if hasData { data.append(UInt8(ascii: "\n")) }
            data.append(contentsOf: value)
            hasData = true
        } else if field.elementsEqual("event".utf8) {
            type = Array(value)
        } else if field.elementsEqual("id".utf8) {
            if !value.contains(0) { lastID = String(decoding: value, as: UTF8.self) }
        } else if field.elementsEqual("retry".utf8) {
            let isNumber = !value.isEmpty && value.allSatisfy { (0x30...0x39).contains($0) }
            if isNumber, let milliseconds = Int(String(decoding: value, as: UTF8.self)) {
                retryMilliseconds = milliseconds
            }
        }
    }

    private mutating func dispatch(_ events: inout [ServerSentEvent]) {
        if hasData {
            let name = type.isEmpty ? "message" : String(decoding: type, as: UTF8.self)
            events.append(ServerSentEvent(type: name, data: data, lastID: lastID))
        }
        data.removeAll(keepingCapacity: true)
        hasData = false
        type.removeAll(keepingCapacity: true)
    }
}
