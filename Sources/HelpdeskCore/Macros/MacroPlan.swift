/// What a macro does to one ticket, decided before anything is done: a preview shows it, applying it carries it out.
public struct MacroPlan: Hashable, Sendable {
    /// One thing to do.
    public enum Step: Hashable, Sendable {
        case tag(add: [String], remove: [String])
        case prioritise(TicketPriority)
        case transfer(TeamID)
        case assign(AgentID)
        case unassign
        case note(String)
        /// An answer, with what becomes of the ticket then.
        case reply(String, then: TicketCommand.AfterReply)
        case pending
        case close(ClosingReason)
        case snooze(until: Instant)
    }

    public struct Planned: Hashable, Sendable {
        public var step: Step
        /// Why there is nothing to do; nil: it is done.
        public var skipped: String?
    }

    public enum Warning: Hashable, Sendable {
        /// The customer's language has no text here.
        case otherLanguage(wanted: LanguageCode, used: LanguageCode)
        /// A place of the text had nothing to fill it and no words for that.
        case empty(TextPlaceholder)
    }

    /// What the ticket and whoever applies the macro bring along.
    public struct Facts: Hashable, Sendable {
        public var ticket: Ticket
        public var applier: AgentID
        /// The customer's, as far as it is known.
        public var language: LanguageCode?
        public var inboxLanguage: LanguageCode
        /// Asked for by the agent.
        public var asked: LanguageCode?
        public var parameters: TextParameters
        /// The agent's own text instead of the macro's; blank: none goes out.
        public var text: String?

        public init(
            ticket: Ticket, applier: AgentID, language: LanguageCode?,
            inboxLanguage: LanguageCode, asked: LanguageCode? = nil, parameters: TextParameters,
            text: String? = nil
        ) {
            self.ticket = ticket
            self.applier = applier
            self.language = language
            self.inboxLanguage = inboxLanguage
            self.asked = asked
            self.parameters = parameters
            self.text = text
        }
    }

    /// Of the text; nil where there is none.
    public var language: LanguageCode?
    public var steps: [Planned]
    public var warnings: [Warning]

    /// What goes to the customer.
    public var text: String? {
        for planned in steps { if case .reply(let text, _) = planned.step { return text } }
        return nil
    }

    /// - Parameter when: the clock of whoever applies it.
    public static func make(_ macro: Macro, for facts: Facts, when: WhenText) -> MacroPlan {
        var plan = MacroPlan(language: nil, steps: [], warnings: [])
        plan.labels(macro, facts.ticket)
        plan.holders(macro, facts)
        plan.words(macro, facts)
        plan.ending(macro, facts.ticket, when)
        return plan
    }

    private mutating func add(_ step: Step, unless skipped: String? = nil) {
        steps.append(Planned(step: step, skipped: skipped))
    }

    private mutating func labels(_ macro: Macro, _ ticket: Ticket) {
        if !macro.addTags.isEmpty || !macro.removeTags.isEmpty {
            let isChange =
                macro.addTags.contains { !ticket.tags.contains($0) }
                || macro.removeTags.contains { ticket.tags.contains($0) }
            add(
                .tag(add: macro.addTags, remove: macro.removeTags),
                unless: isChange ? nil : "they are so already")
        }
        if let priority = macro.priority {
            add(
                .prioritise(priority),
                unless: priority == ticket.priority ? "it is so already" : nil)
        }
    }

    private mutating func holders(_ macro: Macro, _ facts: Facts) {
        var holder = facts.ticket.assignee
        if let team = macro.transfer {
            let isThere = team == facts.ticket.team
            add(.transfer(team), unless: isThere ? "it is there already" : nil)
            if !isThere { holder = nil }
        }
        switch macro.holder {
        case nil: break
        case .applier, .agent:
            let agent = if case .agent(let named) = macro.holder { named } else { facts.applier }
            add(.assign(agent), unless: holder == agent ? "it is theirs already" : nil)
        case .nobody: add(.unassign, unless: holder == nil ? "nobody holds it" : nil)
        }
    }

    private mutating func words(_ macro: Macro, _ facts: Facts) {
        let chosen = Self.language(of: macro, facts)
        if let note = macro.note {
            add(.note(fill(note, facts, chosen ?? facts.inboxLanguage)))
        }
        guard let chosen, let template = macro.texts[chosen] else { return }
        language = chosen
        let wanted = facts.asked ?? facts.language ?? facts.inboxLanguage
        let text: String
        if let own = facts.text {
            text = own
        } else {
            if wanted != chosen { warnings.append(.otherLanguage(wanted: wanted, used: chosen)) }
            text = fill(template, facts, chosen)
        }
        guard text.utf8.contains(where: { $0 > 0x20 }) else { return }
        let then: TicketCommand.AfterReply =
            switch macro.ending {
            case .unchanged: .keep
            case .pending: .pending
            case .closed(let reason): .close(reason)
            }
        add(.reply(text, then: then))
    }

    /// What was asked for, else the customer's language, else the inbox's, else English, else the first there is.
    static func language(of macro: Macro, _ facts: Facts) -> LanguageCode? {
        let wishes = [facts.asked, facts.language, facts.inboxLanguage, .english]
        return wishes.compactMap { $0 }.first { macro.texts[$0] != nil } ?? macro.texts.keys.min()
    }

    private mutating func fill(
        _ text: String, _ facts: Facts, _ language: LanguageCode
    ) -> String {
        // A macro is checked when it is written; text that was not goes out as it is.
        guard let template = try? TextTemplate(text, places: Macro.places) else { return text }
        let values = facts.parameters
        let shape = TextLanguage(language) ?? .english
        for place in template.placesWithoutWords
        where values.value(of: place, in: shape).isEmpty && !warnings.contains(.empty(place)) {
            warnings.append(.empty(place))
        }
        return template.filled { values.value(of: $0, in: shape) }
    }

    private mutating func ending(_ macro: Macro, _ ticket: Ticket, _ when: WhenText) {
        // An answer takes the ending with it.
        if text == nil {
            switch macro.ending {
            case .unchanged: break
            case .pending:
                let why: String? =
                    switch ticket.status {
                    case .pending: "it waits for the customer already"
                    case .closed: "it is closed"
                    case .new, .open: nil
                    }
                add(.pending, unless: why)
            case .closed(let reason):
                add(.close(reason), unless: ticket.status == .closed ? "it is closed already" : nil)
            }
        }
        guard let snooze = macro.snooze, let until = when.moment(snooze) else { return }
        add(.snooze(until: until), unless: ticket.status == .closed ? "it is closed" : nil)
    }
}
