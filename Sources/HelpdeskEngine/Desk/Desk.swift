public import ChannelKit
public import HelpdeskCore
public import HelpdeskStore
internal import Synchronization

/// What every use case works with: the store, the policy in force, the adapters, time and randomness. Holds no logic.
public final class Desk: Sendable {
    public let store: Store
    public let environment: DeskEnvironment
    let board = RoutingBoard()
    /// Who has the screen open.
    public let screens = Screens()
    /// As they were when the store was opened: a backup is put back only while no desk is open.
    public let epochs: EpochBook
    let tokens: ReplyTokens
    let outages = Outages()
    /// What passed lately, for `hamdeld channel tail`.
    public let traffic = Traffic()
    let earlyReceipts = EarlyReceipts()
    let gate = ForwardingGate()
    private let current: Mutex<Setup>

    private struct Setup {
        var policy: DeskPolicy
        var adapters: [InboxID: any ChannelAdapter]
    }

    public init(
        store: Store, policy: DeskPolicy, adapters: [InboxID: any ChannelAdapter],
        environment: DeskEnvironment
    ) throws(StoreError) {
        tokens = ReplyTokens(
            try store.readNow { reader throws(StoreError) in try reader.signingKeys() })
        epochs = try store.readNow { reader throws(StoreError) in try reader.epochBook() }
        self.store = store
        self.environment = environment
        current = Mutex(Setup(policy: policy, adapters: adapters))
        store.writer.onRollback { [board] in board.drop() }
    }

    public var policy: DeskPolicy { current.withLock { $0.policy } }

    public func adapter(of inbox: InboxID) -> (any ChannelAdapter)? {
        current.withLock { $0.adapters[inbox] }
    }

    /// Puts a new configuration in force. Commands already running finish under the old one.
    public func reload(policy: DeskPolicy, adapters: [InboxID: any ChannelAdapter]) {
        current.withLock { $0 = Setup(policy: policy, adapters: adapters) }
        board.drop()
        // Another relay may be configured now: let the next message find out.
        for inbox in outages.inboxes { outages.ended(inbox) }
    }

    /// What an adapter can do, as it says itself now that it runs.
    func learn(_ capabilities: ChannelCapabilities, of inbox: InboxID) {
        current.withLock { $0.policy.inboxes[inbox]?.capabilities = capabilities }
    }

    /// Inboxes through which nothing can be sent at present.
    public var downInboxes: Set<InboxID> { outages.inboxes }

    public var now: Instant { environment.now() }

    /// 16 random bytes for a row of content.
    func salt() -> [UInt8] { environment.random(16) }
}

extension Desk {
    /// A round trip through the writer and the database, by the way every message goes.
    public func isWriting() async -> Bool {
        do throws(DeskFailure) {
            return try await write { transaction in
                try transaction.reader.signingKeys().isEmpty == false
            }
        } catch {
            return false
        }
    }

    /// Writes down the configured teams, which reads need to know what is private.
    public func keepTeams() async throws(DeskFailure) {
        let teams = policy.teams.values.map { (id: $0.team.id, privacy: $0.privacy) }
            .sorted { $0.id < $1.id }
        try await write { transaction in try transaction.keepTeams(teams) }
    }
}
