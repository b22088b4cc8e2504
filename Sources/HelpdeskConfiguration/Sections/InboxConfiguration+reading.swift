import HelpdeskCore
import TOMLReading

extension ConfigurationReader {
    mutating func inbox(_ section: SectionTable) -> InboxConfiguration? {
        let channel = read(InboxKeys.channel, section)
        let name = read(InboxKeys.name, section)
        let team = read(InboxKeys.team, section)
        let language = read(InboxKeys.language, section)
        let timezone = read(InboxKeys.timezone, section)
        let fromName = read(InboxKeys.fromName, section)
        let publicURL = read(InboxKeys.publicURL, section)
        let signatures = read(InboxKeys.signature, section)
        let liveWithin = read(InboxKeys.liveWithin, section)
        let reopenWindow = read(InboxKeys.reopenWindow, section)
        let continuity = read(InboxKeys.continuity, section)
        let acknowledgement = read(InboxKeys.autoReply, section)
        let drain = read(InboxKeys.drain, section)
        let email = emailInbox(section, channel)
        let chat = chatInbox(section, channel)
        let phone = phoneInbox(section, channel)
        let exec = execInbox(section, channel)
        warnOfIdleKeys(section, channel)
        let byChannel: InboxChannelConfiguration? =
            switch channel {
            case .email: email.map { .email($0) }
            case .chatWebhook: chat.map { .chatWebhook($0) }
            case .phoneLog: .phoneLog(phone)
            case .exec: exec.map { .exec($0) }
            case nil: nil
            }
        guard let channel, let name, let team, let byChannel else { return nil }
        return InboxConfiguration(
            name: name, team: team, language: language, timezone: timezone, fromName: fromName,
            publicURL: publicURL, signatures: signatures, liveWithin: liveWithin,
            reopenWindow: reopenWindow,
            continuity: continuity ?? channel.continuity,
            acknowledgement: acknowledgement ? .asConfigured : .off,
            intake: drain ? .draining : .open, channel: byChannel,
            settings: section.settings(of: channel.rawValue))
    }

    private mutating func emailInbox(
        _ section: SectionTable, _ channel: InboxChannel?
    ) -> EmailInboxConfiguration? {
        let address = read(InboxKeys.address, section)
        let authservID = read(InboxKeys.authservID, section)
        let formSenders = read(InboxKeys.formSenders, section)
        let smtp = read(InboxKeys.smtp, section)
        let imap = read(InboxKeys.imap, section)
        // Checked here; the adapter takes them from the settings.
        let aliases = read(InboxKeys.aliases, section)
        _ = read(InboxKeys.spamHeaders, section)
        _ = read(InboxKeys.quote, section)
        let uncertain = read(InboxKeys.uncertain, section)
        if channel == .email {
            demand(InboxKeys.address.description, section, of: "an email inbox")
        }
        return address.map {
            EmailInboxConfiguration(
                address: $0, authservID: authservID, formSenders: formSenders, aliases: aliases,
                smtp: smtp, imap: imap, uncertain: uncertain)
        }
    }

    private mutating func chatInbox(
        _ section: SectionTable, _ channel: InboxChannel?
    ) -> ChatWebhookInboxConfiguration? {
        let secrets = read(InboxKeys.secret, section)
        let trust = read(InboxKeys.trustIdentities, section)
        let replyURL = read(InboxKeys.replyURL, section)
        _ = read(InboxKeys.conversations, section)
        let mailUnreadAfter = read(InboxKeys.mailUnreadAfter, section)
        let presetFile = read(ChatKeys.presetFile, section)
        let credentials = checkChat(section)
        let preset = preset(section, channel)
        if channel == .chatWebhook {
            demand(InboxKeys.secret.description, section, of: "a chat-webhook inbox")
        }
        return secrets.map {
            ChatWebhookInboxConfiguration(
                preset: preset, secrets: $0, trust: trust ? .believed : .suggestionOnly,
                replyURL: replyURL, presetFile: presetFile, credentials: credentials,
                mailUnreadAfter: mailUnreadAfter)
        }
    }

    private mutating func execInbox(
        _ section: SectionTable, _ channel: InboxChannel?
    ) -> ExecInboxConfiguration? {
        let command = read(ExecKeys.command, section)
        // Handed on as it is written.
        _ = read(ExecKeys.config, section)
        let secrets = read(ExecKeys.secrets, section)
        if channel == .exec {
            demand(ExecKeys.command.description, section, of: "an exec inbox")
        }
        return command.map { ExecInboxConfiguration(command: $0, secrets: secrets) }
    }

    private mutating func phoneInbox(
        _ section: SectionTable, _ channel: InboxChannel?
    ) -> PhoneLogInboxConfiguration {
        let region = read(PhoneLogKeys.region, section)
        checkPhoneLog(section)
        if channel == .phoneLog, section.table.entry("region") == nil {
            warn(
                section.place, key: section.keyPath("region"),
                "not set: numbers without a country code will belong to nobody; set region = \"IR\" or the like"
            )
        }
        return PhoneLogInboxConfiguration(
            preset: section.text("preset") ?? channel?.presets.first ?? "", region: region)
    }

    /// The preset, checked against those the channel has.
    private mutating func preset(_ section: SectionTable, _ channel: InboxChannel?) -> String {
        let given = read(InboxKeys.preset, section)
        guard let channel, let first = channel.presets.first else { return given ?? "" }
        guard let given else { return first }
        // A file of one's own may be called anything.
        if section.table.entry("preset_file") != nil { return given }
        if !channel.presets.contains(given) {
            record(
                ConfigurationProblem(
                    place: section.place(of: "preset"), key: section.keyPath("preset"),
                    expected: "a preset of \(channel.rawValue): "
                        + channel.presets.map(TOMLText.quoted).joined(separator: ", "),
                    got: TOMLText.quoted(given),
                    hint: SpellingSuggestion.nearest(to: given, among: channel.presets)
                        .map { "did you mean \(TOMLText.quoted($0))?" }))
        }
        return given
    }

    private mutating func demand(_ key: KeyDescription, _ section: SectionTable, of what: String) {
        guard section.table.entry(key.name) == nil else { return }
        record(
            ConfigurationProblem(
                place: section.place, key: section.keyPath(key.name), expected: key.expectation,
                got: "nothing", hint: "\(what) cannot do without"))
    }

    private mutating func warnOfIdleKeys(_ section: SectionTable, _ channel: InboxChannel?) {
        guard let channel else { return }
        for key in section.description.keys {
            guard !key.channels.isEmpty, !key.channels.contains(channel.rawValue),
                let entry = section.table.entry(key.name)
            else { continue }
            let kinds = key.channels.joined(separator: " and ")
            warn(
                entry.keyPlace, key: section.keyPath(key.name),
                "has no effect in an inbox of \(channel.rawValue); it is for \(kinds)")
        }
    }
}
