internal import ChannelKit
internal import ChatWebhookChannel
internal import EmailChannel
internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskServer
internal import HelpdeskStore
internal import Synchronization

/// The inboxes in force and the host of each; replaced as a whole on reload.
final class InboxHosts: Sendable {
    private struct Setup {
        var hosts: [InboxID: IntakeHost]
        var mail: EmailInboxes
        var runs: [Run]
        var configuration: Configuration
    }

    /// An inbox with what runs it.
    struct Run: Sendable {
        let inbox: InboxID
        let adapter: any ChannelAdapter
        let host: IntakeHost
    }

    /// Each rings when other inboxes are in force, and once at the beginning: a bell for each who listens.
    let changesForRuns = Doorbell()
    let changesForMailDoor = Doorbell()

    private let desk: Desk
    private let setup: Mutex<Setup>

    init(_ assembly: DeskAssembly) {
        desk = assembly.desk
        setup = Mutex(
            Self.setup(assembly.desk, assembly.channels, assembly.configuration))
        ringBells()
    }

    private func ringBells() {
        changesForRuns.ring()
        changesForMailDoor.ring()
    }

    func replace(_ channels: Channels, configuration: Configuration) {
        let fresh = Self.setup(desk, channels, configuration)
        setup.withLock { $0 = fresh }
        ringBells()
    }

    private static func setup(
        _ desk: Desk, _ channels: Channels, _ configuration: Configuration
    ) -> Setup {
        let path = desk.store.path
        let reserve = Int64(configuration.limits.freeSpace)
        var hosts: [InboxID: IntakeHost] = [:]
        for inbox in channels.adapters.keys {
            hosts[inbox] = IntakeHost(desk, inbox: inbox) {
                Surroundings.freeSpace(beside: path, reserve: reserve)
            }
        }
        let mail = channels.mail.compactMap { inbox, adapter in
            hosts[inbox].map { EmailInboxes.Entry(inbox: inbox, adapter: adapter, host: $0) }
        }
        let runs = channels.adapters.compactMap { inbox, adapter in
            hosts[inbox].map { Run(inbox: inbox, adapter: adapter, host: $0) }
        }
        return Setup(
            hosts: hosts, mail: EmailInboxes(mail, pool: Channels.mailReading), runs: runs,
            configuration: configuration)
    }

    var mail: EmailInboxes { setup.withLock { $0.mail } }
    var runs: [Run] { setup.withLock { $0.runs } }
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

    func health(of inbox: InboxID) -> ChannelHealth? {
        setup.withLock { $0.hosts[inbox]?.currentHealth }
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
