/// Where a value stands in a document: `body.entry[0].changes[].value`, `query."hub.mode"`,
/// `change.contacts[wa_id=message.from].profile.name`.
struct PresetPath: Sendable, Equatable {
    static let mostSteps = 16

    enum Step: Sendable, Equatable {
        case member(String)
        /// `[]`: each element of a list; of a text, its parts between commas.
        case every
        /// `[2]`, `[-1]`: an element, negative from the end.
        case at(Int)
        /// `[#media]`: the element with the number that the binding has in its own list.
        case sameNumber(String)
        /// `[key=operand]`: the elements whose member is equal to it.
        case matching(member: String, PresetOperand)
    }

    let root: String
    let steps: [Step]

    /// Whether it may name several values.
    var isMany: Bool { steps.contains(.every) }

    init(root: String, steps: [Step] = []) {
        self.root = root
        self.steps = steps
    }

    init(_ scanner: inout PresetScanner) throws(PresetTextFault) {
        let root = try scanner.word("a path, such as body.message.text")
        var steps: [Step] = []
        while true {
            if scanner.take(".") {
                if scanner.take("\"") {
                    steps.append(.member(try scanner.quoted(by: "\"")))
                } else {
                    steps.append(.member(try scanner.word("a member's name")))
                }
            } else if scanner.take("[") {
                steps.append(try Self.bracketed(&scanner))
            } else {
                break
            }
            guard steps.count <= Self.mostSteps else {
                throw scanner.fault("a path has at most \(Self.mostSteps) steps")
            }
        }
        self.root = root
        self.steps = steps
    }

    private static func bracketed(_ scanner: inout PresetScanner) throws(PresetTextFault) -> Step {
        let step: Step
        if scanner.take("]") { return .every }
        if scanner.take("#") {
            step = .sameNumber(try scanner.word("a binding's name"))
        } else if let byte = scanner.current, PresetScanner.isDigit(byte) || byte == 0x2D {
            step = .at(try scanner.integer())
        } else {
            let member = try scanner.word("a number, #binding, member=value, or nothing")
            guard scanner.take("=") else { throw scanner.fault("expected =") }
            step = .matching(member: member, try PresetOperand(&scanner))
        }
        guard scanner.take("]") else { throw scanner.fault("expected ]") }
        return step
    }
}

/// What a value is compared with.
indirect enum PresetOperand: Sendable, Equatable {
    case literal(String)
    case path(PresetPath)

    /// `'text'`, a number, or a path.
    init(_ scanner: inout PresetScanner) throws(PresetTextFault) {
        if scanner.take("'") {
            self = .literal(try scanner.quoted(by: "'"))
        } else if let byte = scanner.current, PresetScanner.isDigit(byte) || byte == 0x2D {
            self = .literal(String(try scanner.integer()))
        } else {
            self = .path(try PresetPath(&scanner))
        }
    }

    /// Every path in it, itself included.
    var paths: [PresetPath] {
        if case .path(let path) = self { path.allPaths } else { [] }
    }
}

extension PresetPath {
    /// Itself, and the paths within its brackets.
    var allPaths: [PresetPath] {
        [self]
            + steps.flatMap { step -> [PresetPath] in
                if case .matching(_, let operand) = step { operand.paths } else { [] }
            }
    }
}
