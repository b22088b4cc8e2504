public import CurlTransport

/// The bytes under an IMAP session. The daemon gives one over libcurl; tests give one that plays a server.
public protocol IMAPChannel: Sendable {
    func send(_ bytes: [UInt8], within patience: Duration) async throws(TransportFailure)
    func receive(within patience: Duration) async throws(TransportFailure)
        -> SecuredConnection.Reception
    func close()
}

extension SecuredConnection: IMAPChannel {}
