/// The life of a stream since its beginning, or since a backup was put back (`StoreRestored`).
public struct Epoch: Hashable, Sendable {
    public let number: Int
    /// When it began; nil for the first, which began with the store.
    public let began: Instant?

    public init(number: Int, began: Instant?) {
        self.number = number
        self.began = began
    }

    public static let first = Epoch(number: 1, began: nil)

    /// What was sent to us before this epoch began and comes in only now may have come in before, in the time that is gone: it
    /// is kept and worked on, but nothing automatic answers it a second time.
    public func mayHaveSeen(sentAt: Instant?) -> Bool {
        guard let began else { return false }
        return sentAt.map { $0 < began } ?? false
    }
}

/// Where the epochs of a stream begin. A restored stream gives the positions of what is lost to other events, so an event's id,
/// which is unique for ever, needs more than its position: whoever heard of the lost one must not take the new one for it.
public struct EpochBook: Hashable, Sendable {
    public struct Beginning: Hashable, Sendable {
        public let epoch: Int
        public let position: Position

        public init(epoch: Int, position: Position) {
            self.epoch = epoch
            self.position = position
        }
    }

    /// In the order of their positions; the first epoch is not among them.
    private let beginnings: [Beginning]

    public init(_ beginnings: [Beginning] = []) {
        self.beginnings = beginnings.sorted { $0.position < $1.position }
    }

    /// `evt_17` in the first epoch, `evt_2_17` in the second.
    public func eventID(at position: Position) -> String {
        guard let last = beginnings.last(where: { $0.position <= position }) else {
            return "evt_\(position.rawValue)"
        }
        return "evt_\(last.epoch)_\(position.rawValue)"
    }
}

/// How far numbers must leap after a restore, so that none is given out twice: a customer may hold the number of a ticket that is
/// gone, and an answer to it must not land in somebody else's.
public enum LostNumbers {
    /// The least that is left out.
    static let least: Int64 = 1_000
    /// How much busier than usual the lost time may have been.
    static let margin = 10.0

    /// The number after which to go on.
    /// - Parameters:
    ///   - given: the last number in the backup.
    ///   - first: the backup's first event.
    ///   - last: its last event.
    public static func goOn(
        after given: Int64, first: Instant, last: Instant, restoredAt now: Instant
    ) -> Int64 {
        let day = Double(TimeSpan.days(1).milliseconds)
        let life = max(Double(last.since(first).milliseconds) / day, 1)
        let lost = max(Double(now.since(last).milliseconds) / day, 0) + 1
        let expected = Double(max(given, 0)) / life * lost * margin
        let gap = max(least, Int64(min(expected, 1e9)))
        // People see these numbers: begin at a round one.
        let (reached, overflow) = max(given, 0).addingReportingOverflow(gap + least - 1)
        return overflow ? given : reached / least * least
    }
}
