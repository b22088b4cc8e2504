public import ChannelKit
public import HelpdeskCore
public import HelpdeskEngine
internal import HelpdeskStore
internal import Hummingbird
internal import HummingbirdCore
public import Logging
internal import NIOCore
public import ServiceLifecycle
internal import Synchronization

/// The HTTP server of the daemon: API, webhooks, live streams, survey page, health and metrics, on a unix socket and on TCP. A
/// service: `run` returns after a graceful shutdown, when every request that was begun is answered.
public struct DeskServer: Service {
    private let settings: ServerSettings
    private let router: DeskRouter
    private let pump: StreamPump
    private let metrics: ServerMetrics
    private let drain: DrainMark
    private let logger: Logger
    private let ports = ListeningPort()

    /// Opens nothing yet.
    /// - Parameters:
    ///   - host: what an adapter is handed for its inbox, so that its health is known in one place.
    ///   - registry: what `/metrics` prints; the daemon may use it for its own numbers too.
    public init(
        desk: Desk, settings: ServerSettings, registry: MetricsRegistry, logger: Logger,
        host: @escaping @Sendable (InboxID) -> any ChannelHost
    ) {
        self.init(
            desk: desk, settings: settings, registry: registry, logger: logger,
            users: UnixUsers(), peer: PeerCredentials.of, host: host)
    }

    init(
        desk: Desk, settings: ServerSettings, registry: MetricsRegistry, logger: Logger,
        users: UnixUsers, peer: @escaping @Sendable (any Channel) async -> PeerCredentials?,
        host: @escaping @Sendable (InboxID) -> any ChannelHost
    ) {
        let now = desk.environment.now
        let limits = settings.limits
        let metrics = ServerMetrics(registry)
        let feed = StreamFeed(from: desk.store.writer.position)
        let attention = AttentionBook()
        let drain = DrainMark()
        self.settings = settings
        self.metrics = metrics
        self.drain = drain
        self.logger = logger
        pump = StreamPump(
            feed: feed, source: StreamSource(desk: desk), attention: attention, logger: logger)
        router = DeskRouter(
            api: DeskAPI(
                desk: desk, settings: settings, feed: feed, attention: attention, metrics: metrics),
            entry: RouteEntry(
                identification: Identification(
                    directory: AgentDirectory(desk), users: users, peer: peer, now: now),
                agentRate: TokenBuckets(limits.agentRate),
                keys: IdempotencyKeys(desk: desk, startedAt: now()), settings: settings,
                metrics: metrics, now: now),
            webhooks: WebhookEntry(
                desk: desk, limits: limits, rate: TokenBuckets(limits.webhookRate), host: host,
                metrics: metrics),
            surveys: SurveyEntry(
                desk: desk, rate: TokenBuckets(limits.surveyRate), metrics: metrics),
            health: HealthEntry(
                desk: desk, settings: settings, registry: registry, drain: drain))
    }

    /// The TCP port, once it listens; nil before, and without TCP. For `listen` with port 0.
    public var port: Int? { ports.value }

    /// From now on `/readyz` says no; requests are still answered. Call it when the daemon begins to stop.
    public func beginDraining() { drain.set() }

    public func run() async throws {
        let responder = router.responder()
        var services: [any Service] = []
        if let listen = settings.listen {
            services.append(tcp(listen, responder))
        }
        if let socket = settings.socket {
            services.append(try unix(socket, responder))
        }
        // Told to stop first, so that live streams end and their connections can close.
        services.append(pump)
        let group = ServiceGroup(
            configuration: .init(services: services.map { .init(service: $0) }, logger: logger))
        try await withGracefulShutdownHandler {
            try await group.run()
        } onGracefulShutdown: {
            drain.set()
        }
    }

    /// The responder of one door, as tests ask it.
    func responder(_ door: Door) -> DeskResponder {
        DeskResponder(door: door, router: router.responder(), metrics: metrics)
    }

    var streamPump: StreamPump { pump }

    var operationNames: [String] { Array(router.api.operations.keys) }

    private func tcp(
        _ listen: ServerSettings.Listen, _ responder: RouterResponder<DeskContext>
    ) -> any Service {
        let (ports, logger) = (ports, logger)
        return Application(
            responder: DeskResponder(door: .network, router: responder, metrics: metrics),
            server: .http1(configuration: Self.connection(settings.limits)),
            configuration: configuration(.hostname(listen.host, port: listen.port)),
            onServerRunning: { channel in
                ports.value = channel.localAddress?.port
                logger.info(
                    "listening", metadata: ["address": "\(listen.host):\(ports.value ?? 0)"])
            }, logger: logger)
    }

    private func unix(
        _ socket: ServerSettings.Socket, _ responder: RouterResponder<DeskContext>
    ) throws -> any Service {
        let file = SocketFile(path: socket.path, mode: socket.mode, group: socket.group)
        try file.checkFree()
        return UnixListener(
            file: file,
            responder: DeskResponder(door: .socket, router: responder, metrics: metrics),
            connection: Self.connection(settings.limits),
            configuration: configuration(.unixDomainSocket(path: file.bindingPath)),
            logger: logger)
    }

    private func configuration(_ address: BindAddress) -> ApplicationConfiguration {
        ApplicationConfiguration(
            address: address,
            availableConnectionsDelegate: MaximumAvailableConnections(settings.limits.connections))
    }

    static func connection(_ limits: ServerLimits) -> HTTP1Channel.Configuration {
        var patience = Patience()
        patience.largestBody = max(limits.attachmentBytes, limits.webhookBytes) &+ 1_048_576
        let bound = patience
        return HTTP1Channel.Configuration(
            additionalChannelHandlers: [RequestPatience(bound)],
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 16 * 1_024, maxHeaderListSize: 64 * 1_024,
                maxHeaderFieldCount: 100))
    }
}

/// The port that the system gave.
final class ListeningPort: Sendable {
    private let port = Mutex<Int?>(nil)

    var value: Int? {
        get { port.withLock { $0 } }
        set { port.withLock { $0 = newValue } }
    }
}

extension ServerLimits {
    var agentRate: RateLimit? {
        RateLimit(apiPerMinute, per: .minutes(1), burst: max(10, apiPerMinute / 6))
    }

    var webhookRate: RateLimit? {
        RateLimit(webhookPerSecond, per: .seconds(1), burst: webhookPerSecond &* 5)
    }

    var surveyRate: RateLimit? {
        RateLimit(surveyPostsPerMinute, per: .minutes(1), burst: surveyPostsPerMinute)
    }
}
