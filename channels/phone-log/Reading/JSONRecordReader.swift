/// Cuts a stream of JSON objects (one behind the other, on lines, or in one list) into objects, from chunks of any size, in bounded
/// memory. What stands between objects does not count.
struct JSONRecordReader {
    static let maximumRecordBytes = 1024 * 1024

    private enum Place { case between, inside, text, escaped, skipping }

    private var place = Place.between
    private var depth = 0
    private var record: [UInt8] = []
    private var line = 1
    private var recordLine = 1
    private(set) var consumed = 0
    private var start = 0

    /// Where the object begins that is not complete yet.
    var rowStart: Int { place == .between ? consumed : start }

    mutating func read(_ chunk: [UInt8]) -> [CSVReader.Item] {
        var items: [CSVReader.Item] = []
        for byte in chunk {
            take(byte, &items)
            consumed += 1
            if byte == 0x0A { line += 1 }
        }
        return items
    }

    mutating func finish() -> [CSVReader.Item] {
        guard place != .between, place != .skipping else { return [] }
        place = .between
        return [.fault(line: recordLine, .quoteNotClosed)]
    }

    private mutating func take(_ byte: UInt8, _ items: inout [CSVReader.Item]) {
        switch place {
        case .between:
            guard byte == UInt8(ascii: "{") else { return }
            record.removeAll(keepingCapacity: true)
            record.append(byte)
            (depth, recordLine, start) = (1, line, consumed)
            place = .inside
            return
        case .skipping:
            // The next line may begin a new object.
            if byte == 0x0A { place = .between }
            return
        case .inside:
            switch byte {
            case UInt8(ascii: "\""): place = .text
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"): depth -= 1
            default: break
            }
        case .text:
            if byte == UInt8(ascii: "\\") {
                place = .escaped
            } else if byte == UInt8(ascii: "\"") {
                place = .inside
            }
        case .escaped: place = .text
        }
        record.append(byte)
        if depth == 0, place == .inside {
            items.append(.row(CSVRow(line: recordLine, whole: record)))
            place = .between
        } else if record.count >= Self.maximumRecordBytes {
            items.append(.fault(line: recordLine, .tooLong(limit: Self.maximumRecordBytes)))
            place = .skipping
        }
    }
}

/// What a file is read with.
enum LogReader {
    case csv(CSVReader)
    case json(JSONRecordReader)

    mutating func read(_ chunk: [UInt8]) -> [CSVReader.Item] {
        switch self {
        case .csv(var reader):
            // Not held twice while it grows, or every chunk would copy it.
            self = .json(JSONRecordReader())
            defer { self = .csv(reader) }
            return reader.read(chunk)
        case .json(var reader):
            self = .json(JSONRecordReader())
            defer { self = .json(reader) }
            return reader.read(chunk)
        }
    }

    mutating func finish() -> [CSVReader.Item] {
        switch self {
        case .csv(var reader):
            defer { self = .csv(reader) }
            return reader.finish()
        case .json(var reader):
            defer { self = .json(reader) }
            return reader.finish()
        }
    }

    /// Bytes of the file before the row that is not complete yet.
    var rowStart: Int {
        switch self {
        case .csv(let reader): reader.rowStart
        case .json(let reader): reader.rowStart
        }
    }
}
