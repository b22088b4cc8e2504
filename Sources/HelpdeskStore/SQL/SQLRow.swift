public import HelpdeskCore

/// The current row of a query; columns by place, in the order the statement lists them. A missing or mistyped column is
/// damage or a programmer's mistake and is thrown, never trapped on.
public struct SQLRow: ~Copyable {
    let column: (Int) -> SQLValue
    public let count: Int

    public init(count: Int, column: @escaping (Int) -> SQLValue) {
        self.count = count
        self.column = column
    }

    public func value(_ index: Int) -> SQLValue {
        index >= 0 && index < count ? column(index) : .null
    }

    public func integer(_ index: Int) throws(StoreError) -> Int64 {
        guard case .integer(let value) = value(index) else { throw .damaged("column \(index)") }
        return value
    }

    public func optionalInteger(_ index: Int) -> Int64? {
        guard case .integer(let value) = value(index) else { return nil }
        return value
    }

    public func text(_ index: Int) throws(StoreError) -> String {
        guard case .text(let value) = value(index) else { throw .damaged("column \(index)") }
        return value
    }

    public func optionalText(_ index: Int) -> String? {
        guard case .text(let value) = value(index) else { return nil }
        return value
    }

    public func blob(_ index: Int) throws(StoreError) -> [UInt8] {
        switch value(index) {
        case .blob(let value): return value
        case .text(let value): return Array(value.utf8)
        case .null, .integer: throw .damaged("column \(index)")
        }
    }

    public func instant(_ index: Int) throws(StoreError) -> Instant {
        Instant(milliseconds: try integer(index))
    }

    public func optionalInstant(_ index: Int) -> Instant? {
        optionalInteger(index).map { Instant(milliseconds: $0) }
    }

    /// An id or enum stored by its raw value.
    public func word<Word: RawRepresentable>(
        _ index: Int, as type: Word.Type = Word.self
    ) throws(StoreError) -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: try text(index)) else { throw .damaged("column \(index)") }
        return word
    }

    public func optionalWord<Word: RawRepresentable>(
        _ index: Int, as type: Word.Type = Word.self
    ) -> Word? where Word.RawValue == String {
        optionalText(index).flatMap { Word(rawValue: $0) }
    }

    public func number<Number: RawRepresentable>(
        _ index: Int, as type: Number.Type = Number.self
    ) throws(StoreError) -> Number where Number.RawValue == Int64 {
        guard let number = Number(rawValue: try integer(index)) else {
            throw .damaged("column \(index)")
        }
        return number
    }

    public func optionalNumber<Number: RawRepresentable>(
        _ index: Int, as type: Number.Type = Number.self
    ) -> Number? where Number.RawValue == Int64 {
        optionalInteger(index).flatMap { Number(rawValue: $0) }
    }
}
