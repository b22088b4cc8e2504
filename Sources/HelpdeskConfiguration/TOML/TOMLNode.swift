/// One value of a TOML document and where it stands.
struct TOMLNode: Sendable, Equatable {
    let value: TOMLValue
    let place: SourcePlace
}

/// The kinds of value that TOML 1.0 has. Times of day and date-times are told apart from dates only so that a
/// message can name them; no key of ours takes one.
enum TOMLValue: Sendable, Equatable {
    case table(TOMLTable)
    case array([TOMLNode])
    case string(String)
    case integer(Int64)
    case float(Double)
    case boolean(Bool)
    case date(year: Int, month: Int, day: Int)
    case timeOfDay
    case dateTime
}

/// A table in the order of the file. Keys are unique.
struct TOMLTable: Sendable, Equatable {
    /// `{ … }` is a value and is never merged; `[section]` and dotted keys are sections and are.
    enum Form: Sendable { case section, inline }

    var entries: [TOMLEntry]
    let form: Form
    let place: SourcePlace

    func entry(_ key: String) -> TOMLEntry? { entries.first { $0.key == key } }
}

struct TOMLEntry: Sendable, Equatable {
    let key: String
    let keyPlace: SourcePlace
    var node: TOMLNode
}
