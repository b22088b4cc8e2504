import ChannelKit
public import CurlTransport
internal import HelpdeskCore
internal import Synchronization

/// Reads one mailbox by IMAP into one inbox: signs in, takes what is new, waits for more.
///
/// The cursor goes into the transaction of the mails it covers, and nothing is changed on the server before that, so a
/// death at any moment loses nothing and doubles nothing. Mails are read with EXAMINE and BODY.PEEK: who reads, marks or
/// deletes mails beside us changes nothing for us.
public final class MailboxReception: Sendable {
    /// Opens a connection that is signed in.
    public typealias Connecting =
        @Sendable (ConnectionServer, ConnectionServer.SignIn) async throws(TransportFailure) ->
        any IMAPChannel

    public let settings: IMAPSettings
    let pool: MailReadingPool
    private let connect: Connecting
    private let token = Mutex<String?>(nil)
    let stumbles = IMAPStumbles()

    public init(
        _ settings: IMAPSettings, pool: MailReadingPool,
        connect: @escaping Connecting = { server, signIn throws(TransportFailure) in
            try await SecuredConnection.open(server, signIn: signIn)
        }
    ) {
        self.settings = settings
        self.pool = pool
        self.connect = connect
    }

    /// Reads until the task is cancelled or something fails; then it throws how things stand, and is called again later with
    /// the cursor committed last.
    func run(
        from cursor: Cursor?, adapter: EmailAdapter, host: any ChannelHost
    ) async throws(ChannelInterruption) {
        do throws(IMAPFault) {
            let session = try await signIn()
            try await session.open(settings.folder, .readOnly)
            guard let folder = session.folder else { return }
            let resumed = IMAPCursor.resume(
                cursor, in: folder, settings: settings, at: host.now())
            var visit = MailboxVisit(
                reception: self, session: session, adapter: adapter, host: host, cursor: resumed)
            try await visit.begin(changed: resumed.cursor != cursor)
            while !Task.isCancelled { try await visit.round() }
        } catch {
            if case .transport(.cancelled) = error { return }
            throw ChannelInterruption(error.health)
        }
    }

    /// Whether the server lets us in and has the folder; nothing is read.
    func check() async -> ChannelHealth {
        do throws(IMAPFault) {
            let session = try await signIn()
            try await session.open(settings.folder, .readOnly)
            return ChannelHealth(
                state: .ok, detail: "\(session.folder?.mails ?? 0) mails in \(settings.folder)")
        } catch {
            return error.health
        }
    }

    /// A session that is ready for a folder. A token that the server refuses is asked for anew, once.
    func signIn() async throws(IMAPFault) -> IMAPSession {
        do throws(IMAPFault) {
            return try await begin(try await credential())
        } catch .transport(.signInRefused(let detail)) {
            guard case .token = settings.credential else {
                throw .transport(.signInRefused(detail))
            }
            token.withLock { $0 = nil }
            return try await begin(try await credential())
        }
    }

    private func credential() async throws(IMAPFault) -> ConnectionServer.SignIn {
        switch settings.credential {
        case .signIn(let signIn): return signIn
        case .token(let ask):
            if let known = token.withLock({ $0 }) { return .bearer(token: known) }
            do throws(TokenFailure) {
                let fresh = try await ask()
                token.withLock { $0 = fresh }
                return .bearer(token: fresh)
            } catch {
                throw .transport(.signInRefused("the token command: \(error.detail)"))
            }
        }
    }

    private func begin(
        _ signIn: ConnectionServer.SignIn
    ) async throws(IMAPFault) -> IMAPSession {
        let channel: any IMAPChannel
        do throws(TransportFailure) {
            channel = try await connect(settings.server, signIn)
        } catch {
            throw .transport(error)
        }
        let session = IMAPSession(
            channel, patience: settings.patience,
            // A mail may be a little longer than the server says: some count line ends otherwise.
            literalBytes: settings.messageBytes + settings.messageBytes / 16 + (64 << 10))
        try await session.begin()
        return session
    }
}

/// Mails that did not come although the server has them, and how often: what lets one of them never stop the others.
/// Lives as long as the inbox, over all its connections.
final class IMAPStumbles: Sendable {
    private static let most = 1_000
    private let counts = Mutex<[UInt32: Int]>([:])

    func count(_ uid: UInt32) -> Int { counts.withLock { $0[uid] ?? 0 } }

    func add(_ uids: [UInt32]) {
        counts.withLock { counts in
            if counts.count + uids.count > Self.most { counts = [:] }
            for uid in uids { counts[uid, default: 0] += 1 }
        }
    }

    func forget(_ uids: [UInt32]) {
        counts.withLock { counts in
            guard !counts.isEmpty else { return }
            for uid in uids { counts[uid] = nil }
        }
    }
}
