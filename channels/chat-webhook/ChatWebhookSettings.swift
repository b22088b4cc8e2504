internal import ChannelKit
internal import HelpdeskCore

/// An inbox's settings, read once and checked.
struct ChatWebhookSettings: Sendable {
    let trust: IdentityTrust
    /// nil: the inbox only receives.
    let replyURL: String?
    let conversations: ConversationKind
    /// nil: generic.
    let preset: Preset?

    init(_ configuration: ChannelConfiguration) throws(ChannelConfigurationError) {
        preset = try Self.preset(configuration)
        switch configuration.values["trust_identities"] {
        case nil, .boolean(false): trust = .suggestionOnly
        case .boolean(true): trust = .believed
        case .some(let other):
            throw ChannelConfigurationError(
                key: "trust_identities", expected: "true or false", got: Self.described(other))
        }
        switch configuration.values["conversations"] {
        case nil: conversations = .session
        case .text(let word) where ConversationKind(rawValue: word) != nil:
            conversations = ConversationKind(rawValue: word) ?? .session
        case .some(let other):
            throw ChannelConfigurationError(
                key: "conversations", expected: "\"session\", \"perpetual\" or \"group\"",
                got: Self.described(other))
        }
        replyURL = try Self.replyURL(configuration.values["reply_url"])
    }

    /// Ops' own file (`preset_source`, as read by the daemon from `preset_file`), else one that the program carries.
    private static func preset(
        _ configuration: ChannelConfiguration
    ) throws(ChannelConfigurationError) -> Preset? {
        let key: String
        let read: Result<Preset, PresetFaults>?
        let word = configuration.values["preset"] ?? .text("generic")
        if let source = configuration.text("preset_source") {
            key = "preset_file"
            read = PresetReader.read(
                Array(source.utf8), file: configuration.text("preset_file") ?? "preset")
        } else {
            key = "preset"
            if word == .text("generic") { return nil }
            read = configuration.text("preset").flatMap { PresetCatalogue.preset(named: $0) }
        }
        switch read {
        case .success(let preset): return preset
        case .failure(let faults):
            throw ChannelConfigurationError(
                key: key, expected: "a preset without faults", got: "\n\(faults)")
        case nil:
            let names = (["generic"] + PresetCatalogue.names).map { "\"\($0)\"" }
            throw ChannelConfigurationError(
                key: key, expected: names.joined(separator: ", "), got: described(word))
        }
    }

    private static func replyURL(
        _ value: ChannelConfiguration.Value?
    ) throws(ChannelConfigurationError) -> String? {
        guard let value else { return nil }
        if case .text(let url) = value, url.utf8.count <= 2000,
            url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            url.utf8.starts(with: "https://".utf8) || url.utf8.starts(with: "http://".utf8)
        {
            return url
        }
        throw ChannelConfigurationError(
            key: "reply_url", expected: "an address that begins with https:// (or http://)",
            got: described(value))
    }

    private static func described(_ value: ChannelConfiguration.Value) -> String {
        switch value {
        case .text(let text): "\"\(String(text.unicodeScalars.prefix(80)))\""
        case .integer(let number): "\(number)"
        case .boolean(let flag): "\(flag)"
        case .list: "a list"
        case .table: "a table"
        }
    }
}
