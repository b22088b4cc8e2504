/// Answers the questions of all rules about one ticket; each field is folded once.
struct RuleReading {
    private let subject: RuleSubject
    private var folded: [RuleField: [[UInt8]]] = [:]
    private var exact: [RuleField: [[UInt8]]] = [:]
    private var words: [RuleField: [[String]]] = [:]

    init(_ subject: RuleSubject) { self.subject = subject }

    mutating func holds(_ test: RuleTest) -> Bool {
        switch test.comparison {
        case .isOne(let operands): isOne(test, operands)
        case .isNone(let operands): !isOne(test, operands)
        case .contains(let operands): anyText(test, operands) { BytePattern($1).occurs(in: $0) }
        case .containsNone(let operands):
            !anyText(test, operands) { BytePattern($1).occurs(in: $0) }
        case .mentions(let operands): mentions(test.field, operands)
        case .mentionsNone(let operands): !mentions(test.field, operands)
        case .begins(let operands): anyText(test, operands) { $0.starts(with: $1) }
        case .above(let bound): number(test.field).map { $0 > bound } ?? false
        case .below(let bound): number(test.field).map { $0 < bound } ?? false
        case .isSet: subject[test.field] != nil
        case .isNotSet: subject[test.field] == nil
        }
    }

    private mutating func isOne(_ test: RuleTest, _ operands: [String]) -> Bool {
        if case .number(let number) = subject[test.field] {
            return operands.contains { RuleNumber.read($0) == number }
        }
        return anyText(test, operands) { $0 == $1 }
    }

    private mutating func anyText(
        _ test: RuleTest, _ operands: [String], _ matches: ([UInt8], [UInt8]) -> Bool
    ) -> Bool {
        let texts = bytes(of: test.field, test.matching)
        guard !texts.isEmpty else { return false }
        return operands.contains { operand in
            let wanted = Self.bytes(operand, test.matching)
            return !wanted.isEmpty && texts.contains { matches($0, wanted) }
        }
    }

    private mutating func mentions(_ field: RuleField, _ operands: [String]) -> Bool {
        let known = words[field] ?? texts(of: field).map { TextFold.words(in: $0, limit: .max) }
        words[field] = known
        return operands.contains { operand in
            let phrase = TextFold.words(in: operand, limit: 32)
            guard let first = phrase.first else { return false }
            return known.contains { text in
                text.indices.contains { index in
                    text[index] == first && text[index...].starts(with: phrase)
                }
            }
        }
    }

    private func number(_ field: RuleField) -> Double? {
        switch subject[field] {
        case .number(let number): number
        case .text(let text): RuleNumber.read(text)
        case .texts, nil: nil
        }
    }

    private mutating func bytes(of field: RuleField, _ matching: RuleTest.Matching) -> [[UInt8]] {
        if let known = matching == .folded ? folded[field] : exact[field] { return known }
        let texts = texts(of: field).map { Self.bytes($0, matching) }
        switch matching {
        case .folded: folded[field] = texts
        case .exact: exact[field] = texts
        }
        return texts
    }

    private func texts(of field: RuleField) -> [String] {
        let texts: [String] =
            switch subject[field] {
            case .text(let text): [text]
            case .texts(let texts): texts
            case .number(let number): [RuleReading.text(number)]
            case nil: []
            }
        return texts.map { text in
            text.utf8.count <= RuleSubject.textLimit
                ? text : String(decoding: text.utf8.prefix(RuleSubject.textLimit), as: UTF8.self)
        }
    }

    private static func text(_ number: Double) -> String {
        let whole = Int64(exactly: number)
        return whole.map { "\($0)" } ?? "\(number)"
    }

    private static func bytes(_ text: String, _ matching: RuleTest.Matching) -> [UInt8] {
        switch matching {
        case .folded: Array(TextFold.folded(text).utf8)
        case .exact: Array(text.utf8)
        }
    }
}

/// A text to look for, with the table that lets the search never go back (Knuth, Morris and Pratt): linear, whatever
/// a customer writes.
struct BytePattern {
    private let bytes: [UInt8]
    /// How long the beginning is that the pattern up to here also ends with.
    private let borders: [Int]

    init(_ bytes: [UInt8]) {
        var borders = [Int](repeating: 0, count: bytes.count)
        var length = 0
        for index in bytes.indices.dropFirst() {
            while length > 0, bytes[index] != bytes[length] { length = borders[length - 1] }
            if bytes[index] == bytes[length] { length += 1 }
            borders[index] = length
        }
        self.bytes = bytes
        self.borders = borders
    }

    /// An empty pattern occurs everywhere.
    func occurs(in text: [UInt8]) -> Bool {
        guard !bytes.isEmpty else { return true }
        var matched = 0
        for byte in text {
            while matched > 0, byte != bytes[matched] { matched = borders[matched - 1] }
            if byte == bytes[matched] { matched += 1 }
            if matched == bytes.count { return true }
        }
        return false
    }
}
