internal import EmailChannel
internal import Glibc
internal import HelpdeskConfiguration
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle

/// The LMTP listener as a service of the daemon.
struct MailDoor: Service {
    let inboxes: InboxHosts
    let logger: Logger

    func run() async throws {
        let configuration = inboxes.configuration
        guard !inboxes.mail.directory.isEmpty else {
            // No inbox takes mail; a reload that adds one needs a restart to open the socket.
            try? await gracefulShutdown()
            return
        }
        let threads = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let lmtp = configuration.lmtp
        let listener = LMTPListener(
            configuration: LMTPListener.Configuration(
                hostName: Self.hostName(), socketPath: lmtp.socket,
                socketMode: lmtp.mode.bits, tcp: lmtp.listen.map { ($0.host, $0.port) },
                limits: LMTPLimits(messageBytes: configuration.limits.messageSize),
                spaceNeeded: Int64(configuration.limits.freeSpace)),
            group: threads, directory: { [inboxes] in inboxes.mail.directory },
            freeSpace: { [inboxes] in inboxes.freeSpace() },
            deliver: { [inboxes] mail in await inboxes.mail.deliver(mail) })
        let group = lmtp.group
        let socket = lmtp.socket
        try await cancelWhenGracefulShutdown {
            try await listener.run { _ in
                // The mail server's group may hand over mail; a missing group is said at the API socket.
                if let id = Surroundings.group(group) { chown(socket, uid_t.max, id) }
            }
        }
        try? await threads.shutdownGracefully()
    }

    private static func hostName() -> String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
        return String(
            decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
