internal import Dispatch
internal import Glibc
internal import HelpdeskCore
internal import Synchronization

/// Names of Unix users by uid. The look-up may reach a directory server and block, so it runs on a thread of its own;
/// answers are remembered for a minute, at most `maximumNames` of them.
final class UnixUsers: Sendable {
    static let maximumNames = 1_024
    static let memory = TimeSpan.minutes(1)

    private struct Known {
        let name: String?
        let at: Instant
    }

    private let queue = DispatchQueue(label: "hamdel.http.users")
    private let known = Mutex<[UInt32: Known]>([:])
    private let lookUp: @Sendable (UInt32) -> String?

    init(lookUp: @escaping @Sendable (UInt32) -> String? = UnixUsers.systemName) {
        self.lookUp = lookUp
    }

    /// Nil where no user has the uid.
    func name(of uid: UInt32, at now: Instant) async -> String? {
        if let known = known.withLock({ $0[uid] }), now.since(known.at) < Self.memory,
            now >= known.at
        {
            return known.name
        }
        let lookUp = lookUp
        let name: String? = await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: lookUp(uid)) }
        }
        known.withLock { known in
            if known.count >= Self.maximumNames { known = [:] }
            known[uid] = Known(name: name, at: now)
        }
        return name
    }

    /// getpwuid_r(3). Blocks.
    static func systemName(_ uid: UInt32) -> String? {
        var size = 1_024
        while size <= 65_536 {
            var entry = passwd()
            var found: UnsafeMutablePointer<passwd>?
            let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: size)
            defer { buffer.deallocate() }
            let code = getpwuid_r(uid, &entry, buffer, size, &found)
            if code == 0 {
                guard found != nil, let name = entry.pw_name else { return nil }
                return String(cString: name)
            }
            guard code == ERANGE else { return nil }
            size *= 4
        }
        return nil
    }
}
