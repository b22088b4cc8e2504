internal import ChannelKit
internal import ChatWebhookChannel
internal import CurlTransport
internal import EmailChannel
internal import ExecChannel
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
        EmailAdapter.self, ChatWebhookChannel.self, PhoneLogChannel.self, ExecChannel.self,
    ]

    /// Threads that read mail, shared by everything in this process; started once, ends with it.
    static let mailReading: MailReadingPool = {
        let pool = NIOThreadPool(numberOfThreads: 2)
        pool.start()
        return MailReadingPool(pool)
    }()

    /// One thread for HTTP out, shared by all chat inboxes.
    private static let transfers = CurlLoop(name: "http-out")

    /// The adapter of an inbox, and all it was made of.
    struct Made: Sendable {
        let adapter: any ChannelAdapter
        let recipe: AdapterRecipe
        /// Another one for each adapter that is made: tells one that was kept over a reload from a new one.
        let generation: Int
    }

    let made: [InboxID: Made]
    /// The highest number given so far, to inboxes that are gone too.
    private let generations: Int
    let adapters: [InboxID: any ChannelAdapter]
    let mail: [InboxID: EmailAdapter]

    /// Fails with every secret and inbox that is wrong, each on a line.
    ///
    /// - Parameter earlier: an adapter of these stays in place where nothing changed that it was made of.
    init(
        _ configuration: Configuration, environment: [String: String],
        keeping earlier: Channels? = nil
    ) throws {
        let resolver = SecretResolver(
            credentialsFolder: environment["CREDENTIALS_DIRECTORY"], environment: environment)
        var builder = Builder(configuration: configuration, resolver: resolver)
        var made: [InboxID: Made] = [:]
        var generation = earlier?.generations ?? 0
        for inbox in configuration.inboxes {
            let id = InboxID(rawValue: inbox.name)
            builder.begin(inbox)
            guard let adapter = builder.adapter(for: inbox) else { continue }
            if let kept = earlier?.made[id], kept.recipe == builder.recipe {
                made[id] = kept
                continue
            }
            generation += 1
            made[id] = Made(adapter: adapter, recipe: builder.recipe, generation: generation)
        }
        guard builder.problems.isEmpty else {
            throw ConfigurationFailure(text: builder.problems.joined(separator: "\n"))
        }
        self.made = made
        generations = generation
        adapters = made.mapValues(\.adapter)
        mail = made.compactMapValues { $0.adapter as? EmailAdapter }
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
        /// Of the inbox at hand, as far as it was read.
        var recipe: AdapterRecipe

        init(configuration: Configuration, resolver: SecretResolver) {
            self.configuration = configuration
            self.resolver = resolver
            recipe = AdapterRecipe()
        }

        mutating func begin(_ inbox: InboxConfiguration) {
            recipe = AdapterRecipe()
            recipe.inbox = inbox
        }

        mutating func adapter(for inbox: InboxConfiguration) -> (any ChannelAdapter)? {
            do throws(ChannelConfigurationError) {
                let channel = try channelConfiguration(inbox)
                switch inbox.channel {
                case .email(let mail):
                    recipe.smtp = mail.smtp ?? configuration.smtp
                    recipe.messageBytes = configuration.limits.messageSize
                    guard let relay = relay(mail.smtp ?? configuration.smtp, inbox) else {
                        return nil
                    }
                    return try EmailAdapter(
                        configuration: channel, transport: relay,
                        mailbox: mail.imap.flatMap { reception($0, inbox) })
                case .chatWebhook(let chat):
                    return try ChatWebhookChannel(
                        configuration: channel, secrets: secrets(of: chat, inbox),
                        transfer: HTTPTransfer(loop: Channels.transfers))
                case .phoneLog:
                    return try PhoneLogChannel(
                        configuration: channel, secrets: ChannelSecrets(live: []))
                case .exec(let exec):
                    return try ExecChannel(
                        configuration: channel,
                        secrets: ChannelSecrets(
                            live: [], named: named(exec.secrets, "secrets", inbox)))
                }
            } catch {
                problems.append(
                    "inbox \(inbox.name): \(error.key): expected \(error.expected), got \(error.got)"
                )
                return nil
            }
        }

        private mutating func channelConfiguration(
            _ inbox: InboxConfiguration
        ) throws(ChannelConfigurationError) -> ChannelConfiguration {
            var values = inbox.settings.mapValues(ChannelConfiguration.Value.init)
            values["live_within_s"] = .integer(inbox.liveWithin.milliseconds / 1000)
            if let name = inbox.fromName { values["from_name"] = .text(name) }
            if case .exec = inbox.channel {
                values["spool"] = .text(ChannelFolders(configuration).spool(of: inbox.name))
            }
            if case .chatWebhook(let chat) = inbox.channel, let file = chat.presetFile {
                let source = try presetSource(file)
                recipe.presetSource = source
                values["preset_source"] = .text(source)
            }
            return ChannelConfiguration(
                inbox: InboxID(rawValue: inbox.name), values: values,
                zone: inbox.timezone.flatMap(ZoneTable.rules) ?? .utc)
        }

        /// An adapter does no I/O when it is made: a preset of ops' own is read for it here.
        private func presetSource(
            _ file: String
        ) throws(ChannelConfigurationError) -> String {
            switch ConfigurationFiles.disk.read(file, 256 * 1024) {
            case .success(let content): return String(decoding: content.bytes, as: UTF8.self)
            case .failure(let failure):
                throw ChannelConfigurationError(
                    key: "preset_file", expected: "a preset that can be read",
                    got: "\(file): \(failure)")
            }
        }

        private mutating func secrets(
            of chat: ChatWebhookInboxConfiguration, _ inbox: InboxConfiguration
        ) -> ChannelSecrets {
            ChannelSecrets(
                live: chat.secrets.compactMap { secret($0, "inbox \(inbox.name): secret") },
                named: named(chat.credentials, "credentials", inbox))
        }

        private mutating func named(
            _ sources: [String: SecretSource], _ key: String, _ inbox: InboxConfiguration
        ) -> [String: String] {
            var named: [String: String] = [:]
            for (name, source) in sources.sorted(by: { $0.key < $1.key }) {
                named[name] = secret(source, "inbox \(inbox.name): \(key).\(name)")
            }
            return named
        }

        private mutating func secret(_ source: SecretSource, _ place: String) -> String? {
            switch resolver.resolve(source) {
            case .success(let resolved):
                recipe.secrets.append(resolved.secret.bytes)
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
            var credentials: SMTPTransfer.Credentials?
            if let login = smtp.login {
                guard let password = secret(login.password, "smtp: password") else { return nil }
                credentials = SMTPTransfer.Credentials(user: login.user, password: password)
            }
            if let relay = relays[RelayKey(smtp)] { return relay }
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
