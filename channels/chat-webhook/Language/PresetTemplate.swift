/// Text with values in it: `Order {m.order.id | 'without number'}`. `{{` and `}}` are braces.
struct PresetTemplate: Sendable, Equatable {
    static let mostParts = 32

    enum Part: Sendable, Equatable {
        case literal(String)
        /// The first of them that is not empty.
        case choice([PresetOperand])
    }

    let parts: [Part]

    init(parts: [Part]) { self.parts = parts }

    init(_ text: String) throws(PresetTextFault) {
        var scanner = PresetScanner(text)
        var parts: [Part] = []
        while !scanner.isAtEnd {
            let literal = scanner.literal()
            if !literal.isEmpty { parts.append(.literal(literal)) }
            if scanner.take("}") {
                guard scanner.take("}") else { throw scanner.fault("a lone }; write }}") }
                parts.append(.literal("}"))
            } else if scanner.take("{") {
                if scanner.take("{") {
                    parts.append(.literal("{"))
                } else {
                    parts.append(.choice(try Self.choice(&scanner)))
                }
            }
            guard parts.count <= Self.mostParts else {
                throw scanner.fault("a text has at most \(Self.mostParts) parts")
            }
        }
        self.parts = parts
    }

    private static func choice(
        _ scanner: inout PresetScanner
    ) throws(PresetTextFault) -> [PresetOperand] {
        var choice: [PresetOperand] = []
        repeat {
            scanner.skipBlanks()
            choice.append(try PresetOperand(&scanner))
            scanner.skipBlanks()
        } while scanner.take("|")
        guard scanner.take("}") else { throw scanner.fault("expected | or }") }
        return choice
    }

    /// Every path in it, those within brackets too.
    var paths: [PresetPath] {
        parts.flatMap { part -> [PresetPath] in
            if case .choice(let choice) = part { choice.flatMap(\.paths) } else { [] }
        }
    }
}
