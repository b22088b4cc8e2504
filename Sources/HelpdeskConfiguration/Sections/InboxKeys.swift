import HelpdeskCore

/// The keys of `[[inbox]]`. Those of one channel only say so.
enum InboxKeys {
    private static let email = [InboxChannel.email.rawValue]
    private static let chat = [InboxChannel.chatWebhook.rawValue]
    private static let integrations = [
        InboxChannel.chatWebhook.rawValue, InboxChannel.exec.rawValue,
    ]

    static let name = RequiredKey<String>(
        "name", .name("an inbox", example: "support-mail"),
        "What the inbox is called everywhere; messages refer to it, so renaming makes another inbox. A webhook's address is /in/ and this.",
        example: "\"support-mail\"")
    static let channel = RequiredKey<InboxChannel>(
        "channel", .choice("a channel"), "The kind of channel.", example: "\"email\"")
    static let team = RequiredKey<String>(
        "team", .reference("a [[team]]", example: "support"),
        "The team that gets what comes in here.",
        example: "\"support\"")
    static let address = OptionalKey<String>(
        "address", .mailAddress, absent: "an email inbox must have one",
        "The address customers write to, and answers come from.",
        example: "\"support@example.org\"", only: email)
    static let authservID = OptionalKey<String>(
        "authserv_id", .hostName, absent: "nobody is believed, every sender is unchecked",
        "The mail server whose Authentication-Results are believed: the name it gives itself there. It must remove such headers from what comes from outside.",
        example: "\"mx.example.org\"", only: email)
    static let formSenders = DefaultedKey<[String]>(
        "form_senders", .list(of: .mailAddress, "mail addresses", counts: 0...100), default: [],
        written: "[]", "Addresses that web forms send from: there the Reply-To is the customer.",
        example: "[\"forms@example.org\"]", only: email)
    static let aliases = DefaultedKey<[String]>(
        "aliases", .list(of: .mailAddress, "mail addresses", counts: 0...100), default: [],
        written: "[]", "Further addresses whose mail comes to this inbox.",
        example: "[\"help@example.org\"]", only: email)
    static let spamHeaders = DefaultedKey<SpamHeaders>(
        "spam_headers", .choice("belief in spam headers"), default: .trusted,
        written: "\"trusted\"",
        "\"trusted\": the mail server removes spam headers that strangers put in. \"ignored\": it does not.",
        example: "\"ignored\"", only: email)
    static let smtp = OptionalKey<SMTPConfiguration>(
        "smtp", .smtp, absent: "[smtp]", "Another server for the mail of this inbox.",
        example: "{ url = \"smtps://mail.example.org:465\" }", only: email)
    static let imap = OptionalKey<IMAPConfiguration>(
        "imap", .imap, absent: "mail comes by LMTP, or from a pipe",
        "A mailbox whose mail is read into this inbox.",
        example:
            "{ url = \"imaps://mail.example.org\", user = \"support\", password = { file = \"/etc/hamdel/secrets/imap\" } }",
        only: email)
    static let quote = DefaultedKey<Bool>(
        "quote", .flag, default: false, written: "false",
        "Puts what is being answered below the answer, as mail programs do.", example: "true",
        only: email)
    static let uncertain = DefaultedKey<UncertainSending>(
        "uncertain", .choice("what to do"), default: .resend, written: "\"resend\"",
        "When the connection dies after a whole mail went out and before the server said that it has it: \"resend\" sends the same bytes once more, so that at worst the customer gets it twice; \"hold\" leaves it to a person (`hamdeld outbox release`).",
        example: "\"hold\"", only: email)
    static let conversations = DefaultedKey<ConversationChoice>(
        "conversations", .choice("kind of conversation"), default: .session,
        written: "\"session\"",
        "What the provider's conversation ids mean: \"session\" (a visit), \"perpetual\" (one per person for ever), \"group\" (a room).",
        example: "\"perpetual\"", only: chat)
    static let preset = OptionalKey<String>(
        "preset", .reference("a preset", example: "generic"),
        absent: "chat-webhook: generic, phone-log: asterisk",
        "The form of what comes in. chat-webhook: generic, telegram (Bale too), whatsapp, twilio, kavenegar, slack, mattermost; phone-log: asterisk (FreePBX and Issabel too), freeswitch, freeswitch-json, 3cx, or generic for any CSV with one call per row.",
        example: "\"generic\"", only: chat + [InboxChannel.phoneLog.rawValue])
    static let secret = OptionalKey<[SecretSource]>(
        "secret", .secrets, absent: "a chat-webhook inbox must have one",
        "What webhooks are signed with. Several are all valid, for the time of a change. whsec_… is base64, as Standard Webhooks has it.",
        example: "{ file = \"/etc/hamdel/secrets/site-chat\" }", only: chat)
    static let trustIdentities = DefaultedKey<Bool>(
        "trust_identities", .flag, default: false, written: "false",
        "Believes the integration when it says that an address is verified. Without it such an address is a suggestion for an agent.",
        example: "true", only: integrations)
    static let replyURL = OptionalKey<String>(
        "reply_url", .webURL(example: "https://chat.example.org/hamdel"),
        absent: "the inbox only receives", "Where answers are posted.",
        example: "\"https://chat.example.org/hamdel\"", only: chat)
    static let timezone = OptionalKey<String>(
        "timezone", .timeZone, absent: "that of the team's business hours, else UTC",
        "The time zone of times without one in a phone log, and of the times promised to customers.",
        example: "\"Asia/Tehran\"")
    static let language = DefaultedKey<TextLanguage>(
        "language", .choice("a language"), default: .english, written: "\"en\"",
        "The language of automatic texts when the customer's is not known.", example: "\"fa\"")
    static let fromName = OptionalKey<String>(
        "from_name", .text("a name", atMost: 100), absent: "the address stands alone",
        "The name that stands beside the address in mails.", example: "\"Example support\"",
        only: email)
    static let publicURL = OptionalKey<String>(
        "public_url", .webURL(example: "https://help.example.org"), absent: "that of [http]",
        "Another address in links to survey pages, for a brand of its own.",
        example: "\"https://help.example.org\"")
    static let signature = DefaultedKey<[TextLanguage: String]>(
        "signature", .texts, default: [:], written: "{}",
        "What is put under answers, by language.",
        example: "{ en = \"Example support\", fa = \"پشتیبانی نمونه\" }")
    static let autoReply = DefaultedKey<Bool>(
        "auto_reply", .flag, default: true, written: "true",
        "false: no acknowledgements from this inbox, whatever [auto_reply] says.", example: "false")
    static let mailUnreadAfter = DefaultedKey<TimeSpan>(
        "mail_unread_after", .duration(.zero ... .days(7), example: "10m"), default: .minutes(10),
        written: "\"10m\"",
        "An answer in a visitor's chat that stays unread so long goes once to their verified mail address. 0s: never.",
        only: chat)
    static let liveWithin = DefaultedKey<TimeSpan>(
        "live_within", .duration(.minutes(1) ... .days(3_650), example: "48h"),
        default: .hours(48), written: "\"48h\"",
        "What is older than this when it comes in is history: kept and shown, never answered, routed or surveyed."
    )
    static let reopenWindow = DefaultedKey<TimeSpan>(
        "reopen_window", .duration(.zero ... .days(3_650), example: "14d"), default: .days(14),
        written: "\"14d\"",
        "A customer's message reopens a ticket that was closed within this time; later it opens a linked follow-up."
    )
    static let continuity = OptionalKey<TimeSpan>(
        "continuity", .duration(.zero ... .days(365), example: "72h"),
        absent: "chat-webhook and exec 72h, phone-log 7d, email 0s",
        "A message without other evidence joins the active ticket of its verified sender when that is this fresh. 0s: never.",
        example: "\"24h\"")

    static let drain = DefaultedKey<Bool>(
        "drain", .flag, default: false, written: "false",
        "true: nothing more is taken in (senders are told to try later, nothing is fetched), and what waits is still sent. For the time before an inbox is removed.",
        example: "true")

    static let section = SectionDescription(
        "inbox", .list, "One instance of a channel: an address, a chat, a switchboard.",
        keys: [
            name.description, channel.description, team.description, address.description,
            authservID.description, formSenders.description, aliases.description,
            spamHeaders.description, smtp.description, imap.description, quote.description,
            uncertain.description,
            fromName.description, preset.description, secret.description,
            trustIdentities.description, replyURL.description, conversations.description,
            mailUnreadAfter.description,
        ] + ChatKeys.descriptions + PhoneLogKeys.descriptions + ExecKeys.descriptions + [
            timezone.description, language.description, publicURL.description,
            signature.description, autoReply.description, liveWithin.description,
            reopenWindow.description, continuity.description, drain.description,
        ])
}

enum SignatureKeys {
    static func text(_ language: TextLanguage) -> OptionalKey<String> {
        let inWords = language == .persian ? "Persian" : "English"
        return OptionalKey(
            language.rawValue, .signature, absent: "none",
            "Under answers in \(inWords). {agent} is the agent's own signature, else their name; {brand} is from_name; {team} is the ticket's team.",
            example: language == .persian
                ? "\"{agent}\\nپشتیبانی نمونه\"" : "\"{agent}\\nExample support\"")
    }

    static let section = SectionDescription(
        "inbox.signature", .value, "What is put under answers, by language.",
        keys: TextLanguage.allCases.map { text($0).description })
}

extension ValueKind where Value == [TextLanguage: String] {
    static var texts: Self {
        .table("texts by language", SignatureKeys.section) { table, reader in
            var texts: [TextLanguage: String] = [:]
            for language in TextLanguage.allCases {
                texts[language] = reader.read(SignatureKeys.text(language), table)
            }
            return texts
        }
    }
}
