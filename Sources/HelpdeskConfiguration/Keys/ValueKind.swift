import TOMLReading

/// How one kind of value is described and read: the single place that knows what a duration or an address is.
struct ValueKind<Value: Sendable>: Sendable {
    typealias Read =
        @Sendable (_ node: TOMLNode, _ key: String, _ reader: inout ConfigurationReader) -> Value?

    let name: String
    let expectation: String
    let visibility: KeyDescription.Visibility
    let nested: SectionDescription?
    /// Gives nil only after it has recorded at least one problem.
    let read: Read

    init(
        _ name: String, expectation: String, visibility: KeyDescription.Visibility = .shown,
        nested: SectionDescription? = nil, read: @escaping Read
    ) {
        self.name = name
        self.expectation = expectation
        self.visibility = visibility
        self.nested = nested
        self.read = read
    }

    /// A kind whose values are right or wrong as a whole.
    init(
        _ name: String, expectation: String,
        decode: @escaping @Sendable (TOMLValue) throws(Mismatch) -> Value
    ) {
        self.init(name, expectation: expectation) { node, key, reader in
            do throws(Mismatch) {
                return try decode(node.value)
            } catch {
                reader.refuse(node, key: key, expected: expectation, hint: error.hint)
                return nil
            }
        }
    }

    func description(
        name: String, presence: KeyDescription.Presence, meaning: String, example: String,
        channels: [String]
    ) -> KeyDescription {
        KeyDescription(
            name: name, kind: self.name, expectation: expectation, presence: presence,
            meaning: meaning, example: example, channels: channels, visibility: visibility,
            nested: nested)
    }
}

/// Says that a value is not of a kind, and what to try.
struct Mismatch: Error {
    let hint: String?

    init(hint: String? = nil) { self.hint = hint }
}

extension TOMLValue {
    /// The text of a string, for the kinds that are written as one.
    func text() throws(Mismatch) -> String {
        guard case .string(let text) = self else { throw Mismatch() }
        return text
    }

    /// What stands there, for the end of a message. Bounded, printable; passwords in URLs are masked.
    var seen: String {
        switch self {
        case .string(let text):
            let shown = URLText.masked(text)
            return TOMLText.quoted(shown.count > 60 ? shown.prefix(60) + "…" : shown)
        case .array: return "a list"
        case .table: return "a table"
        case .integer, .float, .boolean, .date, .timeOfDay, .dateTime: return TOMLText.of(self)
        }
    }
}
