internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore

extension API.Macro {
    init(_ entry: MacroEntry) {
        let macro = entry.macro
        var texts: [String: String] = [:]
        for (language, text) in macro.texts { texts[language.rawValue] = text }
        self.init(
            name: macro.name.rawValue, title: macro.title, teams: macro.teams, texts: texts,
            actions: API.MacroActions(macro), updatedAt: Timestamp(entry.updatedAt),
            updatedBy: entry.updatedBy, version: entry.version)
    }
}

extension API.MacroActions {
    init(_ macro: Macro) {
        let assign: String? =
            switch macro.holder {
            case nil: nil
            case .applier: "me"
            case .agent(let agent): agent.rawValue
            case .nobody: "none"
            }
        let (status, reason): (TicketStatus?, ClosingReason?) =
            switch macro.ending {
            case .unchanged: (nil, nil)
            case .pending: (.pending, nil)
            case .closed(let reason): (.closed, reason)
            }
        self.init(
            addTags: macro.addTags, removeTags: macro.removeTags, priority: macro.priority,
            transfer: macro.transfer, assign: assign, note: macro.note, status: status,
            closingReason: reason, snooze: macro.snooze)
    }
}

extension API.MacroOutcome {
    init(
        _ name: MacroID, _ plan: MacroPlan, applied: Bool, _ ticket: API.Ticket,
        _ message: API.Message?
    ) {
        self.init(
            macro: name.rawValue, applied: applied, language: plan.language?.rawValue,
            text: plan.text, effects: plan.steps.map(Effect.init),
            warnings: plan.warnings.map(\.sentence), ticket: ticket, message: message)
    }
}

extension API.MacroOutcome.Effect {
    init(_ planned: MacroPlan.Planned) {
        let sentence = planned.step.sentence(time: RFC3339.text)
        self.init(
            kind: planned.step.kind,
            sentence: planned.skipped.map { "\(sentence): nothing to do, \($0)" } ?? sentence,
            skipped: planned.skipped != nil)
    }
}

extension API.Reminder {
    init(_ entry: ReminderEntry) {
        self.init(
            ticket: entry.ticket, subject: entry.subject, at: Timestamp(entry.at),
            note: entry.note, state: entry.state.rawValue)
    }
}

extension API.WrittenNote.Mention {
    init(_ outcome: MentionOutcome) {
        self.init(
            agent: outcome.agent, told: outcome.fate == .told, sentence: outcome.sentence)
    }
}

extension DeskAPI {
    static func language(_ text: String) throws(DeskProblem) -> LanguageCode {
        guard let language = LanguageCode(text) else {
            throw .invalid("language", "a language such as en or fa was expected")
        }
        return language
    }

    /// A macro out of a body; what cannot be is said at its place.
    static func macro(
        _ body: API.MacroRequest, named name: MacroID
    ) throws(DeskProblem) -> Macro {
        let actions = body.actions ?? API.MacroActions()
        var texts: [LanguageCode: String] = [:]
        for (tag, text) in body.texts ?? [:] {
            guard let language = LanguageCode(tag), texts[language] == nil else {
                throw .invalid("texts.\(tag)", "each language once, such as en or fa, was expected")
            }
            texts[language] = text
        }
        guard texts.count <= 50 else {
            throw .invalid("texts", "at most 50 languages were expected")
        }
        let holder: Macro.Holder? =
            switch actions.assign {
            case nil: nil
            case "me": .applier
            case "none": .nobody
            case .some(let login): .agent(AgentID(rawValue: login))
            }
        let ending: Macro.Ending
        switch (actions.status, actions.closingReason) {
        case (nil, nil): ending = .unchanged
        case (.pending, nil): ending = .pending
        case (.closed, let reason): ending = .closed(reason ?? .solved)
        case (.new, _), (.open, _):
            throw .invalid("actions.status", "pending or closed was expected")
        case (nil, .some), (.pending, .some):
            throw .invalid("actions.closing_reason", "goes with status closed only")
        }
        do throws(MacroFault) {
            return try Macro(
                name: name, title: body.title, teams: body.teams ?? [], texts: texts,
                addTags: actions.addTags, removeTags: actions.removeTags,
                priority: actions.priority, transfer: actions.transfer, holder: holder,
                note: actions.note, ending: ending, snooze: actions.snooze)
        } catch {
            throw .invalid(error.place, "expected \(error.expected)")
        }
    }
}
