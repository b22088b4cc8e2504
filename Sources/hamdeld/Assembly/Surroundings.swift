internal import Glibc
internal import HelpdeskCore
internal import HelpdeskEngine

/// The one place where the daemon takes time and randomness from the system, to be handed in everywhere else.
enum Surroundings {
    static let desk = DeskEnvironment(
        now: now, random: random, zone: ZoneTable.remembered)

    @Sendable static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// From the kernel, through the standard library's generator.
    @Sendable static func random(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        var word: UInt64 = 0
        for index in 0..<max(count, 0) {
            if index % 8 == 0 { word = generator.next() }
            bytes.append(UInt8(truncatingIfNeeded: word))
            word >>= 8
        }
        return bytes
    }

    /// For what only has to be different each time.
    static func generator() -> any RandomNumberGenerator { SystemRandomNumberGenerator() }

    /// Bytes free on the file system of `path` for anybody, minus the reserve.
    @Sendable static func freeSpace(beside path: String, reserve: Int64) -> Int64 {
        var status = statvfs()
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/")
        guard statvfs(folder.isEmpty ? "/" : folder, &status) == 0 else { return .max }
        let (free, overflow) = Int64(clamping: status.f_bavail)
            .multipliedReportingOverflow(by: Int64(clamping: status.f_frsize))
        return (overflow ? .max : free) - reserve
    }

    static let environment: [String: String] = {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let parts = String(cString: text).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
            entry += 1
        }
        return variables
    }()

    /// The group's number; nil when the system does not know it.
    static func group(_ name: String) -> gid_t? { getgrnam(name).map { $0.pointee.gr_gid } }
}
