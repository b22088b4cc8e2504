internal import ChannelKit
internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore

extension DeskProblem {
    /// The one place where a use case's refusal gets its HTTP status.
    init(_ failure: DeskFailure) {
        switch failure {
        case .notFound: self.init(404, .notFound, failure.text)
        case .forbidden: self.init(403, .forbidden, failure.text)
        case .changedMeanwhile(let row, let obstacles):
            self.init(412, .changedMeanwhile, failure.text, version: row.ticket.version)
            changes = obstacles.map(API.Problem.Change.init)
        case .macroChangedMeanwhile(let entry):
            self.init(412, .changedMeanwhile, failure.text, version: entry.version)
        case .draftChangedMeanwhile(let entry):
            self.init(412, .changedMeanwhile, failure.text, version: entry.version)
        case .rejected: self.init(409, .conflict, failure.text)
        case .invalid(let field, let expected): self = .invalid(field, "expected \(expected)")
        case .outbound(let refusal):
            self = .invalid(
                refusal.code == .content || refusal.code == .tooLong ? "text" : "inbox",
                refusal.detail)
        case .conflict: self.init(409, .conflict, failure.text)
        case .gone: self.init(410, .gone, failure.text)
        case .busy: self = .busy(failure.text)
        case .stopped: self = .busy(failure.text, retryAfter: 5)
        case .store(let error): self.init(error)
        }
    }

    /// What only ops can change is told to ops, in the log; the caller hears when to come back.
    init(_ error: StoreError) {
        switch error {
        case .diskFull:
            self = .busy("the disk is full; nothing was kept. Try again later", retryAfter: 30)
        case .inputOutput, .locked:
            self = .busy("the store cannot be reached; nothing was kept", retryAfter: 10)
        case .damaged, .newerSchema, .cannotOpen, .statement, .rejectedAfterWriting:
            self = .internal
        }
    }

    /// Why an incoming message was not kept; the sender keeps it.
    init(_ refusal: DeliveryRefusal) {
        switch refusal {
        case .busy(let retryAfter):
            self = .busy("too much is waiting to be stored", retryAfter: retryAfter.wholeSeconds)
        case .noSpace: self = .busy("space is short; nothing was kept", retryAfter: 60)
        case .stopping: self = .busy("the daemon is stopping", retryAfter: 5)
        case .storeFailed: self = .busy("it could not be stored", retryAfter: 10)
        case .conflict(let existing): self.init(409, .conflict, existing)
        }
    }

    /// Anything a handler threw. Nil: a fault of ours, for the log.
    init?(_ error: any Error) {
        switch error {
        case let problem as DeskProblem: self = problem
        case let failure as DeskFailure: self.init(failure)
        case let failure as StoreError: self.init(failure)
        case let refusal as DeliveryRefusal: self.init(refusal)
        case let error as DecodingError: self = .malformed(decoding: error)
        default: return nil
        }
    }

    /// A body that is not what was expected: at which place, and what was expected there.
    static func malformed(decoding error: DecodingError) -> DeskProblem {
        let sentence = WireJSON.describe(error)
        guard let colon = sentence.utf8.firstIndex(of: UInt8(ascii: ":")) else {
            return .malformed("the document", sentence)
        }
        let rest = sentence[sentence.utf8.index(after: colon)...].drop { $0 == " " }
        return .malformed(String(sentence[..<colon]), String(rest))
    }
}

extension API.Problem.Change {
    init(_ obstacle: AnswerObstacle) {
        self.init(
            kind: obstacle.word, at: Timestamp(obstacle.at), sentence: obstacle.sentence,
            message: obstacle.message)
    }
}
