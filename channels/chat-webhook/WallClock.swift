internal import Glibc
public import HelpdeskCore

/// The time of day, for the signatures of what goes out: `ChannelAdapter.send` is handed none.
public enum WallClock {
    public static let now: @Sendable () -> Instant = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) &* 1000 &+ Int64(time.tv_nsec / 1_000_000))
    }
}
