internal import HelpdeskCore
internal import HelpdeskStore

/// Asks the configured rules about a ticket, within its transaction, and carries out what they want: team, priority and tags as
/// events of their own, skills and language as what the ticket requires from then on.
struct TicketRules {
    /// What was said, as far as it is still kept.
    struct Words {
        var subject: String?
        var text: String?
        var sender: IdentityAddress?
    }

    /// Who chose the team that the ticket is in.
    enum Chooser { case inbox, person }

    let session: TicketSession

    private var book: RuleBook<RoutingEffect> { session.policy.rules }

    /// A ticket that was only just opened, or was taken out of the spam.
    /// - Parameter words: nil: as they are kept.
    func opened(
        _ number: TicketNumber, words: Words? = nil, chooser: Chooser = .inbox, cause: Position?
    ) throws {
        guard !book.rules.isEmpty else { return }
        let row = try session.row(number)
        guard row.ticket.isRoutable else { return }
        switch chooser {
        case .inbox: try apply(book, to: row, words, .opened, cause: cause)
        case .person:
            try apply(book.keeping(to: row.ticket.team), to: row, words, .opened, cause: cause)
        }
    }

    /// A ticket that a person handed to another team: what the rules ask of whoever takes it there.
    func transferred(_ number: TicketNumber, cause: Position?) throws {
        let row = try session.row(number)
        guard !book.rules.isEmpty || row.requirements != .none else { return }
        try apply(
            book.keeping(to: row.ticket.team), to: row, nil, .transferred, cause: cause)
    }

    private func apply(
        _ book: RuleBook<RoutingEffect>, to row: TicketRow, _ words: Words?,
        _ occasion: RulesApplied.Occasion, cause: Position?
    ) throws {
        let words = try words ?? kept(row)
        let run = book.run(on: try subject(row, words))
        guard !run.applied.isEmpty || row.requirements != .none else { return }
        let demands = RoutingDemands(run.effects)
        let matches =
            run.matches.isEmpty
            ? nil
            : try session.transaction.keep(
                json: run.matches, as: .ruleMatches, of: row.ticket.customer,
                salt: session.desk.salt())
        let events = try session.perform(
            .applyRules(
                RulesApplied(
                    occasion: occasion, rules: run.applied,
                    requirements: TicketRequirements(
                        skills: demands.skills, language: demands.language),
                    matches: matches)), on: row, by: .system, cause: cause)
        guard occasion == .opened else { return }
        try carryOut(demands, on: row.ticket.number, cause: events.first?.position)
    }

    private func carryOut(
        _ demands: RoutingDemands, on number: TicketNumber, cause: Position?
    ) throws {
        let ticket = try session.row(number).ticket
        if let team = demands.team, team != ticket.team,
            let privacy = session.policy.teams[team]?.privacy
        {
            try perform(.transfer(to: team, isPrivate: privacy, brief: nil), number, cause)
        }
        if let priority = demands.priority, priority != ticket.priority {
            try perform(.prioritise(priority), number, cause)
        }
        let room = max(Ticket.maximumTags - ticket.tags.count, 0)
        let tags = demands.tags.filter { !ticket.tags.contains($0) }.prefix(room)
        if !tags.isEmpty { try perform(.tag(add: Array(tags), remove: []), number, cause) }
    }

    private func perform(
        _ command: TicketCommand, _ number: TicketNumber, _ cause: Position?
    ) throws {
        try session.perform(command, on: try session.row(number), by: .system, cause: cause)
    }

    private func kept(_ row: TicketRow) throws -> Words {
        let first = try session.reader.firstWords(of: row.ticket.number)
        return Words(
            subject: try row.subject.flatMap { try session.reader.content($0) },
            text: first?.text, sender: first?.sender)
    }

    private func subject(_ row: TicketRow, _ words: Words) throws -> RuleSubject {
        let ticket = row.ticket
        let root = try session.reader.root(of: ticket.customer)
        let known = try session.reader.settings(of: root)
        var subject = RuleSubject.routing(
            inbox: ticket.inbox, channel: ticket.channel, team: ticket.team,
            priority: ticket.priority, tags: ticket.tags, segments: known.segments,
            standing: known.standing)
        subject[.language] = row.language.map { .text($0) }
        subject[.subject] = words.subject.map { .text($0) }
        subject[.text] = words.text.map { .text($0) }
        subject[.sender] = words.sender.map { .text($0.value) }
        for (key, value) in try session.reader.customerAttributes(root) {
            subject[.attribute(key)] = .text(value)
        }
        return subject
    }
}
