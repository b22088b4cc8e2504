internal import HelpdeskConfiguration
internal import HelpdeskCore

/// One thing that `hamdeld doctor` looks at. A new check is a new type and a line in `Doctor.checks`.
protocol DoctorCheck: Sendable {
    /// A word for programs.
    var name: String { get }
    /// Looks, changes nothing, and is done within a minute or so for each thing it looks at.
    func findings(in room: DoctorRoom) async -> [DoctorFinding]
}

/// What a check can look at.
struct DoctorRoom: Sendable {
    let loaded: LoadedConfiguration
    let channels: Channels
    let access: StoreAccess
    /// Nil where none is known.
    let nameServer: NameServer?
    /// Where DKIM keys are looked for.
    let selectors: [String]
    let now: Instant
}

/// What a check found, and what a person should do about it.
struct DoctorFinding: Encodable, Sendable {
    enum State: String, Encodable, Sendable { case fine, warning, problem }

    let check: String
    let state: State
    /// What it is about: the name of an inbox.
    let subject: String
    let text: String
    /// Nil when nothing is to be done.
    var advice: String?
    /// What was counted.
    var figures: [String: Int] = [:]

    private enum Keys: String, CodingKey { case check, state, subject, text, advice, figures }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Keys.self)
        try values.encode(check, forKey: .check)
        try values.encode(state, forKey: .state)
        try values.encode(subject, forKey: .subject)
        try values.encode(text, forKey: .text)
        try values.encode(advice, forKey: .advice)
        try values.encode(figures, forKey: .figures)
    }
}

enum Doctor {
    /// Every check there is, in the order of the report.
    static let checks: [any DoctorCheck] = [
        ConfigurationCheck(), PermissionCheck(), DiskCheck(), ClockCheck(), DaemonCheck(),
        StateCheck(), WayCheck(), CertificateCheck(), DomainCheck(), MailboxCheck(),
    ]
}
