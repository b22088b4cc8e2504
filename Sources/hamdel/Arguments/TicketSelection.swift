internal import ArgumentParser
internal import HelpdeskClient
internal import HelpdeskCore

/// The tickets a command is about: `12`, `#۱۲`, `12,13,20`, or `-` for ids on standard input.
enum TicketSelection: Hashable, ExpressibleByArgument {
    case numbers([TicketNumber])
    case standardInput

    static let limit = 10_000
    static var defaultCompletionKind: CompletionKind { DeskCompletion.tickets }

    init?(argument: String) {
        if argument == "-" {
            self = .standardInput
            return
        }
        guard let numbers = Self.numbers(in: argument) else { return nil }
        self = .numbers(numbers)
    }

    /// Numbers with commas or blanks between them, each once, in the order given; nil when there is anything else,
    /// or none.
    static func numbers(in text: String) -> [TicketNumber]? {
        var numbers: [TicketNumber] = []
        var seen: Set<TicketNumber> = []
        for word in text.split(whereSeparator: { $0 == "," || $0 == "،" || $0.isWhitespace }) {
            guard let value = NumberText.positive(String(word)), numbers.count < limit else {
                return nil
            }
            let number = TicketNumber(rawValue: value)
            if seen.insert(number).inserted { numbers.append(number) }
        }
        return numbers.isEmpty ? nil : numbers
    }
}

/// One ticket.
struct TicketArgument: Hashable, ExpressibleByArgument {
    static var defaultCompletionKind: CompletionKind { DeskCompletion.tickets }

    let number: TicketNumber

    init?(argument: String) {
        guard let value = NumberText.positive(argument) else { return nil }
        number = TicketNumber(rawValue: value)
    }
}

/// The id of a message, customer or recovery.
struct IDArgument: Hashable, ExpressibleByArgument {
    let value: Int64

    init?(argument: String) {
        guard let value = NumberText.positive(argument) else { return nil }
        self.value = value
    }
}
