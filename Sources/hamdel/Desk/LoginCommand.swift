internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct LoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login",
        abstract: "Keep the address and token of a daemon on another machine.",
        discussion: "The token comes on standard input, so that it stands in no history.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "https://desk.example.org") var url: String
    @Flag(help: "Read the token from standard input.") var withToken = false

    func validate() throws {
        if !withToken {
            throw ValidationError("say --with-token, and give the token on standard input")
        }
    }

    func run() async throws {
        let context = try CommandContext.live()
        guard let file = CredentialFile(environment: context.environment) else {
            throw ClientFailure.configuration("HOME says no folder to keep the login in")
        }
        try await signIn(context, file) { HelpdeskClient($0) }
    }

    /// The token is tried before it is kept.
    func signIn(
        _ context: CommandContext, _ file: CredentialFile,
        connect: (DaemonAddress) -> HelpdeskClient
    ) async throws {
        if context.input.isTerminal { context.say("paste the token, then Enter and Ctrl-D:") }
        let token = try context.input.readAll(limit: 8_192)
        let login = try Credentials(url: url, token: String(decoding: token, as: UTF8.self))
        let client = connect(.network(url: login.url, token: login.token))
        let answer = try await client.bytes(.get, "/me")
        try file.save(login)
        try Printer(context, output).document(API.Me.self, answer) {
            $0.agent.login.rawValue
        } card: {
            var card = Card(context)
            card.line("signed in as \($0.agent.login.rawValue) at \(login.url)")
            return card.lines
        }
    }
}
