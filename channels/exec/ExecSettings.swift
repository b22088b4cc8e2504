internal import ChannelKit
internal import HelpdeskCore

/// An inbox's settings, read once and checked.
struct ExecSettings: Sendable {
    let inbox: String
    let command: [String]
    let config: [String: ChannelConfiguration.Value]
    let secrets: [String: String]
    let trust: IdentityTrust
    let spool: SpoolFolder
    var timing = ExecTiming()

    init(
        _ configuration: ChannelConfiguration, _ secrets: ChannelSecrets
    ) throws(ChannelConfigurationError) {
        inbox = configuration.inbox.rawValue
        command = configuration.texts("command")
        guard let program = command.first, !program.isEmpty,
            command.allSatisfy({ !$0.utf8.contains(0) })
        else {
            throw ChannelConfigurationError(
                key: "command", expected: "a program and its arguments", got: "nothing")
        }
        if case .table(let table)? = configuration.values["config"] {
            config = table
        } else {
            config = [:]
        }
        self.secrets = secrets.named
        if let name = command.dropFirst().firstIndex(where: { word in
            secrets.named.values.contains { $0.utf8.count >= 4 && word.contains($0) }
        }) {
            throw ChannelConfigurationError(
                key: "command", expected: "arguments without secrets, which anybody can read",
                got: "a secret in argument \(name)")
        }
        trust = configuration.isSet("trust_identities") == true ? .believed : .suggestionOnly
        guard let folder = configuration.text("spool"), folder.hasPrefix("/") else {
            throw ChannelConfigurationError(
                key: "spool", expected: "an absolute path", got: "nothing")
        }
        spool = SpoolFolder(path: folder)
    }
}

/// How long an adapter may take. Tests hand in shorter ones.
struct ExecTiming: Sendable {
    var hello = Duration.seconds(10)
    var pingEvery = Duration.seconds(20)
    var pong = Duration.seconds(30)
    /// It is well when it has run so long; until then its starts are counted as failures, so that a crash loop slows down.
    var steady = Duration.seconds(5)
    var grace = Duration.seconds(10)
    var send = Duration.seconds(60)
    var webhook = Duration.seconds(25)
}
