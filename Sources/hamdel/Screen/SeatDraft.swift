internal import HelpdeskTUI

/// What this seat knows of a draft's copy on the desk.
struct DeskCopy: Hashable, Sendable, Codable {
    enum State: String, Hashable, Sendable, Codable {
        /// It has the same words.
        case same
        /// This seat wrote on since.
        case older
    }

    var version: Int64
    var state: State
}

/// A draft as this seat has it.
struct SeatDraft: Hashable, Sendable {
    var draft: Draft
    /// Nil: the desk has none, as far as this seat knows.
    var copy: DeskCopy? = nil
    var stage = Stage.writing

    enum Stage: String, Hashable, Sendable, Codable {
        case writing
        /// The daemon was asked to send these words; what it answered may have been lost.
        case asked
    }

    /// After the agent wrote on.
    func written(_ next: Draft) -> SeatDraft {
        guard !draft.isSame(as: next) else {
            return SeatDraft(draft: next, copy: copy, stage: stage)
        }
        return SeatDraft(
            draft: next, copy: copy.map { DeskCopy(version: $0.version, state: .older) })
    }

    /// After the desk took a copy.
    mutating func copied(_ copied: Draft, _ version: Int64) {
        copy = DeskCopy(version: version, state: draft.isSame(as: copied) ? .same : .older)
    }
}
