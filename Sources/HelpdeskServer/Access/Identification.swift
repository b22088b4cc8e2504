internal import HTTPTypes
internal import HelpdeskCore
internal import HelpdeskEngine
internal import Hummingbird
internal import NIOCore

/// Who a request comes from: by its token, or on the unix socket by what the system says of the other end. A token that
/// is wrong is not made good by the socket.
struct Identification: Sendable {
    let directory: AgentDirectory
    let users: UnixUsers
    /// What is known of a connection's other end.
    let peer: @Sendable (any Channel) async -> PeerCredentials?
    let now: @Sendable () -> Instant

    /// Nil: nobody we know.
    func caller(of request: Request, context: DeskContext) async throws(DeskFailure) -> Caller? {
        if let header = request.headers[.authorization] {
            guard let token = Self.bearerToken(header) else { return nil }
            return try await directory.authenticate(token: token)
        }
        guard context.door == .socket, let uid = await peer(context.channel)?.agentUID,
            let name = await users.name(of: uid, at: now())
        else { return nil }
        return try await directory.authenticate(unixUser: name)
    }

    /// `Bearer TOKEN` (RFC 6750); nil for any other scheme and for an empty token.
    static func bearerToken(_ header: String) -> String? {
        let bytes = Array(header.utf8)
        let scheme = "bearer ".utf8
        guard bytes.count > scheme.count, bytes.count <= 1_024,
            zip(bytes, scheme).allSatisfy({ $0 | 0x20 == $1 })
        else { return nil }
        let token = bytes.dropFirst(scheme.count).drop { $0 == 0x20 }
        guard !token.isEmpty, token.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        return String(decoding: token, as: UTF8.self)
    }
}
