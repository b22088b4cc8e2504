public import HelpdeskAPI

/// A change of a ticket that answers with the ticket as it is afterwards.
public enum TicketAction: Hashable, Sendable {
    case assign(API.AssignRequest)
    case transfer(API.TransferRequest)
    case close(API.CloseRequest)
    case reopen
    case pending
    case snooze(API.SnoozeRequest)
    case promise(API.PromiseRequest)
    case spam(API.SpamRequest)
    case join(API.JoinRequest)
    case participants(API.ParticipantsRequest)
    case callback(API.CallbackRequest)
    case merge(API.TicketMergeRequest)
    case split(API.SplitRequest)
    case undo
    case watch
    case unwatch

    /// The last part of its path.
    public var word: String {
        switch self {
        case .assign: "assign"
        case .transfer: "transfer"
        case .close: "close"
        case .reopen: "reopen"
        case .pending: "pending"
        case .snooze: "snooze"
        case .promise: "promise"
        case .spam: "spam"
        case .join: "join"
        case .participants: "participants"
        case .callback: "callback"
        case .merge: "merge"
        case .split: "split"
        case .undo: "undo"
        case .watch: "watch"
        case .unwatch: "unwatch"
        }
    }

    /// The body as bytes; an empty object where there is nothing to say.
    public func body() throws(ClientFailure) -> [UInt8] {
        switch self {
        case .assign(let request): try HelpdeskClient.encode(request)
        case .transfer(let request): try HelpdeskClient.encode(request)
        case .close(let request): try HelpdeskClient.encode(request)
        case .reopen, .pending, .undo, .watch, .unwatch: Array("{}".utf8)
        case .snooze(let request): try HelpdeskClient.encode(request)
        case .promise(let request): try HelpdeskClient.encode(request)
        case .spam(let request): try HelpdeskClient.encode(request)
        case .join(let request): try HelpdeskClient.encode(request)
        case .participants(let request): try HelpdeskClient.encode(request)
        case .callback(let request): try HelpdeskClient.encode(request)
        case .merge(let request): try HelpdeskClient.encode(request)
        case .split(let request): try HelpdeskClient.encode(request)
        }
    }
}
