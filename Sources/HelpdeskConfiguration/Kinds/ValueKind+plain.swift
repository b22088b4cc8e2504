import HelpdeskCore
import TOMLReading

extension ValueKind where Value == Bool {
    static var flag: Self {
        Self("true or false", expectation: "true or false") { value throws(Mismatch) in
            switch value {
            case .boolean(let flag): return flag
            case .string("true"), .string("false"), .string("yes"), .string("no"):
                throw Mismatch(hint: "write true or false without quotes")
            default: throw Mismatch()
            }
        }
    }
}

extension ValueKind where Value == Int {
    static func number(_ range: ClosedRange<Int>) -> Self {
        let expectation = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        return Self("number", expectation: expectation) { value throws(Mismatch) in
            guard case .integer(let number) = value, let small = Int(exactly: number),
                range.contains(small)
            else { throw Mismatch() }
            return small
        }
    }
}

extension ValueKind where Value == String {
    /// One line of text.
    static func text(_ what: String = "text", atMost limit: Int = 200) -> Self {
        let expectation = "\(what), one line of at most \(limit) characters"
        return Self("text", expectation: expectation) { value throws(Mismatch) in
            let text = try value.text()
            guard !text.isEmpty, text.unicodeScalars.count <= limit,
                !text.unicodeScalars.contains(where: isUnprintable)
            else { throw Mismatch() }
            return text
        }
    }

    /// Text of several lines, as it is put into mails.
    static func paragraphs(atMost limit: Int) -> Self {
        let expectation = "text of at most \(limit) characters"
        return Self("text", expectation: expectation) { value throws(Mismatch) in
            try paragraphs(value, atMost: limit)
        }
    }

    /// Text under answers, with places such as `{agent}`.
    static var signature: Self {
        let expectation = "text of at most \(TextTemplate.lengthLimit) bytes"
        return Self("text", expectation: expectation) { value throws(Mismatch) in
            let text = try paragraphs(value, atMost: TextTemplate.lengthLimit)
            do throws(TextTemplateError) {
                _ = try TextTemplate(text, for: .signature)
            } catch {
                throw Mismatch(hint: error.description)
            }
            return text
        }
    }

    private static func paragraphs(
        _ value: TOMLValue, atMost limit: Int
    ) throws(Mismatch) -> String {
        let text = try value.text()
        guard text.unicodeScalars.count <= limit,
            text.unicodeScalars.allSatisfy({ $0 == "\n" || $0 == "\t" || !isUnprintable($0) })
        else { throw Mismatch() }
        return text
    }

    /// What teams, inboxes and hours are called. It stands in URLs and command lines, so: letters and digits of
    /// ASCII and `-`, `_`, `.`.
    static func name(_ what: String, example: String) -> Self {
        name(
            expectation:
                "the name of \(what) such as \"\(example)\": up to 64 letters, digits, \"-\", \"_\", \".\""
        )
    }

    /// The name of something that is named elsewhere. That it is there is checked when everything has been read.
    static func reference(_ what: String, example: String) -> Self {
        name(expectation: "the name of \(what) such as \"\(example)\"")
    }

    private static func name(expectation: String) -> Self {
        Self("name", expectation: expectation) { value throws(Mismatch) in
            let text = try value.text()
            let bytes = Array(text.utf8)
            guard let first = bytes.first, isASCIILetter(first) || isASCIIDigit(first),
                bytes.count <= 64, bytes.allSatisfy(isNameByte)
            else { throw Mismatch() }
            return text
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        isASCIILetter(byte) || isASCIIDigit(byte) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
    }

    /// A file or a socket. Relative paths work, and are warned of: systemd starts the daemon in `/`.
    static func path(_ what: String, example: String, atMost limit: Int = 4_096) -> Self {
        let expectation = "\(what) such as \"\(example)\", at most \(limit) bytes"
        return Self("path", expectation: expectation) { node, key, reader in
            guard case .string(let text) = node.value, !text.isEmpty, text.utf8.count <= limit,
                !text.unicodeScalars.contains(where: isUnprintable)
            else {
                reader.refuse(node, key: key, expected: expectation)
                return nil
            }
            if !text.hasPrefix("/") {
                reader.warn(
                    node.place, key: key,
                    "\(TOMLText.quoted(text)) is relative to wherever the daemon is started; begin with \"/\""
                )
            }
            return text
        }
    }

    /// 107 bytes: what fits a socket's address with its NUL (unix(7)).
    static func socketPath(_ example: String) -> Self {
        path("the path of a socket", example: example, atMost: 107)
    }

    static var region: Self {
        Self("region", expectation: "a country as two capitals, such as \"IR\"") {
            value throws(Mismatch) in
            let text = try value.text()
            guard text.utf8.count == 2, text.utf8.allSatisfy(isASCIILetter) else {
                throw Mismatch()
            }
            guard text == text.uppercased() else {
                throw Mismatch(hint: "write \"\(text.uppercased())\"")
            }
            return text
        }
    }

    static var timeZone: Self {
        let expectation = "a time zone such as \"Asia/Tehran\""
        return Self("time zone", expectation: expectation) { node, key, reader in
            guard case .string(let text) = node.value, !text.isEmpty, text.utf8.count <= 64,
                reader.isKnownTimeZone(text)
            else {
                reader.refuse(node, key: key, expected: expectation)
                return nil
            }
            return text
        }
    }
}

extension ValueKind
where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of a few words.
    static func choice(_ what: String) -> Self {
        let known = Value.allCases.map(\.rawValue)
        let listed = known.map(TOMLText.quoted).joined(separator: ", ")
        return Self(what, expectation: "\(what): one of \(listed)") { value throws(Mismatch) in
            let text = try value.text()
            guard let choice = Value(rawValue: text) else {
                throw Mismatch(
                    hint: SpellingSuggestion.nearest(to: text, among: known)
                        .map { "did you mean \(TOMLText.quoted($0))?" })
            }
            return choice
        }
    }
}

extension ValueKind {
    /// A list of values of one kind. Each wrong element is its own problem, at its own place.
    static func list<Element>(
        of kind: ValueKind<Element>, _ plural: String, counts: ClosedRange<Int>
    ) -> Self where Value == [Element] {
        let least = counts.lowerBound == 0 ? "at most" : "\(counts.lowerBound) to"
        let expectation = "a list of \(least) \(counts.upperBound) \(plural)"
        return Self("list of \(plural)", expectation: expectation, nested: kind.nested) {
            node, key, reader in
            guard case .array(let nodes) = node.value, counts.contains(nodes.count) else {
                let isOne = if case .string = node.value { true } else { false }
                reader.refuse(
                    node, key: key, expected: expectation,
                    hint: isOne ? "put it in brackets: [\(node.value.seen)]" : nil)
                return nil
            }
            let elements = nodes.map { kind.read($0, key, &reader) }
            return elements.contains { $0 == nil } ? nil : elements.compactMap { $0 }
        }
    }

    /// A table inside a section, with described keys of its own.
    static func table(
        _ name: String, _ section: SectionDescription,
        read: @escaping @Sendable (SectionTable, inout ConfigurationReader) -> Value?
    ) -> Self {
        let known = section.keys.map(\.name).joined(separator: ", ")
        let expectation = "a table with keys of: \(known)"
        return Self(name, expectation: expectation, nested: section) { node, key, reader in
            guard case .table(let table) = node.value else {
                reader.refuse(node, key: key, expected: expectation)
                return nil
            }
            let before = reader.problems.count
            let value = read(reader.enter(table, as: section), &reader)
            return reader.problems.count == before ? value : nil
        }
    }
}
