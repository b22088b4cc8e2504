/// One value of a JSON document, and where it stood.
package struct JSONNode: Sendable {
    package enum Value: Sendable {
        case null
        case boolean(Bool)
        /// As written; nothing is rounded.
        case number(String)
        case text(String)
        case list([JSONNode])
        case object([String: JSONNode])
    }

    package let value: Value
    /// Bytes of the document.
    package let range: Range<Int>

    package init(value: Value, range: Range<Int>) {
        self.value = value
        self.range = range
    }

    /// For people: what a wrong value is.
    package var kind: String {
        switch value {
        case .null: "null"
        case .boolean: "true or false"
        case .number: "a number"
        case .text: "text"
        case .list: "a list"
        case .object: "an object"
        }
    }
}

/// Why a document is not taken: where, as a path (`messages[0].sender.id`, empty for the whole) or a
/// byte offset, and what was expected.
package struct JSONFault: Error, Equatable, CustomStringConvertible {
    package let place: String
    package let reason: String

    package init(place: String, reason: String) {
        self.place = place
        self.reason = reason
    }

    package var description: String { place.isEmpty ? reason : "\(place): \(reason)" }
}
