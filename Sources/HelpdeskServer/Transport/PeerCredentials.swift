internal import Glibc
internal import NIOCore

/// What the kernel says about the process at the other end of a unix socket (unix(7), SO_PEERCRED). `ucred` is not
/// imported, so this is its twelve bytes.
struct PeerCredentials: Hashable, Sendable {
    var pid: Int32 = 0
    var uid: UInt32 = .max
    var gid: UInt32 = .max

    /// What a TCP socket answers, and a process outside our user namespace.
    static let unmapped: UInt32 = .max
    /// The uid that stands for "somebody we have no number for" in a user namespace.
    static let overflow: UInt32 = 65_534

    /// The uid that may name an agent. Root and the overflow uid are nobody: any container's root and any stranger's
    /// process would look like them.
    var agentUID: UInt32? {
        switch uid {
        case 0, Self.overflow, Self.unmapped: nil
        default: uid
        }
    }

    /// Asks the connection's socket. Nil for anything but a unix socket.
    static func of(_ channel: any Channel) async -> PeerCredentials? {
        guard channel.localAddress?.protocol == .unix,
            let socket = channel as? any SocketOptionProvider
        else { return nil }
        return try? await credentials(of: socket).get()
    }

    /// Not public and not inlinable, as NIO asks of callers of this.
    private static func credentials(
        of socket: any SocketOptionProvider
    ) -> EventLoopFuture<PeerCredentials> {
        socket.unsafeGetSocketOption(
            level: NIOBSDSocket.OptionLevel(rawValue: SOL_SOCKET),
            name: NIOBSDSocket.Option(rawValue: SO_PEERCRED))
    }
}
