internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

extension Model {
    /// Does what was typed after `:`.
    mutating func obey(_ line: String) -> [Effect] {
        let typed: TypedCommand
        do throws(TypedCommand.Fault) {
            typed = try TypedCommand.parse(line)
        } catch {
            notice = .failed(error.text)
            return []
        }
        switch typed {
        case .run(let command): return run(command)
        case .open(let number):
            focus = .thread
            return open(number)
        case .change(let wanted): return targets.isEmpty ? [] : change(targets, wanted)
        case .snooze(let words):
            guard let words else { return decide(.snooze) }
            return targets.isEmpty ? [] : snooze(targets, words)
        case .view(let name): return show(view: name, words: nil)
        case .search(let words): return show(view: queue.view, words: words.isEmpty ? nil : words)
        case .presence(let presence): return [.setPresence(presence)]
        case .quitAnyway: return keepComposer() + [.quit]
        case .pipe(let command): return pipe(nil, into: command)
        case .macro(let name): return subject.map { write(macro: name, on: $0) } ?? []
        case .report(let name): return show(report: name)
        case .send, .discard, .attach, .cc, .route: return obeyWriting(typed)
        }
    }

    /// What is about the text being written.
    private mutating func obeyWriting(_ typed: TypedCommand) -> [Effect] {
        switch typed {
        case .send(let then):
            composer?.then = then
            return send()
        case .discard: return discard()
        case .attach(let path): return attach(path)
        case .cc(let addresses): return copyTo(addresses)
        case .route(let name):
            guard let name else { return pickRoute() }
            composer?.inbox = InboxID(rawValue: name)
            composer?.preview = nil
            return keepComposer() + [loadPreview()].compactMap { $0 }
        default: return []
        }
    }
}
