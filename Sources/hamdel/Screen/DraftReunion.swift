internal import HelpdeskTUI

/// What becomes of the drafts of this seat when the desk says which it has. Pure: no text that only one of both has is lost.
struct DraftReunion: Hashable, Sendable {
    /// What the desk knows of one draft of this seat's.
    enum Desk: Hashable, Sendable {
        case open(Draft, version: Int64)
        /// Sent or discarded, here or at another seat.
        case over
        case unknown
    }

    /// What the screen begins with, each under a key of its own.
    private(set) var drafts: [SeatDraft] = []
    /// Keys that are over here.
    private(set) var forgotten: [String] = []
    /// Those that the desk has not, or not as they are.
    var uncopied: [Draft] { drafts.filter { $0.copy?.state != .same }.map(\.draft) }

    /// - Parameters:
    ///   - seat: as they are on this machine.
    ///   - desk: by key; keys that are not at this seat are open drafts of another.
    ///   - newKey: for a text that cannot go on under its own.
    init(seat: [SeatDraft], desk: [String: Desk], newKey: () -> String) {
        for own in seat {
            switch desk[own.draft.key] ?? .unknown {
            case .open(let copy, let version): meet(own, copy, version, newKey)
            case .over: end(own, newKey)
            case .unknown:
                drafts.append(SeatDraft(draft: own.draft, copy: nil, stage: own.stage))
            }
        }
        let known = Set(seat.map(\.draft.key))
        for (key, copy) in desk.sorted(by: { $0.key < $1.key }) where !known.contains(key) {
            if case .open(let draft, let version) = copy {
                drafts.append(
                    SeatDraft(draft: draft, copy: DeskCopy(version: version, state: .same)))
            }
        }
    }

    private mutating func meet(
        _ own: SeatDraft, _ copy: Draft, _ version: Int64, _ newKey: () -> String
    ) {
        let same = DeskCopy(version: version, state: .same)
        let isOwnNewer =
            own.copy?.version == version || own.draft.text.hasPrefix(copy.text)
        switch own.copy {
        case _ where own.draft.isSame(as: copy):
            drafts.append(SeatDraft(draft: own.draft, copy: same, stage: own.stage))
        case _ where isOwnNewer:
            let copy = DeskCopy(version: version, state: .older)
            drafts.append(SeatDraft(draft: own.draft, copy: copy, stage: own.stage))
        // Nothing was written here since the desk had it: another seat went on.
        case .some(let known) where known.state == .same:
            drafts.append(SeatDraft(draft: copy, copy: same))
        case _ where copy.text.hasPrefix(own.draft.text):
            drafts.append(SeatDraft(draft: copy, copy: same))
        // Both wrote on: both are kept.
        default:
            drafts.append(SeatDraft(draft: copy, copy: same))
            drafts.append(Self.renamed(own, newKey()))
        }
    }

    private mutating func end(_ own: SeatDraft, _ newKey: () -> String) {
        switch (own.stage, own.copy?.state) {
        // What is over are these words.
        case (.asked, _), (_, .same): break
        // Written since; under its old key the daemon would take them for those that were sent.
        case (.writing, .older), (.writing, nil): drafts.append(Self.renamed(own, newKey()))
        }
        forgotten.append(own.draft.key)
    }

    private static func renamed(_ own: SeatDraft, _ key: String) -> SeatDraft {
        var draft = own.draft
        draft.key = key
        return SeatDraft(draft: draft, copy: nil)
    }
}
