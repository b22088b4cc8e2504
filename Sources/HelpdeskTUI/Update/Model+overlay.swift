internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

extension Model {
    mutating func pressOverlay(_ key: KeyPress) -> [Effect] {
        switch overlay {
        case .picker(let picker): return press(key, picker)
        case .prompt(let prompt): return press(key, prompt)
        case .leaving: return pressLeaving(key)
        case .help, .explanation, .timeline: return pressPage(key)
        case nil: return []
        }
    }

    private mutating func pressLeaving(_ key: KeyPress) -> [Effect] {
        overlay = nil
        return key.asCommand.code == .character("y") ? [.quit] : []
    }

    /// Help, explanation and timeline are pages to be read.
    private mutating func pressPage(_ key: KeyPress) -> [Effect] {
        let command = key.asCommand
        let keys = (pendingKey.map { [$0] } ?? []) + [command]
        pendingKey = nil
        switch Bindings.find(keys, in: .page) {
        case .begun: pendingKey = command
        case .command(.back): overlay = nil
        case .command(.redraw): return [.redraw]
        case .command(.suspend): return [.suspend]
        case .command(.quit): return leave()
        case .command(.commandLine): overlay = .prompt(Prompt(.command))
        case .command(let found): scrollPage(found)
        case .nothing: break
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
        case .tags(let number):
            do throws(TypedCommand.Fault) {
                return change(
                    number, try TypedCommand.tags(text.split(separator: " ").map(String.init)))
            } catch {
                notice = .failed(error.text)
                return []
            }
        }
    }

    /// The line with its last word made as long as it is certain.
    private func completion(of prompt: Prompt) -> String {
        let text = prompt.text.text
        guard prompt.purpose == .command else { return text }
        let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard let last = parts.last, parts.count <= 2 else { return text }
        let known = parts.count == 1 ? TypedCommand.words.map(\.word) : arguments(of: parts[0])
        let matching = known.filter { $0.hasPrefix(last) }
        guard let first = matching.first else { return text }
        let common = matching.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
        let ending = matching.count == 1 ? " " : ""
        return (parts.dropLast() + [common + ending]).joined(separator: " ")
    }

    private func arguments(of word: String) -> [String] {
        switch word {
        case "assign": agents.map(\.login.rawValue)
        case "view": views.map(\.name)
        case "close": ClosingReason.allCases.map(\.rawValue)
        case "priority": TicketPriority.allCases.map(\.rawValue)
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
