import ChannelKit
import FoundationEssentials
import HelpdeskCore

@testable import EmailChannel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What reading costs, for the reliability rows that bound it.
enum Meter {
    /// The bound of rows E1 and E3 for one mail. A build for debugging is some twenty times slower than a release.
    #if DEBUG
        static let secondsPerMail = 20.0
    #else
        static let secondsPerMail = 1.0
    #endif

    /// An inbox with nothing but an address.
    static func settings() throws -> EmailSettings {
        try EmailSettings(
            ChannelConfiguration(
                inbox: InboxID(rawValue: "support"),
                values: ["address": .text("support@example.org")], zone: .utc))
    }

    static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Resident memory of this process (proc(5), statm); 0 where there is no such file.
    static func residentMiB() -> Int {
        guard let text = try? String(contentsOf: URL(filePath: "/proc/self/statm"), encoding: .utf8),
            let pages = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return 0 }
        return pages * 4_096 >> 20
    }
}
