internal import ChannelKit
internal import HelpdeskCore

/// A preset as one inbox uses it: with ops' settings and secrets.
struct PresetInbox: Sendable {
    let preset: Preset
    let settings: [String: String]
    let credentials: [String: String]
    /// Each is accepted on what comes in.
    let secrets: [WebhookSecret]
    let firstSecret: String
    /// The address the provider calls, as it was given to the provider; for signatures over it.
    let webhookURL: String
    let replyURL: String?
    let mediaHosts: MediaHosts
    let trust: IdentityTrust

    init(
        _ preset: Preset, _ configuration: ChannelConfiguration, _ secrets: ChannelSecrets,
        live: [WebhookSecret], _ chat: ChatWebhookSettings
    ) throws(ChannelConfigurationError) {
        self.preset = preset
        self.secrets = live
        firstSecret = secrets.live.first.map(WebhookSecret.trimmed) ?? ""
        trust = chat.trust
        replyURL = chat.replyURL
        webhookURL = try Self.webhookURL(configuration, preset)
        let settings = try Self.settings(configuration, preset)
        self.settings = settings
        credentials = try Self.credentials(secrets, preset)
        mediaHosts = MediaHosts(
            preset: preset.media?.hosts ?? [],
            trusted: configuration.texts("media_hosts")
                + preset.settings.filter { $0.form == .url }.compactMap { settings[$0.name] }
                .compactMap { MediaHosts.hostAndPort(ofURL: $0) })
    }

    /// The roots that every text of this inbox may name.
    var scope: PresetScope {
        var scope = PresetScope()
        scope.bind("settings", texts: settings)
        return scope
    }

    /// As above, with what may only be shown to the provider.
    var secretScope: PresetScope {
        var scope = scope
        scope.bind("credentials", texts: credentials)
        scope.bind("secret", text: firstSecret)
        scope.bind("reply_url", text: replyURL)
        return scope
    }

    private static func webhookURL(
        _ configuration: ChannelConfiguration, _ preset: Preset
    ) throws(ChannelConfigurationError) -> String {
        if let url = configuration.text("webhook_url") { return url }
        guard case .code(let code) = preset.signature,
            code.signed.contains(where: { $0.paths.contains { $0.root.hasPrefix("url") } })
        else { return "" }
        throw ChannelConfigurationError(
            key: "webhook_url",
            expected:
                "the address you gave to the provider, which \(preset.title) signs", got: "nothing")
    }

    private static func settings(
        _ configuration: ChannelConfiguration, _ preset: Preset
    ) throws(ChannelConfigurationError) -> [String: String] {
        var given: [String: ChannelConfiguration.Value] = [:]
        if case .table(let table)? = configuration.values["settings"] { given = table }
        let known = preset.settings.map(\.name)
        for name in given.keys.sorted() where !known.contains(name) {
            throw ChannelConfigurationError(
                key: "settings.\(name)",
                expected: known.isEmpty
                    ? "no settings: \(preset.name) has none"
                    : "one of \(known.joined(separator: ", "))", got: "\"\(name)\"")
        }
        var settings: [String: String] = [:]
        for setting in preset.settings {
            var text = setting.standard
            switch given[setting.name] {
            case .text(let value)?: text = value
            case .integer(let value)?: text = "\(value)"
            case nil: break
            default:
                throw ChannelConfigurationError(
                    key: "settings.\(setting.name)", expected: setting.meaning, got: "no text")
            }
            guard let text else {
                throw ChannelConfigurationError(
                    key: "settings.\(setting.name)", expected: setting.meaning, got: "nothing")
            }
            if setting.form == .url, MediaHosts.hostAndPort(ofURL: text) == nil {
                throw ChannelConfigurationError(
                    key: "settings.\(setting.name)",
                    expected: "an address that begins with https:// (or http://)",
                    got: "\"\(text)\"")
            }
            settings[setting.name] = text
        }
        return settings
    }

    private static func credentials(
        _ secrets: ChannelSecrets, _ preset: Preset
    ) throws(ChannelConfigurationError) -> [String: String] {
        let known = preset.credentials.map(\.name)
        for name in secrets.named.keys.sorted() where !known.contains(name) {
            throw ChannelConfigurationError(
                key: "credentials.\(name)",
                expected: known.isEmpty
                    ? "no credentials: \(preset.name) has none"
                    : "one of \(known.joined(separator: ", "))", got: "\"\(name)\"")
        }
        for credential in preset.credentials where credential.need == .always {
            guard secrets.named[credential.name] != nil else {
                throw ChannelConfigurationError(
                    key: "credentials.\(credential.name)", expected: credential.meaning,
                    got: "nothing")
            }
        }
        return secrets.named.mapValues(WebhookSecret.trimmed)
    }

    /// Whether everything that answers need is there; else the inbox only receives.
    var canReply: Bool {
        guard let reply = preset.reply else { return false }
        let needed = ([reply.url] + reply.headers.map(\.value)).flatMap(\.paths)
        return needed.allSatisfy { path in
            guard case .member(let name)? = path.steps.first else {
                return path.root != "reply_url" || replyURL != nil
            }
            switch path.root {
            case "credentials": return credentials[name]?.isEmpty == false
            case "settings": return settings[name]?.isEmpty == false
            default: return true
            }
        }
    }
}
