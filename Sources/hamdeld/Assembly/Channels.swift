internal import ChannelKit
internal import ChatWebhookChannel
internal import CurlTransport
internal import EmailChannel
internal import Glibc
internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import HelpdeskEngine
internal import NIOPosix
internal import PhoneLogChannel

/// Every channel this daemon is built with, and one adapter per configured inbox. Swift has no registration at import: the list is
/// `adapter(for:)`, and a test holds it against the folders in `channels/`.
struct Channels: Sendable {
    static let kinds: [any ChannelAdapter.Type] = [
        EmailAdapter.self, ChatWebhookChannel.self, PhoneLogChannel.self,
    ]

    /// Threads that read mail, shared by everything in this process; started once, ends with it.
    static let mailReading: MailReadingPool = {
        let pool = NIOThreadPool(numberOfThreads: 2)
        pool.start()
        return MailReadingPool(pool)
    }()

    /// One thread for HTTP out, shared by all chat inboxes.
    private static let transfers = CurlLoop(name: "http-out")

    let adapters: [InboxID: any ChannelAdapter]
    let mail: [InboxID: EmailAdapter]

    /// Fails with every secret and inbox that is wrong, each on a line.
    init(_ configuration: Configuration, environment: [String: String]) throws {
        let resolver = SecretResolver(
            credentialsFolder: environment["CREDENTIALS_DIRECTORY"], environment: environment)
        var builder = Builder(configuration: configuration, resolver: resolver)
        var adapters: [InboxID: any ChannelAdapter] = [:]
        var mail: [InboxID: EmailAdapter] = [:]
        for inbox in configuration.inboxes {
            let id = InboxID(rawValue: inbox.name)
            adapters[id] = builder.adapter(for: inbox)
            mail[id] = adapters[id] as? EmailAdapter
        }
        guard builder.problems.isEmpty else {
            throw ConfigurationFailure(text: builder.problems.joined(separator: "\n"))
        }
        self.adapters = adapters
        self.mail = mail
    }

    /// Reads raw bytes as the mail of an inbox.
    var rereading: Administration.Rereading {
        let mail = mail
        return { inbox, raw in
            guard let adapter = mail[inbox] else {
                return .failure(
                    QuarantineReason(
                        code: "not_mail", detail: "inbox \(inbox.rawValue) takes no mail"))
            }
            return await adapter.reading(raw, on: Self.mailReading)
        }
    }

    /// Makes adapters, one relay per SMTP server, and collects what is wrong.
    private struct Builder {
        let configuration: Configuration
        let resolver: SecretResolver
        var problems: [String] = []
        var relays: [RelayKey: SMTPRelay] = [:]

        init(configuration: Configuration, resolver: SecretResolver) {
            self.configuration = configuration
            self.resolver = resolver
        }

        mutating func adapter(for inbox: InboxConfiguration) -> (any ChannelAdapter)? {
            do throws(ChannelConfigurationError) {
                let channel = channelConfiguration(inbox)
                switch inbox.channel {
                case .email(let mail):
                    guard let relay = relay(mail.smtp ?? configuration.smtp, inbox) else {
                        return nil
                    }
                    return try EmailAdapter(
                        configuration: channel, transport: relay,
                        mailbox: mail.imap.flatMap { reception($0, inbox) })
                case .chatWebhook(let chat):
                    return try ChatWebhookChannel(
                        configuration: channel, secrets: secrets(chat.secrets, inbox),
                        transfer: HTTPTransfer(loop: Channels.transfers))
                case .phoneLog:
                    return try PhoneLogChannel(
                        configuration: channel, secrets: ChannelSecrets(live: []))
                }
            } catch {
                problems.append(
                    "inbox \(inbox.name): \(error.key): expected \(error.expected), got \(error.got)"
                )
                return nil
            }
        }

        private func channelConfiguration(_ inbox: InboxConfiguration) -> ChannelConfiguration {
            var values = inbox.settings.mapValues(ChannelConfiguration.Value.init)
            values["live_within_s"] = .integer(inbox.liveWithin.milliseconds / 1000)
            if let name = inbox.fromName { values["from_name"] = .text(name) }
            return ChannelConfiguration(
                inbox: InboxID(rawValue: inbox.name), values: values,
                zone: inbox.timezone.flatMap(ZoneTable.rules) ?? .utc)
        }

        private mutating func secrets(
            _ sources: [SecretSource], _ inbox: InboxConfiguration
        ) -> ChannelSecrets {
            ChannelSecrets(live: sources.compactMap { secret($0, "inbox \(inbox.name): secret") })
        }

        private mutating func secret(_ source: SecretSource, _ place: String) -> String? {
            switch resolver.resolve(source) {
            case .success(let resolved):
                return String(decoding: resolved.secret.bytes, as: UTF8.self)
            case .failure(let problem):
                problems.append("\(place): \(problem)")
                return nil
            }
        }

        /// Nil when it cannot be: what is wrong was collected.
        private mutating func reception(
            _ imap: IMAPConfiguration, _ inbox: InboxConfiguration
        ) -> MailboxReception? {
            do throws(ConnectionServer.Fault) {
                return try MailboxReception.of(
                    imap, inbox: inbox, messageBytes: configuration.limits.messageSize
                ) { secret($0, "inbox \(inbox.name): imap: password") }
            } catch {
                problems.append("inbox \(inbox.name): imap: \(error)")
                return nil
            }
        }

        private mutating func relay(
            _ smtp: SMTPConfiguration, _ inbox: InboxConfiguration
        ) -> SMTPRelay? {
            if let relay = relays[RelayKey(smtp)] { return relay }
            var credentials: SMTPTransfer.Credentials?
            if let login = smtp.login {
                guard let password = secret(login.password, "smtp: password") else { return nil }
                credentials = SMTPTransfer.Credentials(user: login.user, password: password)
            }
            do throws(SMTPTransfer.ServerFault) {
                let relay = SMTPRelay(
                    SMTPTransfer(
                        server: try SMTPTransfer.Server(
                            url: smtp.url, tls: SMTPTransfer.TLSRule(smtp.encryption),
                            credentials: credentials, helloName: smtp.helloName,
                            trust: smtp.authorities.map { .authorities(path: $0) } ?? .system)))
                relays[RelayKey(smtp)] = relay
                return relay
            } catch {
                problems.append("inbox \(inbox.name): smtp: \(error)")
                return nil
            }
        }
    }
}

/// What makes two relays the same: inboxes with equal ones share its connections.
private struct RelayKey: Hashable {
    let url: String
    let user: String?
    let encryption: SMTPConfiguration.Encryption
    let authorities: String?
    let helloName: String?

    init(_ smtp: SMTPConfiguration) {
        url = smtp.url
        user = smtp.login?.user
        encryption = smtp.encryption
        authorities = smtp.authorities
        helloName = smtp.helloName
    }
}

/// Configuration that loads and yet cannot work: exit 78.
struct ConfigurationFailure: Error {
    let text: String
}

extension EmailAdapter {
    func reading(
        _ raw: [UInt8], on pool: MailReadingPool
    ) async -> Result<InboundMessage, QuarantineReason> {
        do {
            return try await pool.run { self.read(raw) }.mapError(\.reason)
        } catch {
            return .failure(
                QuarantineReason(code: "stopping", detail: "the daemon is stopping"))
        }
    }
}

extension SMTPTransfer.TLSRule {
    init(_ encryption: SMTPConfiguration.Encryption) {
        self =
            switch encryption {
            case .offered: .opportunistic
            case .require: .require
            case .off: .none
            }
    }
}

extension ChannelConfiguration.Value {
    init(_ value: SettingValue) {
        self =
            switch value {
            case .text(let text): .text(text)
            case .integer(let number): .integer(number)
            case .boolean(let flag): .boolean(flag)
            case .list(let values): .list(values.map(Self.init))
            case .table(let table): .table(table.mapValues(Self.init))
            }
    }
}
