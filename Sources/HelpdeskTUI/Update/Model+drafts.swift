internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

/// Drafts: what is begun is kept on this machine within a moment, and until it is sent or discarded.
extension Model {
    /// How long after a key press the text is on disk at the latest.
    static let keepingDelay = TimeSpan(milliseconds: 400)

    /// Keeps the text in a moment: one writing for many keys.
    mutating func keepSoon() -> [Effect] {
        guard !isKeeping else { return [] }
        isKeeping = true
        return [.wake(after: Model.keepingDelay, .keeping)]
    }

    /// Keeps what is being written now.
    mutating func keepComposer() -> [Effect] {
        guard let composer, composer.stage != .sending else { return [] }
        guard composer.isBegun else {
            let isKept = drafts.draft(composer.kind, on: composer.ticket)?.key == composer.key
            drafts.remove(key: composer.key)
            return isKept ? [.forget(key: composer.key)] : []
        }
        let draft = composer.draft(at: now)
        if let kept = drafts.draft(composer.kind, on: composer.ticket), kept.isSame(as: draft) {
            return []
        }
        drafts.put(draft)
        return [.keep(draft)]
    }

    /// Throws away what is being written.
    mutating func discard() -> [Effect] {
        guard let composer else { return [] }
        self.composer = nil
        drafts.remove(key: composer.key)
        return [.forget(key: composer.key)]
    }

    /// Leaves the composer and keeps its text.
    mutating func putAway() -> [Effect] {
        let effects = keepComposer()
        composer = nil
        notice = .done("kept as a draft; \(key(for: .drafts)) lists what is not sent")
        return effects
    }

    /// What was begun in an earlier run.
    mutating func take(_ found: [Draft]) -> [Effect] {
        let isFirst = drafts.drafts.isEmpty
        for draft in found.sorted(by: { $0.updatedAt < $1.updatedAt }) { drafts.put(draft) }
        if isFirst, !found.isEmpty {
            let count = display.number(found.count)
            notice = .done(
                found.count == 1
                    ? "a text of last time is not sent; \(key(for: .drafts)) shows it"
                    : "\(count) texts of last time are not sent; \(key(for: .drafts)) lists them")
        }
        return []
    }

    /// Goes on with a draft: opens its ticket, and its composer once the thread is there.
    mutating func resume(_ key: String) -> [Effect] {
        guard let draft = drafts.drafts.first(where: { $0.key == key }) else { return [] }
        guard composer == nil else {
            notice = .failed("finish what you are writing first; Esc p puts it away")
            return []
        }
        opened = draft.ticket
        focus = .thread
        guard threads[draft.ticket] != nil else {
            return awaitThread(draft.ticket, .draft(key))
        }
        return compose(draft.kind == .note ? .note : .reply)
    }

    /// Everything that would be lost if the screen ended now; for the shell, when it must.
    public var unsent: [Draft] {
        var found = outgoing.map { $0.composer.draft(at: now) }
        if let composer, composer.isBegun { found.append(composer.draft(at: now)) }
        return found
    }
}

extension Draft {
    /// Whether nothing but the time differs.
    public func isSame(as other: Draft) -> Bool {
        var other = other
        other.updatedAt = updatedAt
        return self == other
    }
}
