internal import HelpdeskCore

/// Where a subscriber is: in the stream, and among the words of attention that stand beside it.
struct StreamPlace: Hashable {
    var position: Position
    var glance: Int
}
