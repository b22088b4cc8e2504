public import ChannelKit
internal import Glibc
public import HelpdeskCore
internal import Synchronization

/// A channel whose adapter is a program of anybody's, in any language: a child that we start and watch, and that speaks JSON lines
/// on its stdio (`hamdel-channel/1`: DESIGN §7, Docs/Adapter-Guide.md).
///
/// `run` is one life of the child; the daemon calls it again after a back-off when it ends. Limits and what they are for: README.md here.
public struct ExecChannel: WebhookReceiving {
    public static let kind = ChannelKind.exec

    let settings: ExecSettings
    let life: ExecLife

    public init(
        configuration: ChannelConfiguration, secrets: ChannelSecrets
    ) throws(ChannelConfigurationError) {
        settings = try ExecSettings(configuration, secrets)
        life = ExecLife()
    }

    /// What its last hello said; before the first one, everything that a chat can do.
    public var capabilities: ChannelCapabilities { life.capabilities }

    /// Whether it runs and is well. In a process that does not run it (`hamdeld doctor`): whether it could be started.
    public func check() async -> ChannelHealth {
        if let health = life.health { return health }
        let program = settings.command[0]
        guard program.hasPrefix("/") else { return ChannelHealth(state: .ok) }
        let isThere = await SpoolFolder.off { access(program, X_OK) == 0 }
        return isThere
            ? ChannelHealth(state: .ok)
            : ChannelHealth(
                state: .down, detail: "\(program) is not there, or may not be run",
                action: .fixConfiguration)
    }

    public func run(from cursor: Cursor?, host: any ChannelHost) async throws {
        let session = ExecSession(settings, life: life, host: host)
        defer { life.end(session) }
        try await session.run(from: cursor)
    }

    public func prepare(_ message: OutboundMessage) throws(OutboundRefusal) -> PreparedMessage {
        try OutgoingMessage.prepared(message, capabilities)
    }

    public func send(_ message: PreparedMessage, attempt: Int) async -> SendResult {
        guard let session = life.session else {
            return .unavailable(detail: life.health?.detail ?? "the adapter is not running")
        }
        return await session.send(message, attempt: attempt)
    }

    public func receive(_ request: WebhookRequest, host: any ChannelHost) async -> WebhookReply {
        guard let session = life.session else {
            return WebhookReply(
                status: 503, contentType: "text/plain", body: Array("try again".utf8),
                retryAfter: 5)
        }
        return await session.receive(request)
    }
}

/// What is known of an inbox's adapter across its lives.
final class ExecLife: Sendable {
    private struct State {
        var session: ExecSession?
        var capabilities = AdapterHello.presumed
        var health: ChannelHealth?
    }

    private let state = Mutex(State())

    var session: ExecSession? { state.withLock { $0.session } }
    var capabilities: ChannelCapabilities { state.withLock { $0.capabilities } }
    /// Nil when it was never run here.
    var health: ChannelHealth? { state.withLock { $0.health } }

    func began(_ session: ExecSession, _ capabilities: ChannelCapabilities) {
        state.withLock {
            $0.session = session
            $0.capabilities = capabilities
        }
    }

    func note(_ health: ChannelHealth) { state.withLock { $0.health = health } }

    func end(_ session: ExecSession) {
        state.withLock { state in
            if state.session === session { state.session = nil }
            if state.health?.state == .ok || state.health == nil {
                state.health = ChannelHealth(
                    state: .down, detail: "the adapter is not running", action: .wait)
            }
        }
    }
}
