internal import ChannelKit
internal import CoreMetrics
internal import EmailChannel
internal import Glibc
internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskServer
internal import HelpdeskStore
internal import Logging
internal import NIOPosix
internal import ServiceLifecycle
internal import UnixSignals

/// The daemon: puts the parts together, runs them, and takes them down in order when it is told to stop.
struct Daemon: Sendable {
    /// How long what was begun may take to end once we are told to stop; then it is cut. The unit waits longer.
    private static let drain = Duration.seconds(30)
    /// What a large migration, or reading a long journal again after a power cut, may take.
    private static let openingSeconds: Int64 = 1_800

    private let assembly: DeskAssembly
    private let inboxes: InboxHosts
    private let file: String
    private let logger: Logger
    private let notifier: SystemdNotifier
    private let metrics: MetricsRegistry
    private let carrier: WebhookCarrier
    private let measuring: SelfMeasuring
    private let activated: ActivatedSockets

    init(_ loaded: LoadedConfiguration, file: String) throws {
        let environment = Surroundings.environment
        notifier = SystemdNotifier(environment: environment)
        logger = DaemonLog.logger(loaded.configuration.log, environment: environment)
        metrics = MetricsRegistry()
        MetricsSystem.bootstrap(metrics)
        notifier.status("opening the database")
        notifier.extendTimeout(seconds: Self.openingSeconds)
        assembly = try DeskAssembly(loaded, environment: environment)
        inboxes = InboxHosts(assembly, logger: logger)
        carrier = try WebhookCarrier(
            loaded.configuration, epochs: assembly.desk.epochs, environment: environment)
        activated = ActivatedSockets(environment: environment)
        measuring = SelfMeasuring(assembly.desk.store, metrics)
        measuring.noteStart(at: Surroundings.now().milliseconds / 1_000)
        self.file = file
    }

    func run() async throws {
        try await assembly.keepTeams()
        try await EventForwarding.begin(assembly.desk)
        let http = assembly.configuration.http
        let server = DeskServer(
            desk: assembly.desk, settings: settings(), registry: metrics, logger: logger,
            host: { [inboxes] inbox in inboxes.host(of: inbox) })
        let control = ControlServer(
            desk: assembly.desk,
            administration: Administration(
                assembly.desk, reread: inboxes.rereading, tryPolicy: assembly.trying),
            mailReading: inboxes.rereading,
            health: { [inboxes] inbox in inboxes.health(of: inbox) })
        let controlSocket = assembly.configuration.control.socket
        let sockets = [http.socket, controlSocket].compactMap { $0 }
        unlink(controlSocket)
        var services = ServiceGroupConfiguration(
            services: [
                .init(service: server),
                .init(
                    service: control.application(socket: controlSocket, logger: quiet)),
                .init(
                    service: MailDoor(
                        inboxes: inboxes, activated: activated, measuring: measuring,
                        logger: logger)),
                .init(service: measuring),
                .init(
                    service: InboxRuns(
                        desk: assembly.desk, inboxes: inboxes, logger: logger)),
                .init(service: DeskWorkers(desk: assembly.desk, logger: logger)),
                .init(
                    service: WebhooksOut(
                        desk: assembly.desk, carrier: carrier, logger: logger)),
                .init(
                    service: Reloading(
                        daemon: self, notifier: notifier, logger: logger)),
                .init(
                    service: Watchman(
                        desk: assembly.desk, notifier: notifier, measuring: measuring,
                        logger: logger)),
                .init(service: Announcement(daemon: self, sockets: sockets)),
            ], gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        services.maximumGracefulShutdownDuration = Self.drain
        let group = ServiceGroup(configuration: services)
        logger.info(
            "hamdeld \(Hamdeld.version) serving",
            metadata: [
                "socket": "\(http.socket ?? "-")",
                "listen": "\(http.listen?.written ?? "-")",
                "lmtp": "\(assembly.configuration.lmtp.socket)",
                "inboxes": "\(assembly.configuration.inboxes.count)",
                "message_id": "\(LogEvent.started.rawValue)",
            ])
        do {
            try await group.run()
        } catch {
            await assembly.desk.store.close()
            throw DaemonFailure(text: "\(error)")
        }
        await assembly.desk.store.close()
        logger.info("stopped", metadata: [LogEvent.key: "\(LogEvent.stopped.rawValue)"])
    }

    /// What our own services log is enough; the frameworks' comes from warnings on.
    private var quiet: Logger {
        var logger = logger
        logger.logLevel = .warning
        return logger
    }

    private func settings() -> ServerSettings {
        let configuration = assembly.configuration
        let http = configuration.http
        return ServerSettings(
            socket: http.socket.map {
                ServerSettings.Socket(
                    path: $0, mode: UInt32(http.mode.bits), group: group(http.group))
            },
            listen: http.listen.map { ServerSettings.Listen(host: $0.host, port: $0.port) },
            version: Hamdeld.version,
            limits: ServerLimits(
                apiPerMinute: configuration.limits.apiPerMinute,
                webhookPerSecond: configuration.limits.webhookPerSecond,
                surveyPostsPerMinute: configuration.limits.surveyPostsPerMinute,
                webhookBytes: min(configuration.limits.webhookSize, 1 << 20),
                attachmentBytes: configuration.limits.attachmentSize),
            readMessage: inboxes.messageReading, crm: crm(),
            health: { [inboxes] inbox in inboxes.health(of: inbox) },
            measure: { [measuring] in measuring.measure() })
    }

    /// As it was at start: a change of `[crm]` needs a restart.
    private func crm() -> CRMDesk? {
        let crm = assembly.configuration.crm
        guard crm.link != nil || crm.lookup != nil else { return nil }
        return CRMDesk(
            link: crm.link, lookup: crm.lookup, keep: crm.keep,
            fetch: CRMFetching(crm, logger: logger).fetch)
    }

    /// A missing group is said, not fatal (CONTRACT).
    private func group(_ name: String) -> UInt32? {
        guard let group = Surroundings.group(name) else {
            logger.warning("group \(name) does not exist; the socket belongs to the daemon's own")
            return nil
        }
        return group
    }

    /// Everything serves: tell systemd.
    func announce() {
        let count = assembly.configuration.inboxes.count
        notifier.ready("\(count) inboxes, serving")
    }

    func announceStop() { notifier.stopping() }

    /// Applies a changed configuration; keeps the one in force when the new one is wrong.
    func reload() async {
        notifier.reloading()
        let loaded: LoadedConfiguration
        switch ConfigurationFile.load(path: file, isKnownTimeZone: ZoneTable.isKnown) {
        case .failure(let problems):
            logger.error(
                "the configuration is wrong; the one in force stays: \(problems)",
                metadata: [LogEvent.key: "\(LogEvent.reloadRefused.rawValue)"])
            return notifier.ready("the new configuration is wrong and was not taken")
        case .success(let good): loaded = good
        }
        guard loaded.configuration.store == assembly.configuration.store else {
            logger.error("[store] cannot change while the daemon runs; restart it")
            return notifier.ready("[store] changed: restart needed")
        }
        do {
            try carrier.replace(
                loaded.configuration, environment: Surroundings.environment)
            let channels = try assembly.reload(
                loaded, environment: Surroundings.environment, keeping: inboxes.channels)
            inboxes.replace(channels, configuration: loaded.configuration)
            try await assembly.keepTeams()
        } catch let failure as ConfigurationFailure {
            logger.error(
                "the new configuration was not taken: \(failure.text)",
                metadata: [LogEvent.key: "\(LogEvent.reloadRefused.rawValue)"])
            return notifier.ready("the new configuration is wrong and was not taken")
        } catch {
            logger.error("the new configuration was not taken in full: \(error)")
        }
        logger.info(
            "configuration reloaded",
            metadata: [
                "inboxes": "\(loaded.configuration.inboxes.count)",
                "message_id": "\(LogEvent.reloaded.rawValue)",
            ])
        notifier.ready("\(loaded.configuration.inboxes.count) inboxes, serving")
    }
}

/// Says that we are ready once every socket is there, and that we stop.
struct Announcement: Service {
    let daemon: Daemon
    let sockets: [String]

    func run() async throws {
        // Binding takes milliseconds; a socket that never comes ends the daemon by its own error.
        for _ in 0..<2_000 {
            if sockets.allSatisfy({ access($0, F_OK) == 0 }) { break }
            guard await Pulse.wait(.milliseconds(5)) else { return }
        }
        daemon.announce()
        try? await gracefulShutdown()
        daemon.announceStop()
    }
}
