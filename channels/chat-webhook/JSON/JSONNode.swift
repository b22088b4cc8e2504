/// One value of a JSON document, and where it stood.
struct JSONNode: Sendable {
    enum Value: Sendable {
        case null
        case boolean(Bool)
        /// As written; nothing is rounded.
        case number(String)
        case text(String)
        case list([JSONNode])
        case object([String: JSONNode])
    }

    let value: Value
    /// Bytes of the document.
    let range: Range<Int>

    /// For people: what a wrong value is.
    var kind: String {
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
struct JSONFault: Error, Equatable, CustomStringConvertible {
    let place: String
    let reason: String

    var description: String { place.isEmpty ? reason : "\(place): \(reason)" }
}
