/// A connection that libcurl opened, secured and signed in, and that carries our own bytes from there on.
///
/// Made for IMAP, where libcurl's own commands mark mails as read and lose literals (measured with 7.88.1, see
/// Docs/Decisions). Each connection has a thread and a multi handle of its own: a server that is slow or dead holds up nobody
/// else, and no other transfer can take the connection out of a shared pool. The handle never leaves its multi handle or
/// its thread.
///
/// One user at a time. Bytes that the server sent in one piece with its "signed in" are swallowed by libcurl: begin with
/// a command that asks again.
public final class SecuredConnection: Sendable {
    public enum Reception: Sendable, Equatable {
        case bytes([UInt8])
        /// Nothing came in the time given; the connection is as good as before.
        case silence
        /// The server has closed.
        case ended
    }

    private let orders = ConnectionOrders()

    private init() {}

    deinit { orders.close() }

    /// Connects, secures and signs in, within `server.patience`. Suspends, never blocks; cancelling the task gives up.
    ///
    /// `.signInRefused` is the user's or token's fault, `.untrusted` the certificate's; everything else may pass.
    public static func open(
        _ server: ConnectionServer, signIn: ConnectionServer.SignIn
    ) async throws(TransportFailure) -> SecuredConnection {
        let connection = SecuredConnection()
        guard ConnectionThread.start(connection.orders, ConnectionOpening(server, signIn)) else {
            throw .busy
        }
        _ = try await connection.orders.perform(.open, within: server.patience)
        return connection
    }

    /// Sends all bytes. After any failure the connection is of no more use.
    public func send(
        _ bytes: [UInt8], within patience: Duration
    ) async throws(TransportFailure) {
        _ = try await orders.perform(.send(bytes), within: patience)
    }

    /// The next bytes that come, at most 64 KiB.
    public func receive(within patience: Duration) async throws(TransportFailure) -> Reception {
        guard case .received(let reception) = try await orders.perform(.receive, within: patience)
        else { return .silence }
        return reception
    }

    /// Ends the connection at once, whatever is under way.
    public func close() { orders.close() }
}
