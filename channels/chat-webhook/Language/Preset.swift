internal import ChannelKit
internal import HelpdeskCore

/// How one provider speaks, as data: read from a TOML file (Docs/Presets.md), interpreted by the files beside this one.
struct Preset: Sendable {
    /// A value that ops fill in, in the inbox's `settings`.
    struct Setting: Sendable, Equatable {
        enum Form: String, CaseIterable, Sendable { case text, url }

        let name: String
        let meaning: String
        /// nil: it must be set.
        let standard: String?
        let form: Form
    }

    /// A secret that ops fill in, in the inbox's `credentials`.
    struct Credential: Sendable, Equatable {
        enum Need: String, CaseIterable, Sendable { case always, replies, files, challenge }

        let name: String
        let meaning: String
        let need: Need
    }

    struct TextLimit: Sendable, Equatable {
        enum Unit: String, CaseIterable, Sendable { case bytes, characters, utf16 }

        let count: Int
        let unit: Unit
    }

    struct Challenge: Sendable {
        enum Signing: String, CaseIterable, Sendable { case needed, none }

        let method: String
        let when: [PresetCondition]
        let signing: Signing
        let answer: PresetTemplate
        let contentType: String
    }

    let name: String
    let title: String
    /// The kind of its own addresses: `telegram`, `tel`.
    let kind: String
    let conversations: ConversationKind
    let liveness: ChannelCapabilities.Liveness
    let senders: ChannelCapabilities.ClaimedSenders
    let replyWindow: TimeSpan?
    let textLimit: TextLimit?
    let settings: [Setting]
    let credentials: [Credential]
    let signature: PresetSignature
    let challenges: [Challenge]
    let methods: [String]
    /// The provider's id of the whole request, where there is one.
    let requestID: PresetTemplate?
    /// What a taken request is answered with, where the provider reads it.
    let answer: (text: String, contentType: String)?
    let incoming: [PresetIncoming]
    let media: PresetMedia?
    let reply: PresetReply?
}

/// What becomes of a part of the document.
struct PresetIncoming: Sendable {
    static let mostBindings = 4

    enum Meaning: String, CaseIterable, Sendable { case message, receipt, nothing }
    enum Clock: String, CaseIterable, Sendable {
        /// Seconds since 1970, with or without a fraction.
        case unix
        case unixMilliseconds = "unix_ms"
        case rfc3339
    }
    enum Automatic: Sendable { case no, yes }

    struct Person: Sendable {
        enum Vouching: Sendable { case provider, nobody }

        let kind: String
        let id: PresetTemplate
        let name: PresetTemplate?
        let vouching: Vouching
    }

    struct File: Sendable {
        let each: PresetBinding?
        let when: [PresetCondition]
        /// What the media lookup asks for; nil where `url` is known.
        let id: PresetTemplate?
        let url: PresetTemplate?
        let name: PresetTemplate?
        let type: PresetTemplate?
        /// `photo`, `voice message`: what it is, for people.
        let label: PresetTemplate
    }

    struct Text: Sendable {
        let when: [PresetCondition]
        let text: PresetTemplate
    }

    let each: [PresetBinding]
    let cases: [Case]

    /// The first whose conditions hold decides what an element is.
    struct Case: Sendable {
        let when: [PresetCondition]
        let meaning: Meaning
        let id: PresetTemplate?
        let conversation: PresetTemplate?
        let conversationKind: ConversationKind?
        let sender: Person?
        let identities: [Person]
        let author: AuthorKind
        let sentAt: PresetTemplate?
        let clock: Clock
        let subject: PresetTemplate?
        let texts: [Text]
        let inReplyTo: PresetTemplate?
        let files: [File]
        let automatic: Automatic
        let handoff: [PresetCondition]?
        /// Of a receipt: the provider's words for each kind.
        let receipts: [(kind: Receipt.Kind, words: [String])]
        let status: PresetTemplate?
        let detail: PresetTemplate?
    }
}

/// How files are fetched.
struct PresetMedia: Sendable {
    /// `api.example.org`, `*.example.org`: hosts that files come from, on public addresses only.
    let hosts: [String]
    let headers: [(name: String, value: PresetTemplate)]
    /// Asked first, with a file's id; answers JSON.
    let lookup: PresetTemplate?
    /// The address of the file; `answer` is what the lookup said.
    let url: PresetTemplate
    let name: PresetTemplate?
    let type: PresetTemplate?
    /// For all files of a request together.
    let within: TimeSpan
    let maximumBytes: Int
}

/// How an answer is sent.
struct PresetReply: Sendable {
    enum Form: String, CaseIterable, Sendable { case json, form }
    enum Method: String, CaseIterable, Sendable {
        case post = "POST"
        case put = "PUT"
    }
    enum Accepted: String, CaseIterable, Sendable { case sent, queued }

    indirect enum Body: Sendable {
        /// Left out when it comes to nothing.
        case text(PresetTemplate)
        case flag(Bool)
        case number(Int64)
        case list([Body])
        case table([(name: String, value: Body)])
    }

    struct Outcome: Sendable {
        enum Meaning: Sendable, Equatable {
            case accepted
            case retry
            case rejected(RejectionCode)
        }

        let when: [PresetCondition]
        let meaning: Meaning
    }

    let method: Method
    let url: PresetTemplate
    let form: Form
    let headers: [(name: String, value: PresetTemplate)]
    /// Whom it goes to; empty means that nobody can be reached.
    let to: PresetTemplate
    let body: Body
    /// The provider's id of what was sent, as receipts will name it.
    let id: PresetTemplate?
    let accepted: Accepted
    let attempts: ChannelCapabilities.AttemptSafety
    let retryAfter: PresetTemplate?
    let detail: PresetTemplate?
    let outcomes: [Outcome]
}

/// How a request proves that it is the provider's.
enum PresetSignature: Sendable {
    enum Hash: String, CaseIterable, Sendable { case sha1, sha256 }
    enum Encoding: String, CaseIterable, Sendable { case hex, base64 }

    struct Code: Sendable {
        let hash: Hash
        let encoding: Encoding
        let header: String
        let prefix: String
        /// What is signed; any of them may match.
        let signed: [PresetTemplate]
        /// Seconds since 1970, which must be within `tolerance` of now.
        let time: PresetTemplate?
        let tolerance: TimeSpan
    }

    case code(Code)
    /// A shared secret that comes along.
    case token(PresetTemplate)
    case standardWebhooks
}
