public import HelpdeskCore
import RandomKit
internal import Synchronization

/// A clock that moves only when a test says so.
public final class ManualClock: Sendable {
    /// Sunday 2026-11-22, 10:00 UTC.
    public static let start = Instant(milliseconds: 1_795_341_600_000)

    private let moment: Mutex<Instant>

    public init(_ start: Instant = ManualClock.start) { moment = Mutex(start) }

    public var now: Instant { moment.withLock { $0 } }

    public func advance(by span: TimeSpan) { moment.withLock { $0 = $0 + span } }

    /// Also backwards: clocks do that.
    public func set(_ instant: Instant) { moment.withLock { $0 = instant } }
}

/// Bytes for salts and tokens: the same in every run, never the same twice in one.
public final class RepeatableBytes: Sendable {
    private let generator: Mutex<SeededRandom>

    public init(seed: UInt64 = 7) { generator = Mutex(SeededRandom(seed: seed)) }

    public func next(_ count: Int) -> [UInt8] {
        generator.withLock { generator in
            (0..<max(count, 0)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        }
    }
}
