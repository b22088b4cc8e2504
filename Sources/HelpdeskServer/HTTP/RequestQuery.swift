internal import HelpdeskAPI
internal import HelpdeskCore

/// The query of a request. Names we do not know are ignored.
struct RequestQuery: Sendable {
    static let defaultLimit = 50
    /// Above it a limit is capped, not refused.
    static let maximumLimit = 500

    private let pairs: [(name: String, value: String)]

    init(_ text: String?) { pairs = text.map { PercentCoding.pairs($0.utf8) } ?? [] }

    /// The first value; an empty one counts as left out.
    subscript(_ name: String) -> String? {
        pairs.first { $0.name == name && !$0.value.isEmpty }?.value
    }

    /// A value, or values parted by commas or repeated.
    func list(_ name: String) -> [String] {
        pairs.filter { $0.name == name }.flatMap {
            $0.value.split(separator: ",").map { String($0) }
        }
    }

    func required(_ name: String) throws(DeskProblem) -> String {
        guard let value = self[name] else {
            throw .malformed("query \(name)", "a value was expected")
        }
        return value
    }

    /// A whole number, in Latin, Persian or Arabic digits.
    func number(_ name: String) throws(DeskProblem) -> Int64? {
        guard let value = self[name] else { return nil }
        guard let number = Int64(PersianDigits.ascii(value)) else {
            throw .malformed("query \(name)", "a whole number was expected")
        }
        return number
    }

    func time(_ name: String) throws(DeskProblem) -> Instant? {
        guard let value = self[name] else { return nil }
        if let instant = RFC3339.instant(value) { return instant }
        if let instant = RFC3339.instant("\(value)T00:00:00Z") { return instant }
        throw .malformed("query \(name)", "a time like 2026-03-20T08:11:00Z was expected")
    }

    /// One of some words.
    func word<Word: RawRepresentable>(
        _ name: String, as type: Word.Type, expected: String
    ) throws(DeskProblem) -> Word? where Word.RawValue == String {
        guard let value = self[name] else { return nil }
        guard let word = Word(rawValue: value) else {
            throw .malformed("query \(name)", "\(expected) was expected")
        }
        return word
    }

    func limit() throws(DeskProblem) -> Int {
        guard let number = try number("limit") else { return Self.defaultLimit }
        guard number > 0 else { throw .malformed("query limit", "a number from 1 was expected") }
        return Int(clamping: min(number, Int64(Self.maximumLimit)))
    }
}
