internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

extension Model {
    mutating func pressOverlay(_ key: KeyPress) -> [Effect] {
        switch overlay {
        case .picker(let picker): return press(key, picker)
        case .prompt(let prompt): return press(key, prompt)
        case .recoveries(let items, let index): return pressRecoveries(key, items, index)
        case .confirm(_, let steps, let title): return pressConfirm(key, steps, title)
        case .leaving: return pressLeaving(key)
        case .help, .explanation, .timeline, .report: return pressPage(key)
        case nil: return []
        }
    }

    private mutating func pressLeaving(_ key: KeyPress) -> [Effect] {
        overlay = nil
        return key.asCommand.code == .character("y") ? [.quit] : []
    }

    private mutating func pressConfirm(
        _ key: KeyPress, _ steps: [TicketStep], _ title: String
    ) -> [Effect] {
        overlay = nil
        guard key.asCommand.code == .character("y") else { return [] }
        return carryOut(steps, title: title, .new)
    }

    /// Help, explanation and timeline are pages to be read.
    private mutating func pressPage(_ key: KeyPress) -> [Effect] {
        switch look(up: key, in: [.page]) {
        case .begun, .nothing: break
        case .command(.back): overlay = nil
        case .command(.redraw): return [.redraw]
        case .command(.suspend): return [.suspend]
        case .command(.quit): return leave()
        case .command(.commandLine): overlay = .prompt(Prompt(.command))
        case .command(let found): scrollPage(found)
        }
        return []
    }

    private mutating func scrollPage(_ command: Command) {
        let area = panes.page
        let count = overlayLines(columns: area.columns).count
        let scroll = { (first: Int) in
            Model.scroll(first, command, height: max(area.rows - 1, 1), count: count)
        }
        switch overlay {
        case .help(let first): overlay = .help(scroll: scroll(first))
        case .explanation(let number, let explanation, let first):
            overlay = .explanation(number, explanation, scroll: scroll(first))
        case .timeline(let customer, let items, let first):
            overlay = .timeline(customer, items, scroll: scroll(first))
        case .report(let name, let lines, let first):
            overlay = .report(name, lines, scroll: scroll(first))
        default: break
        }
    }

    private mutating func press(_ key: KeyPress, _ picker: Picker) -> [Effect] {
        var picker = picker
        let choices = picker.matching
        switch (key.code, key.modifiers) {
        case (.escape, _), (.character("c"), .control):
            overlay = nil
            return []
        case (.enter, _):
            guard choices.indices.contains(picker.index) else { return [] }
            if picker.purpose == .folds {
                let effects = chooseOther(choices[picker.index], for: .folds)
                picker.choices = foldChoices
                overlay = .picker(picker)
                return effects
            }
            return choose(choices[picker.index], for: picker.purpose)
        case (.down, _), (.tab, []), (.character("n"), .control):
            picker.index = min(picker.index + 1, max(choices.count - 1, 0))
        case (.up, _), (.character("p"), .control): picker.index = max(picker.index - 1, 0)
        default:
            guard let edit = picker.filter.edit(for: key) else { return [] }
            picker.filter.apply(edit)
            picker.index = 0
        }
        overlay = .picker(picker)
        return []
    }

    private mutating func press(_ key: KeyPress, _ prompt: Prompt) -> [Effect] {
        var prompt = prompt
        switch (key.code, key.modifiers) {
        case (.escape, _), (.character("c"), .control):
            overlay = nil
            return []
        case (.enter, _):
            overlay = nil
            return finish(prompt)
        case (.backspace, []) where prompt.text.isEmpty:
            overlay = nil
            return []
        case (.tab, []): prompt.text.replace(with: completion(of: prompt))
        default:
            if let edit = prompt.text.edit(for: key) { prompt.text.apply(edit) }
        }
        overlay = .prompt(prompt)
        return []
    }

    private mutating func finish(_ prompt: Prompt) -> [Effect] {
        let text = prompt.text.text
        switch prompt.purpose {
        case .command: return text.isEmpty ? [] : obey(text)
        case .search: return show(view: queue.view, words: text.isEmpty ? nil : text)
        case .find: return find(words: text)
        case .snooze(let targets): return snooze(targets, text)
        case .outcome(let recovery):
            guard !text.isEmpty else {
                notice = .failed("a recovery is done once you say what came of it")
                return []
            }
            overlay = .recoveries(nil, index: 0)
            return [.changeRecovery(recovery, .finish(text))]
        case .attach: return text.isEmpty ? [] : attach(text)
        case .pipe(let file): return text.isEmpty ? [] : pipe(file, into: text)
        case .tags(let targets):
            do throws(TypedCommand.Fault) {
                return change(
                    targets, try TypedCommand.tags(text.split(separator: " ").map(String.init)))
            } catch {
                notice = .failed(error.text)
                return []
            }
        }
    }

    mutating func pipe(_ file: API.Attachment?, into command: String) -> [Effect] {
        if let file { return [.fetch(file, .pipe(command))] }
        guard let message = threadWindow?.bottomMessage else {
            notice = .failed("no message is in sight")
            return []
        }
        return [.pipe(text: message.fullText, command: command)]
    }

    /// What the last word of a prompt may become, with a few words about each.
    func candidates(for prompt: Prompt) -> [(word: String, help: String)] {
        let parts = prompt.text.text.split(separator: " ", omittingEmptySubsequences: false)
            .map(String.init)
        guard let last = parts.last else { return [] }
        let known: [(word: String, help: String)]
        switch prompt.purpose {
        case .command where parts.count == 1:
            known = TypedCommand.words.map { ($0.word, "\($0.arguments)  \($0.help)") }
        case .command where parts.count == 2: known = arguments(of: parts[0]).map { ($0, "") }
        case .search where !last.isEmpty:
            known = API.TypedSelection.names.map { ("\($0.name):", $0.help) }
        default: known = []
        }
        return known.filter { $0.word.hasPrefix(last) && $0.word != last }
    }

    /// The line with its last word made as long as it is certain.
    private func completion(of prompt: Prompt) -> String {
        let text = prompt.text.text
        let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let matching = candidates(for: prompt).map(\.word)
        guard let first = matching.first else { return text }
        let common = matching.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
        let ending = matching.count == 1 && !common.hasSuffix(":") ? " " : ""
        return (parts.dropLast() + [common + ending]).joined(separator: " ")
    }

    func arguments(of word: String) -> [String] {
        switch word {
        case "assign": agents.map(\.login.rawValue)
        case "view": views.map(\.name)
        case "transfer": teams.map(\.name.rawValue)
        case "macro": (macros ?? []).map(\.name)
        case "by": composer?.preview?.alternatives.map(\.inbox.rawValue) ?? []
        case "snooze": ["1h", "3h", "tomorrow", "monday", "1w", "now"]
        case "close": ClosingReason.allCases.map(\.rawValue)
        case "priority": TicketPriority.allCases.map(\.rawValue)
        case "report": API.ReportName.allCases.map(\.rawValue)
        case "presence": Presence.allCases.map(\.rawValue) + ["shift"]
        default: []
        }
    }
}

extension String {
    fileprivate func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }
}
