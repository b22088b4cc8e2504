public import HelpdeskCore

/// One thing in a customer's history, whatever the channel and ticket.
public struct TimelineEntry: Hashable, Sendable {
    public let place: TimelinePlace
    public let ticket: TicketNumber?
    public let item: Item

    public enum Item: Hashable, Sendable {
        /// A message, note or call.
        case message(MessageRow)
        /// What happened, with the one text that belongs to it: a comment, an outcome, a brief, a subject.
        case event(RecordedEvent, words: String?)
    }
}

/// Where an entry stands: by the time it happened, then by its position in the stream.
public struct TimelinePlace: Hashable, Comparable, Sendable {
    public let at: Instant
    public let position: Position

    public init(at: Instant, position: Position) {
        self.at = at
        self.position = position
    }

    public static func < (left: TimelinePlace, right: TimelinePlace) -> Bool {
        (left.at, left.position) < (right.at, right.position)
    }

    public static let beginning = TimelinePlace(at: .distantPast, position: .start)
    public static let end = TimelinePlace(
        at: .distantFuture, position: Position(rawValue: .max))

    /// As a cursor.
    public var text: String { "\(at.milliseconds).\(position.rawValue)" }

    /// From a cursor; nil when it is none of ours.
    public init?(text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let at = Int64(parts[0]), let position = Int64(parts[1]) else {
            return nil
        }
        self.init(
            at: Instant(milliseconds: at), position: Position(rawValue: position))
    }
}

/// Which way a timeline is read.
public enum TimelineOrder: Hashable, Sendable { case oldestFirst, newestFirst }
