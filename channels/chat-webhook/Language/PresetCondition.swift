/// A question about the document: `message.text`, `not event.bot_id`, `message.type = 'text'`,
/// `chat.type in 'group', 'supergroup'`, `text starts '/start'`, `from.id != chat.id`.
struct PresetCondition: Sendable, Equatable {
    enum Test: Sendable, Equatable {
        /// It is there, and neither null, false, empty text nor an empty list.
        case present
        case equal([PresetOperand])
        case starts(PresetOperand)
    }

    enum Sense: Sendable, Equatable { case holds, fails }

    let path: PresetPath
    let test: Test
    let sense: Sense

    init(_ text: String) throws(PresetTextFault) {
        var scanner = PresetScanner(text)
        scanner.skipBlanks()
        let isNegated = scanner.take(word: "not")
        scanner.skipBlanks()
        path = try PresetPath(&scanner)
        scanner.skipBlanks()
        if scanner.isAtEnd {
            test = .present
            sense = isNegated ? .fails : .holds
            return
        }
        guard !isNegated else {
            throw scanner.fault("\"not\" stands before a path alone; compare with !=")
        }
        if scanner.take("!") {
            guard scanner.take("=") else { throw scanner.fault("expected !=") }
            test = .equal([try Self.operand(&scanner)])
            sense = .fails
        } else if scanner.take("=") {
            test = .equal([try Self.operand(&scanner)])
            sense = .holds
        } else if scanner.take(word: "starts") {
            test = .starts(try Self.operand(&scanner))
            sense = .holds
        } else {
            sense = scanner.take(word: "not") ? .fails : .holds
            scanner.skipBlanks()
            guard scanner.take(word: "in") else {
                throw scanner.fault("expected =, !=, in, not in, or starts")
            }
            test = .equal(try Self.list(&scanner))
        }
        scanner.skipBlanks()
        guard scanner.isAtEnd else { throw scanner.fault("more than one condition") }
    }

    private static func list(
        _ scanner: inout PresetScanner
    ) throws(PresetTextFault) -> [PresetOperand] {
        var list: [PresetOperand] = []
        repeat {
            list.append(try operand(&scanner))
            scanner.skipBlanks()
        } while scanner.take(",")
        return list
    }

    private static func operand(
        _ scanner: inout PresetScanner
    ) throws(PresetTextFault) -> PresetOperand {
        scanner.skipBlanks()
        return try PresetOperand(&scanner)
    }

    var paths: [PresetPath] {
        switch test {
        case .present: path.allPaths
        case .equal(let operands): path.allPaths + operands.flatMap(\.paths)
        case .starts(let operand): path.allPaths + operand.paths
        }
    }
}

/// `name = path | path`: gives what the path finds a name, one after the other.
struct PresetBinding: Sendable, Equatable {
    let name: String
    /// The first that finds anything is taken.
    let choice: [PresetPath]

    init(_ text: String) throws(PresetTextFault) {
        var scanner = PresetScanner(text)
        scanner.skipBlanks()
        name = try scanner.word("a name")
        scanner.skipBlanks()
        guard scanner.take("=") else { throw scanner.fault("expected =") }
        var choice: [PresetPath] = []
        repeat {
            scanner.skipBlanks()
            choice.append(try PresetPath(&scanner))
            scanner.skipBlanks()
        } while scanner.take("|")
        guard scanner.isAtEnd else { throw scanner.fault("expected | or the end") }
        self.choice = choice
    }

    var paths: [PresetPath] { choice.flatMap(\.allPaths) }
}
