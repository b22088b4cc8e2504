public import HelpdeskCore

/// `[[inbox]]`: one instance of a channel.
public struct InboxConfiguration: Equatable, Sendable {
    public enum Acknowledgement: Equatable, Sendable { case asConfigured, off }
    /// `draining`: nothing more is taken in, what waits is still sent.
    public enum Intake: Equatable, Sendable { case open, draining }

    public let name: String
    public let team: String
    public let language: TextLanguage
    /// Nil: the zone of the team's business hours, else UTC. The wall clock of a phone log, and of promised times.
    public let timezone: String?
    public let fromName: String?
    /// Nil: that of `[http]`.
    public let publicURL: String?
    /// By language; none: nothing is put under answers.
    public let signatures: [TextLanguage: String]
    public let liveWithin: TimeSpan
    public let reopenWindow: TimeSpan
    /// Zero: a message without other evidence opens a ticket.
    public let continuity: TimeSpan
    public let acknowledgement: Acknowledgement
    public let intake: Intake
    public let channel: InboxChannelConfiguration
    /// The keys that are for its channel alone, as they are written or by default, without secrets: for the adapter.
    public let settings: [String: SettingValue]
}

/// What an inbox has by its channel.
public enum InboxChannelConfiguration: Equatable, Sendable {
    case email(EmailInboxConfiguration)
    case chatWebhook(ChatWebhookInboxConfiguration)
    case phoneLog(PhoneLogInboxConfiguration)
    case exec(ExecInboxConfiguration)

    /// As it is written: `email`, `chat-webhook`, `phone-log`, `exec`.
    public var kind: ChannelKind {
        switch self {
        case .email: .email
        case .chatWebhook: .chatWebhook
        case .phoneLog: .phoneLog
        case .exec: .exec
        }
    }
}

public struct EmailInboxConfiguration: Equatable, Sendable {
    public let address: String
    /// Whose Authentication-Results are believed; nil: nobody's, every sender is unchecked.
    public let authservID: String?
    /// Senders of form mail, whose Reply-To is the customer.
    public let formSenders: [String]
    /// Further addresses whose mail comes here: ours too.
    public let aliases: [String]
    /// Nil: `[smtp]`.
    public let smtp: SMTPConfiguration?
    /// Nil: mail comes by LMTP or from a pipe alone.
    public let imap: IMAPConfiguration?
    public let uncertain: UncertainSending
}

/// What becomes of a mail of which nobody knows whether the server has it.
public enum UncertainSending: String, CaseIterable, Equatable, Sendable { case resend, hold }

public struct ChatWebhookInboxConfiguration: Equatable, Sendable {
    /// Whether `verified: true` of an integration is believed.
    public enum Trust: Equatable, Sendable { case believed, suggestionOnly }

    public let preset: String
    /// One at least; all of them are valid.
    public let secrets: [SecretSource]
    public let trust: Trust
    /// Nil: the inbox only receives.
    public let replyURL: String?
    /// A preset of ops' own; nil: the one the program carries.
    public let presetFile: String?
    /// What we show to the provider, by name.
    public let credentials: [String: SecretSource]
    /// How long an answer may stay unread before it goes by mail; zero: for ever.
    public let mailUnreadAfter: TimeSpan
}

public struct PhoneLogInboxConfiguration: Equatable, Sendable {
    public let preset: String
    /// Two capitals; nil: only numbers with a country code are read.
    public let region: String?
}

/// What an exec inbox hands to its adapter stands in `settings`, but for the secrets.
public struct ExecInboxConfiguration: Equatable, Sendable {
    /// A program and its arguments.
    public let command: [String]
    /// By name.
    public let secrets: [String: SecretSource]

    public init(command: [String], secrets: [String: SecretSource]) {
        self.command = command
        self.secrets = secrets
    }
}

/// Whether spam headers of a mail are believed: checked here, used by the adapter.
enum SpamHeaders: String, CaseIterable, Sendable { case trusted, ignored }

/// How a chat's conversation ids behave (DESIGN §4): checked here, used by the adapter.
enum ConversationChoice: String, CaseIterable, Sendable { case session, perpetual, group }

/// The adapters there are.
enum InboxChannel: String, CaseIterable, Sendable {
    case email
    case chatWebhook = "chat-webhook"
    case phoneLog = "phone-log"
    case exec

    /// The first is the default.
    var presets: [String] {
        switch self {
        case .email, .exec: []
        case .chatWebhook:
            ["generic", "telegram", "whatsapp", "twilio", "kavenegar", "slack", "mattermost"]
        case .phoneLog:
            [
                "asterisk", "freepbx", "issabel", "freeswitch", "freeswitch-json", "3cx", "generic",
            ]
        }
    }

    /// DESIGN §4, threading step 4.
    var continuity: TimeSpan {
        switch self {
        case .email: .zero
        case .chatWebhook, .exec: .hours(72)
        case .phoneLog: .days(7)
        }
    }
}
