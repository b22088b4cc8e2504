internal import Glibc
internal import HelpdeskCore

/// The machine's clock and zone, for the screen. Foundation's zones would cost 44 MB; glibc knows the one zone that
/// matters here.
enum ScreenClock {
    static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    @Sendable static func local(_ instant: Instant) -> LocalTime {
        var seconds = time_t(instant.milliseconds / 1_000)
        var parts = tm()
        let offset = localtime_r(&seconds, &parts) == nil ? 0 : Int(parts.tm_gmtoff)
        return ZoneRules(name: "local", offsetSeconds: offset).local(instant)
    }
}
