internal import ChannelKit
internal import ChatWebhookChannel
internal import EmailChannel
internal import ExecChannel
internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskServer
internal import HelpdeskStore
internal import Logging
internal import Synchronization

/// The inboxes in force and the host of each. A reload replaces those that changed; the others keep their adapter, their host and
/// whatever they were doing.
final class InboxHosts: Sendable {
    private struct Setup {
        var hosts: [InboxID: IntakeHost]
        var mail: EmailInboxes
        var runs: [Run]
        var channels: Channels
        var configuration: Configuration
    }

    /// An inbox with what runs it.
    struct Run: Sendable {
        let inbox: InboxID
        let adapter: any ChannelAdapter
        let host: IntakeHost
        /// Another number means another adapter.
        let generation: Int
    }

    /// Each rings when other inboxes are in force, and once at the beginning: a bell for each who listens.
    let changesForRuns = Doorbell()
    let changesForMailDoor = Doorbell()

    private let desk: Desk
    private let logger: Logger
    private let setup: Mutex<Setup>

    init(_ assembly: DeskAssembly, logger: Logger) {
        desk = assembly.desk
        self.logger = logger
        setup = Mutex(
            Self.setup(
                assembly.desk, assembly.channels, assembly.configuration, logger, keeping: nil))
        ringBells()
    }

    private func ringBells() {
        changesForRuns.ring()
        changesForMailDoor.ring()
    }

    func replace(_ channels: Channels, configuration: Configuration) {
        let earlier = setup.withLock { $0 }
        let fresh = Self.setup(desk, channels, configuration, logger, keeping: earlier)
        setup.withLock { $0 = fresh }
        ringBells()
    }

    private static func setup(
        _ desk: Desk, _ channels: Channels, _ configuration: Configuration, _ logger: Logger,
        keeping earlier: Setup?
    ) -> Setup {
        let path = desk.store.path
        let reserve = Int64(configuration.limits.freeSpace)
        let isSameReserve =
            earlier?.configuration.limits.freeSpace == configuration.limits.freeSpace
        var hosts: [InboxID: IntakeHost] = [:]
        for (inbox, made) in channels.made {
            if isSameReserve, earlier?.channels.made[inbox]?.generation == made.generation,
                let host = earlier?.hosts[inbox]
            {
                hosts[inbox] = host
                continue
            }
            hosts[inbox] = IntakeHost(
                desk, inbox: inbox, door: made.isDraining ? .draining : .open,
                space: { Surroundings.freeSpace(beside: path, reserve: reserve) },
                log: { remark in logger.log(remark, of: inbox) })
        }
        let mail = channels.mail.compactMap { inbox, adapter in
            hosts[inbox].map { EmailInboxes.Entry(inbox: inbox, adapter: adapter, host: $0) }
        }
        let runs = channels.made.filter { $0.value.isRun }.compactMap { inbox, made in
            hosts[inbox].map {
                Run(
                    inbox: inbox, adapter: made.adapter, host: $0, generation: made.generation)
            }
        }
        return Setup(
            hosts: hosts, mail: EmailInboxes(mail, pool: Channels.mailReading), runs: runs,
            channels: channels, configuration: configuration)
    }

    var mail: EmailInboxes { setup.withLock { $0.mail } }
    var runs: [Run] { setup.withLock { $0.runs } }
    var channels: Channels { setup.withLock { $0.channels } }
    var configuration: Configuration { setup.withLock { $0.configuration } }

    func freeSpace() -> Int64 {
        Surroundings.freeSpace(beside: desk.store.path, reserve: 0)
    }

    /// Reads raw bytes as the mail of an inbox that is in force now.
    var rereading: Administration.Rereading {
        { inbox, raw in
            guard let adapter = self.mail.adapter(of: inbox) else {
                return .failure(
                    QuarantineReason(
                        code: "not_mail", detail: "inbox \(inbox.rawValue) takes no mail"))
            }
            return await adapter.reading(raw, on: Channels.mailReading)
        }
    }

    /// Of an inbox that went away by a reload, a host that refuses everything.
    func host(of inbox: InboxID) -> any ChannelHost {
        setup.withLock { $0.hosts[inbox] } ?? IntakeHost(desk, inbox: inbox) { .max }
    }

    /// Nil where nothing is known: of a mailbox that was not read yet.
    func health(of inbox: InboxID) -> ChannelHealth? {
        let (host, made) = setup.withLock { ($0.hosts[inbox], $0.channels.made[inbox]) }
        guard let host, let made else { return nil }
        let health = host.currentHealth
        let fetches =
            (made.adapter as? EmailAdapter)?.mailbox != nil || made.adapter is ExecChannel
        return fetches && health.state == .ok && health.lastSuccess == nil ? nil : health
    }

    /// Messages put in by integrators have the shape of the generic webhook.
    var messageReading: MessageReading {
        MessageReading { bytes, _ throws(MessageReading.Fault) in
            do throws(NormalisedMessages.Fault) {
                return try NormalisedMessages.read(bytes)
            } catch {
                throw MessageReading.Fault(place: error.place, reason: error.reason)
            }
        }
    }
}

extension Channels.Made {
    var isDraining: Bool { recipe.inbox?.intake == .draining }

    /// Whether its `run` is called: what fetches has nothing to fetch any more, a child must run to send what waits.
    var isRun: Bool { !isDraining || adapter is ExecChannel }
}

extension Logger {
    fileprivate func log(_ remark: ChannelRemark, of inbox: InboxID) {
        let level: Logger.Level =
            switch remark.severity {
            case .debug: .debug
            case .info: .info
            case .warning: .warning
            case .error: .error
            }
        log(level: level, "inbox \(inbox.rawValue): \(remark.text)")
    }
}
