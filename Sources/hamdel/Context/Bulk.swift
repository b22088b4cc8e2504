internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore
internal import Terminal

/// One change for one ticket or for many: asks where it should, goes on after a failure, and says what came of each.
struct Bulk {
    let context: CommandContext
    let output: OutputOptions
    let consent: BulkConsent
    let version: Int64?

    /// Tickets typed by hand are meant; more of them are asked about.
    private static let askedBeyond = 10

    init(_ context: CommandContext, _ output: OutputOptions, _ options: BulkOptions) {
        self.context = context
        self.output = output
        consent = options.consent
        version = options.ifVersion
    }

    init(
        _ context: CommandContext, _ output: OutputOptions, _ consent: BulkConsent,
        ifVersion: Int64? = nil
    ) {
        self.context = context
        self.output = output
        self.consent = consent
        version = ifVersion
    }

    /// `verb` as in "would VERB #12"; `card`: how one of them is shown to people.
    func run<Item: Tabular>(
        _ selection: TicketSelection, _ verb: String, _ type: Item.Type,
        card: ((Item) -> [String])? = nil,
        change: (TicketNumber, HelpdeskClient.Conditions) async throws -> [UInt8]
    ) async throws {
        let numbers = try numbers(of: selection)
        if version != nil && numbers.count > 1 {
            throw ValidationError("--if-version is for one ticket")
        }
        switch consent {
        case .dryRun:
            return try Printer(context, output).text(
                numbers.map { "would \(verb) #\($0.rawValue)" })
        case .given: break
        case .notAsked:
            let isMany = selection == .standardInput || numbers.count > Self.askedBeyond
            if isMany && numbers.count > 1 {
                throw ValidationError(
                    "this would \(verb) \(numbers.count) tickets: say --yes, or --dry-run to see")
            }
        }
        let conditions = HelpdeskClient.Conditions(version: version)
        if numbers.count == 1, let number = numbers.first {
            return try Printer(context, output).item(
                type, try await change(number, conditions), card: card)
        }
        try await many(numbers, type) { try await change($0, conditions) }
    }

    private func numbers(of selection: TicketSelection) throws -> [TicketNumber] {
        switch selection {
        case .numbers(let numbers): return numbers
        case .standardInput:
            let bytes = try context.input.readAll(limit: 1_048_576)
            guard let numbers = TicketSelection.numbers(in: String(decoding: bytes, as: UTF8.self))
            else {
                throw ValidationError(
                    "standard input must hold ticket numbers, at most \(TicketSelection.limit)")
            }
            return numbers
        }
    }

    private func many<Item: Tabular>(
        _ numbers: [TicketNumber], _ type: Item.Type,
        change: (TicketNumber) async throws -> [UInt8]
    ) async throws {
        var done: [JSONValue] = []
        var firstFailure: ClientFailure?
        for number in numbers {
            do {
                done.append(try JSONReader.value(of: try await change(number)))
            } catch let failure as ClientFailure {
                context.say("#\(number.rawValue): \(failure)")
                firstFailure = firstFailure ?? failure
                // Nobody there, or no longer allowed: the rest would only say the same.
                guard failure.concernsOneTicket else { break }
            }
        }
        let list = JSONValue.object([
            JSONMember(Item.listName, .array(done)), JSONMember("next_cursor", .null),
        ])
        if firstFailure == nil || !done.isEmpty {
            try Printer(context, output).list(type, JSONText.bytes(of: list))
        }
        guard let firstFailure else { return }
        throw done.isEmpty ? firstFailure.exit : .partly
    }
}

extension ClientFailure {
    fileprivate var concernsOneTicket: Bool {
        switch self {
        case .problem(let problem, _): ![401, 429, 503].contains(problem.status)
        case .notUnderstood: true
        case .unreachable, .interrupted, .configuration, .local, .cancelled: false
        }
    }
}
