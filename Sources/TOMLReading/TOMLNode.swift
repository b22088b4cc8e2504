/// One value of a TOML document and where it stands.
package struct TOMLNode: Sendable, Equatable {
    package let value: TOMLValue
    package let place: SourcePlace

    package init(value: TOMLValue, place: SourcePlace) {
        self.value = value
        self.place = place
    }
}

/// The kinds of value that TOML 1.0 has. Times of day and date-times are told apart from dates only so that a
/// message can name them; no key of ours takes one.
package enum TOMLValue: Sendable, Equatable {
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
package struct TOMLTable: Sendable, Equatable {
    /// `{ … }` is a value and is never merged; `[section]` and dotted keys are sections and are.
    package enum Form: Sendable { case section, inline }

    package var entries: [TOMLEntry]
    package let form: Form
    package let place: SourcePlace

    package init(entries: [TOMLEntry], form: Form, place: SourcePlace) {
        self.entries = entries
        self.form = form
        self.place = place
    }

    package func entry(_ key: String) -> TOMLEntry? { entries.first { $0.key == key } }
}

package struct TOMLEntry: Sendable, Equatable {
    package let key: String
    package let keyPlace: SourcePlace
    package var node: TOMLNode

    package init(key: String, keyPlace: SourcePlace, node: TOMLNode) {
        self.key = key
        self.keyPlace = keyPlace
        self.node = node
    }
}
