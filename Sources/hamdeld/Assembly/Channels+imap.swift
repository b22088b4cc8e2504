internal import ChannelKit
internal import CurlTransport
internal import EmailChannel
internal import HelpdeskConfiguration
internal import HelpdeskCore

extension MailboxReception {
    /// The reception of an inbox's mailbox.
    ///
    /// - Parameter secret: the bytes of a secret as text; nil when it cannot be had, which was said already.
    static func of(
        _ imap: IMAPConfiguration, inbox: InboxConfiguration, messageBytes: Int,
        secret: (SecretSource) -> String?
    ) throws(ConnectionServer.Fault) -> MailboxReception? {
        let server = try ConnectionServer(
            url: imap.url, tls: ConnectionServer.TLSRule(imap.encryption), user: imap.user,
            trust: imap.authorities.map { .authorities(path: $0) } ?? .system)
        let credential: IMAPSettings.Credential
        switch imap.proof {
        case .password(let source, let mechanism):
            guard let password = secret(source) else { return nil }
            credential = .signIn(ConnectionServer.SignIn(mechanism, password))
        case .tokenCommand(let words):
            credential = .token { () async throws(TokenFailure) in
                try await TokenCommand(words).run()
            }
        }
        return MailboxReception(
            IMAPSettings(
                server: server, credential: credential, folder: imap.folder,
                waiting: imap.waiting == .idle ? .idle : .poll,
                poll: .milliseconds(imap.poll.milliseconds),
                marking: imap.marking == .seen ? .seen : .untouched, moveTo: imap.moveTo,
                importSince: imap.importSince.map {
                    Instant(milliseconds: Int64($0.dayNumber) * 86_400_000)
                },
                liveWithin: inbox.liveWithin, messageBytes: messageBytes),
            pool: Channels.mailReading)
    }
}

extension ConnectionServer.TLSRule {
    init(_ encryption: IMAPConfiguration.Encryption) {
        self =
            switch encryption {
            case .require: .require
            case .offered: .opportunistic
            case .off: .none
            }
    }
}

extension ConnectionServer.SignIn {
    init(_ mechanism: IMAPConfiguration.Mechanism, _ password: String) {
        self =
            switch mechanism {
            case .any, .xoauth2: .password(password)
            case .plain: .plain(password)
            case .login: .login(password)
            }
    }
}
