internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

/// Lists to choose from that are not about a decision: macros, drafts, the palette, links, similar tickets.
extension Model {
    mutating func pick(_ command: Command) -> [Effect] {
        switch command {
        case .palette: overlay = .picker(Picker(.palette, Palette.choices(views, settings.keys)))
        case .folds: overlay = .picker(Picker(.folds, foldChoices))
        case .macro: return pickMacro()
        case .drafts: pickDraft()
        case .similar: return pickSimilar()
        default: pickEnclosure()
        }
        return []
    }

    private mutating func pickMacro() -> [Effect] {
        guard let subject = composer?.ticket ?? subject else { return [] }
        overlay = .picker(Picker(.macro(subject), macroChoices, isLoading: macros == nil))
        return [.load(.macros)]
    }

    var macroChoices: [Picker.Choice] {
        (macros ?? []).map {
            Picker.Choice(
                id: $0.name, title: $0.title, detail: $0.texts.keys.sorted().joined(separator: " "),
                preview: $0.texts.sorted { $0.key < $1.key }.first?.value)
        }
    }

    private mutating func pickDraft() {
        let choices = drafts.drafts.reversed().map { draft in
            Picker.Choice(
                id: draft.key,
                title: "\(display.ticket(draft.ticket)) \(draft.kind == .note ? "note" : "reply")",
                detail: display.age(of: draft.updatedAt, now: now), preview: draft.text)
        }
        guard !choices.isEmpty else {
            notice = .done("everything is sent")
            return
        }
        overlay = .picker(Picker(.drafts, choices))
    }

    var foldChoices: [Picker.Choice] {
        Fold.allCases.map {
            Picker.Choice(
                id: $0.rawValue, title: $0.title, detail: folds.contains($0) ? "folded" : "shown")
        }
    }

    private mutating func pickSimilar() -> [Effect] {
        guard let subject, let ticket = ticket(subject) else { return [] }
        let words = SimilarWords.of(ticket.subject ?? "", thread?.lastFromCustomer?.text ?? "")
        guard !words.isEmpty else {
            notice = .failed("there are no words to look for")
            return []
        }
        overlay = .picker(Picker(.similar(subject), [], isLoading: true))
        return [.load(.similar(subject, words: words))]
    }

    mutating func take(similar hits: [API.SearchHit], to number: TicketNumber) -> [Effect] {
        guard case .picker(let picker) = overlay, picker.purpose == .similar(number) else {
            return []
        }
        let choices = hits.map { hit in
            Picker.Choice(
                id: String(hit.ticket.rawValue),
                title: "\(display.ticket(hit.ticket)) \(hit.subject ?? "(no subject)")",
                detail: display.age(of: hit.at.instant, now: now), preview: hit.snippet)
        }
        overlay = .picker(Picker(.similar(number), choices))
        return []
    }

    private mutating func pickEnclosure() {
        guard let thread else {
            notice = .failed("the thread is not here yet")
            return
        }
        let choices = Enclosures.of(thread.items.messages).map { enclosure in
            switch enclosure {
            case .attachment(let file):
                Picker.Choice(
                    id: "file:\(file.id.rawValue)", title: file.name ?? "no name",
                    detail: display.digits(Wording.size(file.size)) + "  " + file.contentType)
            case .link(let url): Picker.Choice(id: url, title: url, detail: "link")
            }
        }
        guard !choices.isEmpty else {
            notice = .done("no files and no links in this thread")
            return
        }
        overlay = .picker(Picker(.enclosure(thread.number), choices))
    }

    mutating func pickRoute() -> [Effect] {
        guard let composer, composer.kind == .reply, let preview = composer.preview else {
            notice = .failed("where it will go is not known yet")
            return []
        }
        var choices = preview.alternatives.map { other in
            Picker.Choice(
                id: other.inbox.rawValue,
                title: "\(Wording.channel(other.channel)) \(other.to.joined(separator: ", "))",
                detail: other.available ? other.inbox.rawValue : "closed", preview: other.sentence)
        }
        choices.insert(
            Picker.Choice(id: "", title: "as usual", detail: "the daemon's choice"), at: 0)
        self.composer?.stage = .writing
        overlay = .picker(Picker(.route, choices))
        return []
    }

    /// Does what was picked, where it is no decision about tickets.
    mutating func chooseOther(
        _ choice: Picker.Choice, for purpose: Picker.Purpose
    ) -> [Effect] {
        switch purpose {
        case .macro(let number): return write(macro: choice.id, on: number)
        case .similar:
            focus = .thread
            return TypedCommand.ticketNumber(choice.id).map { open($0) } ?? []
        case .palette: return choosePalette(choice.id)
        case .drafts: return resume(choice.id)
        case .folds:
            if let fold = Fold(rawValue: choice.id) { folds.formSymmetricDifference([fold]) }
            return []
        case .enclosure: return chooseEnclosure(choice.id)
        case .use(let file):
            if choice.id == "save" { return [.fetch(file, .save)] }
            overlay = .prompt(Prompt(.pipe(file)))
            return []
        case .route:
            composer?.inbox = choice.id.isEmpty ? nil : InboxID(rawValue: choice.id)
            composer?.preview = nil
            return keepComposer() + [loadPreview()].compactMap { $0 }
        default: return []
        }
    }

    private mutating func choosePalette(_ id: String) -> [Effect] {
        switch Palette.meaning(of: id, settings.keys) {
        case .run(let command): return run(command)
        case .view(let name): return show(view: name, words: nil)
        case .type(let line):
            overlay = .prompt(Prompt(.command, text: line))
            return []
        case nil: return []
        }
    }

    private mutating func chooseEnclosure(_ id: String) -> [Effect] {
        guard id.hasPrefix("file:") else { return [.openLink(id)] }
        let number = Int64(id.dropFirst("file:".count)).map(AttachmentID.init(rawValue:))
        let files = thread?.items.attachments ?? []
        guard let file = files.first(where: { $0.id == number }) else { return [] }
        overlay = .picker(
            Picker(
                .use(file),
                [
                    Picker.Choice(id: "save", title: "save", detail: "into your downloads"),
                    Picker.Choice(id: "pipe", title: "pipe", detail: "into a command"),
                ]))
        return []
    }

    /// Begins a reply where there is none, and asks for the macro's text as this customer would get it.
    mutating func write(macro name: String, on number: TicketNumber) -> [Effect] {
        guard let macro = macros?.first(where: { $0.name == name || $0.title == name }) else {
            notice = .failed("there is no macro \(name); \(key(for: .macro)) lists them")
            return []
        }
        var effects: [Effect] = []
        if composer == nil { effects = compose(.reply) }
        composer?.stage = .writing
        return effects + [.load(.filled(macro: macro.name, number))]
    }

    /// Writes a macro's text where the cursor is. What else it does goes with the reply; of a note it is the text alone.
    mutating func write(_ outcome: API.MacroOutcome, on number: TicketNumber) -> [Effect] {
        guard composer?.ticket == number else { return [] }
        if let text = outcome.text { composer?.text.insert(text) }
        let effects = outcome.effects.filter { $0.kind != "reply" && !$0.skipped }
        if composer?.kind == .reply, !effects.isEmpty {
            composer?.macro = API.Draft.Macro(
                name: outcome.macro, effects: effects.map(\.sentence))
        }
        if let warning = outcome.warnings.first { notice = .failed(warning) }
        return keepComposer()
    }

    /// Only the macro's text stays.
    mutating func dropMacro() -> [Effect] {
        guard let macro = composer?.macro else { return [] }
        composer?.macro = nil
        notice = .done("only the text of \(macro.name) goes")
        return keepComposer()
    }
}
