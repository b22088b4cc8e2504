/// Reads CSV (RFC 4180) from chunks of bytes of any size, row by row, in bounded memory.
///
/// A field may be quoted, and then hold delimiters, line breaks and doubled quotes. Lines end with LF,
/// CRLF or CR. Empty lines are passed over, a UTF-8 byte order mark too. A row that is too long or badly
/// quoted costs one line: reading goes on with the line after the one it began on.
package struct CSVReader {
    /// At most this many bytes in a row, quotes and line breaks included.
    static let maximumRowBytes = 64 * 1024
    static let maximumFields = 512

    package enum Item: Equatable {
        case row(CSVRow)
        /// `line` is where the row began, counted from 1.
        case fault(line: Int, CSVFault)
    }

    private enum Place {
        case fieldStart
        case plain
        case quoted
        /// After a quote within a quoted field: its end, or half of a doubled quote.
        case quoteInQuoted
        /// In the rest of a line that was given up.
        case skipping
    }

    private let delimiter: UInt8
    private var place = Place.fieldStart
    private var row = CSVRow(line: 1)
    private var line = 1
    private var previousEndedRow = false
    /// The row's bytes as read, to read all but its first line again after a fault.
    private var raw: [UInt8] = []
    /// What is read again before the next chunk; at most one row.
    private var again: [UInt8] = []
    private var againIndex = 0
    /// The first bytes of the file until it is known whether they are a byte order mark; then nil.
    private var head: [UInt8]? = []
    /// Bytes of the file taken, without those that are read again.
    private var consumed = 0
    /// Bytes of the file before the row that is not complete yet.
    private(set) var rowStart = 0

    package init(delimiter: UInt8 = UInt8(ascii: ",")) {
        self.delimiter = delimiter
        raw.reserveCapacity(1024)
    }

    /// Takes the next chunk and returns what it completes, in order.
    package mutating func read(_ chunk: [UInt8]) -> [Item] {
        var items: [Item] = []
        guard var held = head else {
            readAll(chunk[...], &items)
            return items
        }
        held += chunk
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        guard held.count >= mark.count else {
            head = held
            return []
        }
        head = nil
        guard held.starts(with: mark) else {
            readAll(held[...], &items)
            return items
        }
        consumed = mark.count
        rowStart = consumed
        readAll(held.dropFirst(mark.count), &items)
        return items
    }

    /// The file has ended; its last row may lack a line end.
    package mutating func finish() -> [Item] {
        var items: [Item] = []
        if let held = head {
            head = nil
            readAll(held[...], &items)
        }
        // Each fault gives up at least one line of what was held, so this ends.
        while !raw.isEmpty {
            if place == .quoted {
                fail(.quoteNotClosed, &items)
                readAll([], &items)
            } else {
                endRow(&items)
            }
        }
        return items
    }

    private mutating func readAll(_ chunk: ArraySlice<UInt8>, _ items: inout [Item]) {
        for byte in chunk {
            readAgain(&items)
            consumed += 1
            take(byte, &items)
        }
        readAgain(&items)
    }

    private mutating func readAgain(_ items: inout [Item]) {
        while againIndex < again.count {
            againIndex += 1
            take(again[againIndex - 1], &items)
        }
        if !again.isEmpty {
            again.removeAll(keepingCapacity: true)
            againIndex = 0
        }
    }

    private mutating func take(_ byte: UInt8, _ items: inout [Item]) {
        let endedRow = previousEndedRow
        previousEndedRow = false
        // The LF of a CRLF whose CR has ended the row.
        if byte == 0x0A, endedRow { return }
        if place == .skipping {
            guard byte == 0x0A || byte == 0x0D else { return }
            previousEndedRow = byte == 0x0D
            line += 1
            return begin()
        }
        raw.append(byte)
        switch place {
        case .quoted:
            if byte == UInt8(ascii: "\"") { place = .quoteInQuoted } else { row.append(byte) }
        case .quoteInQuoted where byte == UInt8(ascii: "\""):
            row.append(byte)
            place = .quoted
        case .fieldStart where byte == UInt8(ascii: "\""):
            place = .quoted
        case .fieldStart, .plain, .quoteInQuoted, .skipping:
            takeOutsideQuotes(byte, &items)
        }
        if raw.count >= Self.maximumRowBytes {
            fail(.tooLong(limit: Self.maximumRowBytes), &items)
        }
    }

    private mutating func takeOutsideQuotes(_ byte: UInt8, _ items: inout [Item]) {
        switch byte {
        case delimiter:
            row.endField()
            place = .fieldStart
            if row.count >= Self.maximumFields {
                fail(.tooManyFields(limit: Self.maximumFields), &items)
            }
        case 0x0A, 0x0D:
            previousEndedRow = byte == 0x0D
            endRow(&items)
        default:
            if place == .quoteInQuoted { return fail(.textAfterQuote, &items) }
            row.append(byte)
            place = .plain
        }
    }

    private mutating func endRow(_ items: inout [Item]) {
        row.endField()
        let finished = row
        line += Self.lineBreaks(raw)
        begin()
        // A line without anything is no row.
        if finished.count > 1 || !finished[0].isEmpty { items.append(.row(finished)) }
    }

    private mutating func begin() {
        rowStart = consumed - (again.count - againIndex)
        raw.removeAll(keepingCapacity: true)
        row = CSVRow(line: line)
        place = .fieldStart
    }

    /// Gives up the line the row began on; what was read beyond it is read again.
    private mutating func fail(_ fault: CSVFault, _ items: inout [Item]) {
        items.append(.fault(line: row.line, fault))
        guard let end = raw.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
            begin()
            place = .skipping
            return
        }
        again = Array(raw[(end + 1)...]) + again[againIndex...]
        againIndex = 0
        // `begin` below counts what is read again as not taken yet.
        previousEndedRow = raw[end] == 0x0D
        line += 1
        begin()
    }

    private static func lineBreaks(_ bytes: [UInt8]) -> Int {
        var count = 0
        var previous: UInt8 = 0
        for byte in bytes {
            if byte == 0x0D || (byte == 0x0A && previous != 0x0D) { count += 1 }
            previous = byte
        }
        return count
    }
}

/// Why a row could not be read.
package enum CSVFault: Equatable, CustomStringConvertible {
    case tooLong(limit: Int)
    case tooManyFields(limit: Int)
    case quoteNotClosed
    case textAfterQuote

    package var description: String {
        switch self {
        case .tooLong(let limit): "the row is longer than \(limit) bytes (a quote left open?)"
        case .tooManyFields(let limit): "the row has more than \(limit) fields"
        case .quoteNotClosed: "a quote is never closed"
        case .textAfterQuote: "text follows the closing quote of a field; quotes within are doubled"
        }
    }
}
