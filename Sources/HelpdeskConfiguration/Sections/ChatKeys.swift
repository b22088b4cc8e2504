import HelpdeskCore
import TOMLReading

/// The keys of `[[inbox]]` that fit a chat's preset to one provider's account.
enum ChatKeys {
    private static let chat = [InboxChannel.chatWebhook.rawValue]

    static let presetFile = OptionalKey<String>(
        "preset_file", .path("the path of a preset", example: "/etc/hamdel/presets/mychat.toml"),
        absent: "the preset of that name which the program carries",
        "A preset of your own (Docs/Presets.md), used instead of one that the program carries.",
        example: "\"/etc/hamdel/presets/mychat.toml\"", only: chat)
    static let settings = DefaultedKey<[String: String]>(
        "settings", .textsByName, default: [:], written: "{}",
        "What the preset asks for, by name: channels/chat-webhook/README.md lists it for each preset.",
        example: "{ api_base = \"https://tapi.bale.ai\" }", only: chat)
    static let credentials = DefaultedKey<[String: SecretSource]>(
        "credentials", .secretsByName, default: [:], written: "{}",
        "Secrets that we show to the provider, by name: for answers, files and proofs.",
        example: "{ bot_token = { file = \"/etc/hamdel/secrets/bot\" } }", only: chat)
    static let webhookURL = OptionalKey<String>(
        "webhook_url", .webURL(example: "https://desk.example.org/in/sms"),
        absent: "not known: presets that sign the address need it",
        "The address you gave to the provider, exactly as you gave it.",
        example: "\"https://desk.example.org/in/sms\"", only: chat)
    static let mediaHosts = DefaultedKey<[String]>(
        "media_hosts", .list(of: .text("a host", atMost: 255), "hosts", counts: 0...32),
        default: [], written: "[]",
        "Further hosts that files may be fetched from, host or host:port, your own network included.",
        example: "[\"files.example.org\"]", only: chat)

    static let descriptions = [
        presetFile.description, settings.description, credentials.description,
        webhookURL.description, mediaHosts.description,
    ]
}

extension ConfigurationReader {
    /// What goes to the adapter as it is written is read only to be checked.
    mutating func checkChat(_ section: SectionTable) -> [String: SecretSource] {
        _ = read(ChatKeys.settings, section)
        _ = read(ChatKeys.webhookURL, section)
        _ = read(ChatKeys.mediaHosts, section)
        return read(ChatKeys.credentials, section)
    }
}

extension ValueKind where Value == [String: String] {
    /// Which names there are is the preset's matter, checked by the adapter.
    static var textsByName: Self {
        let expectation = "a table of up to 32 texts"
        return Self("texts by name", expectation: expectation) { value throws(Mismatch) in
            guard case .table(let table) = value, table.entries.count <= 32 else {
                throw Mismatch()
            }
            var texts: [String: String] = [:]
            for entry in table.entries {
                guard case .string(let text) = entry.node.value, text.utf8.count <= 2_000,
                    !text.unicodeScalars.contains(where: isUnprintable)
                else { throw Mismatch(hint: "\(printable(entry.key)) is no text on one line") }
                texts[entry.key] = text
            }
            return texts
        }
    }
}

extension ValueKind where Value == [String: SecretSource] {
    static var secretsByName: Self {
        let one = ValueKind<SecretSource>.secret
        let expectation = "a table of up to 16 secrets, each \(one.expectation)"
        return Self("secrets by name", expectation: expectation, visibility: .masked) {
            node, key, reader in
            guard case .table(let table) = node.value, table.entries.count <= 16 else {
                reader.record(
                    ConfigurationProblem(
                        place: node.place, key: key, expected: expectation, got: node.value.seen))
                return nil
            }
            var secrets: [String: SecretSource] = [:]
            var isWhole = true
            for entry in table.entries {
                let secret = one.read(entry.node, "\(key).\(printable(entry.key))", &reader)
                secrets[entry.key] = secret
                if secret == nil { isWhole = false }
            }
            return isWhole ? secrets : nil
        }
    }
}
