public import ChannelKit

/// What an email inbox's table says, checked. Unknown keys are the configuration module's business: it knows them all.
public struct EmailSettings: Sendable, Equatable {
    public var identity: MailIdentity
    /// Further addresses whose mail comes to this inbox.
    public var aliases: [String]
    public var reading: MailReadingSettings
    /// Senders of form mail (a web form's own address): their Reply-To is the customer, unchecked.
    public var formSenders: [String]

    public init(_ configuration: ChannelConfiguration) throws(ChannelConfigurationError) {
        guard let address = configuration.text("address") else {
            throw ChannelConfigurationError(
                key: "address", expected: "the inbox's own mail address", got: "nothing")
        }
        try Self.check(address, key: "address")
        identity = MailIdentity(address: address, name: configuration.text("from_name"))
        aliases = configuration.texts("aliases")
        for alias in aliases { try Self.check(alias, key: "aliases") }
        formSenders = configuration.texts("form_senders").map { $0.lowercased() }
        for sender in formSenders { try Self.check(sender, key: "form_senders") }
        var reading = MailReadingSettings(authservID: configuration.text("authserv_id"))
        switch configuration.text("spam_headers") ?? "trusted" {
        case "trusted": reading.spamHeaders = .trusted
        case "ignored": reading.spamHeaders = .ignored
        case let other:
            throw ChannelConfigurationError(
                key: "spam_headers", expected: "\"trusted\" or \"ignored\"", got: "\"\(other)\"")
        }
        self.reading = reading
    }

    private static func check(_ address: String, key: String) throws(ChannelConfigurationError) {
        guard MailAddressCheck.isDeliverable(address) else {
            throw ChannelConfigurationError(
                key: key, expected: "a mail address such as \"support@example.org\"",
                got: "\"\(address)\"")
        }
    }

    /// Every address that is this inbox.
    public var addresses: [String] { [identity.address] + aliases }
}
