import ChannelKit
import HelpdeskCore
import NIOCore
public import NIOPosix
import Synchronization

/// Listens for LMTP on a unix socket and/or on TCP, for all inboxes at once: the recipient's address says which.
/// `250` goes out only after `deliver` returned, so what was answered is durable.
public final class LMTPListener: Sendable {
    public struct Configuration: Sendable {
        /// Named in the greeting.
        public var hostName: String
        public var socketPath: String?
        /// A socket that listens at that path already and becomes ours: then no file is made, and none removed.
        public var inherited: Int32?
        /// Mode of the socket file: the mail server's group may write, nobody else.
        public var socketMode: UInt16
        public var tcp: (host: String, port: Int)?
        public var limits: LMTPLimits
        /// Below this many free bytes, mails are deferred with 452 4.3.1.
        public var spaceNeeded: Int64

        public init(
            hostName: String, socketPath: String? = nil, inherited: Int32? = nil,
            socketMode: UInt16 = 0o660,
            tcp: (host: String, port: Int)? = nil, limits: LMTPLimits = LMTPLimits(),
            spaceNeeded: Int64 = 256 << 20
        ) {
            self.hostName = hostName
            self.socketPath = socketPath
            self.inherited = inherited
            self.socketMode = socketMode
            self.tcp = tcp
            self.limits = limits
            self.spaceNeeded = spaceNeeded
        }
    }

    private struct Shared {
        var connections: [ObjectIdentifier: any Channel] = [:]
        var isStopping = false
    }

    private let configuration: Configuration
    private let directory: @Sendable () -> InboxDirectory
    private let freeSpace: @Sendable () async -> Int64
    private let deliver: @Sendable (LMTPMail) async -> [LMTPOutcome]
    private let group: MultiThreadedEventLoopGroup
    private let shared = Mutex(Shared())
    let room: LMTPRoom

    /// `directory` is asked once per connection and must not block; `deliver` returns one outcome per recipient, after
    /// commit; `freeSpace` is asked every few seconds.
    public init(
        configuration: Configuration, group: MultiThreadedEventLoopGroup,
        directory: @escaping @Sendable () -> InboxDirectory,
        freeSpace: @escaping @Sendable () async -> Int64,
        deliver: @escaping @Sendable (LMTPMail) async -> [LMTPOutcome]
    ) {
        self.configuration = configuration
        room = LMTPRoom(
            limit: configuration.limits.bytesAtOnce, spaceNeeded: configuration.spaceNeeded)
        self.group = group
        self.directory = directory
        self.freeSpace = freeSpace
        self.deliver = deliver
    }

    /// Binds, calls `ready` with the addresses, and serves until the task is cancelled; then takes no more
    /// connections, lets mails that are being stored finish, and returns. Throws when an address cannot be bound.
    public func run(ready: @Sendable ([String]) -> Void = { _ in }) async throws {
        room.note(freeBytes: await freeSpace())
        let servers = try await bind()
        ready(servers.map { $0.localAddress.map { "\($0)" } ?? "?" })
        await withTaskCancellationHandler {
            await withTaskGroup(of: Void.self) { tasks in
                tasks.addTask { await self.watchSpace() }
                for server in servers {
                    tasks.addTask { try? await server.closeFuture.get() }
                }
                await tasks.waitForAll()
            }
        } onCancel: {
            for server in servers { server.close(promise: nil) }
        }
        await drain()
    }

    private func bind() async throws -> [any Channel] {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 128)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(
                    minimum: 2_048, initial: 16_384, maximum: 131_072)
            )
            .childChannelInitializer { channel in self.begin(channel) }
        var servers: [any Channel] = []
        do {
            if let inherited = configuration.inherited {
                servers.append(
                    try await Self.bound(
                        configuration.socketPath ?? "the socket that was handed over"
                    ) {
                        try await bootstrap.withBoundSocket(inherited).get()
                    })
            } else if let path = configuration.socketPath {
                servers.append(
                    try await Self.bound(path) {
                        try await bootstrap.bind(
                            unixDomainSocketPath: path, cleanupExistingSocketFile: true
                        ).get()
                    })
                try SocketFile.setMode(configuration.socketMode, of: path)
            }
            if let tcp = configuration.tcp {
                servers.append(
                    try await Self.bound("\(tcp.host):\(tcp.port)") {
                        try await bootstrap.bind(host: tcp.host, port: tcp.port).get()
                    })
            }
        } catch {
            for server in servers { try? await server.close().get() }
            throw error
        }
        return servers
    }

    private static func bound(
        _ place: String, _ bind: () async throws -> any Channel
    ) async throws(LMTPBindFailure) -> any Channel {
        do {
            return try await bind()
        } catch {
            throw LMTPBindFailure(place: place, reason: "\(error)")
        }
    }

    private func begin(_ channel: any Channel) -> EventLoopFuture<Void> {
        let id = ObjectIdentifier(channel)
        let limits = configuration.limits
        let admitted = shared.withLock { shared in
            guard !shared.isStopping, shared.connections.count < limits.connections else {
                return false
            }
            shared.connections[id] = channel
            return true
        }
        guard admitted else { return turnAway(channel) }
        let session = LMTPSession(
            hostName: configuration.hostName, limits: limits, directory: directory())
        let handler = LMTPHandler(
            session: session, deliver: deliver, room: room,
            onClose: { self.shared.withLock { _ = $0.connections.removeValue(forKey: id) } })
        return channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(handler)
        }
    }

    private func turnAway(_ channel: any Channel) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(LMTPTurnAway())
        }
    }

    private func watchSpace() async {
        while !Task.isCancelled {
            do { try await Task.sleep(for: .seconds(5)) } catch { return }
            room.note(freeBytes: await freeSpace())
        }
    }

    /// Connections between two mails are told 421; those whose mail is being stored get its answer first.
    private func drain() async {
        let open = shared.withLock { shared in
            shared.isStopping = true
            return Array(shared.connections.values)
        }
        for channel in open {
            channel.pipeline.fireUserInboundEventTriggered(LMTPDrain())
        }
        for channel in open { try? await channel.closeFuture.get() }
    }
}

/// The listener could not take its address: for ops, at start.
public struct LMTPBindFailure: Error, Hashable, CustomStringConvertible, Sendable {
    /// The socket's path, or host and port.
    public let place: String
    public let reason: String

    public var description: String {
        "LMTP cannot listen on \(place) (\(reason)). Is another daemon there, and may this user write to the folder?"
    }
}

/// Says 421 and closes: too many connections.
private final class LMTPTurnAway: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func channelActive(context: ChannelHandlerContext) {
        var buffer = context.channel.allocator.buffer(capacity: 64)
        buffer.writeBytes(LMTPReply.line(LMTPSession.HangUp.crowded.rawValue))
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(buffer)).whenComplete { _ in
            bound.value.close(promise: nil)
        }
    }
}
