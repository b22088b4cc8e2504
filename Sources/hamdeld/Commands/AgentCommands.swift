public import ArgumentParser
public import HelpdeskCore
internal import HelpdeskEngine

struct AgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent", abstract: "Adds, lists and disables agents, and makes tokens.",
        subcommands: [
            Add.self, Set.self, List.self, Token.self, Tokens.self, Revoke.self, Disable.self,
            ResumeNotices.self,
        ])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds an agent. Prints their token, this once.")

        @OptionGroup var config: ConfigurationOption
        @Argument(help: "What the agent signs in as: a-z, 0-9, dot, hyphen, underscore.")
        var login: String
        @Option(help: "The name customers and colleagues see.") var name: String?
        @Option(help: "Where notifications go.") var email: String?
        @Option(help: "A team to be in; may be repeated.") var team: [String] = []
        @Option(help: "A skill, NAME or NAME=LEVEL; may be repeated.") var skill: [String] = []
        @Option(help: "A language, such as fa; may be repeated.") var language: [String] = []
        @Option(help: "How much work at once: a mail weighs 1, a chat 2.") var capacity = 10
        @Option(help: "The inner phone number.") var `extension`: String?
        @Option(help: "The Unix user who needs no token on this machine.") var unixUser: String?
        @Option(help: "agent, lead or admin.") var role: AgentRole = .agent
        @Option(help: "Such as Asia/Tehran.") var timezone: String?
        @OptionGroup var signing: SignatureOption

        func run() async throws {
            let loaded = try config.load()
            if let timezone, !ZoneTable.isKnown(timezone) {
                throw ValidationError("--timezone: expected a zone such as Asia/Tehran")
            }
            let profile = AgentProfile(
                login: AgentID(rawValue: login), name: name, email: email, role: role,
                capacity: capacity, timezone: timezone, extension: `extension`,
                unixUser: unixUser, teams: team.map { TeamID(rawValue: $0) },
                skills: try skills(), languages: language, signatures: signing.byLanguage)
            let reply = try await StoreAccess.with(loaded) { access in
                try await access.perform(.addAgent(profile))
            }
            try reply.conclude(json: false)
        }

        private func skills() throws -> [String: Int] {
            var skills: [String: Int] = [:]
            for word in skill {
                let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
                guard let name = parts.first, !name.isEmpty else {
                    throw ValidationError("--skill: expected NAME or NAME=LEVEL")
                }
                guard parts.count == 1 || (Int(parts[1]).map { (1...100).contains($0) } ?? false)
                else { throw ValidationError("--skill \(name): expected a level from 1 to 100") }
                skills[name] = parts.count == 2 ? Int(parts[1]) ?? 1 : 1
            }
            return skills
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Changes what stands under an agent's answers.")
        @OptionGroup var config: ConfigurationOption
        @Argument(help: "The agent's login.") var login: String
        @OptionGroup var signing: SignatureOption

        func run() async throws {
            guard !signing.signature.isEmpty else {
                throw ValidationError("nothing to change: give --signature TEXT")
            }
            let signatures = signing.byLanguage
            let reply = try await StoreAccess.with(try config.load()) { access in
                try await access.perform(.setSignatures(AgentID(rawValue: login), signatures))
            }
            try reply.conclude(json: false)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists all agents.")
        @OptionGroup var config: ConfigurationOption
        @Flag(help: "As JSON.") var json = false

        func run() async throws {
            let reply = try await StoreAccess.with(try config.load()) { access in
                try await access.perform(.listAgents)
            }
            try reply.conclude(json: json)
        }
    }

    struct Token: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a further token and prints it, this once.")
        @OptionGroup var config: ConfigurationOption
        @Argument(help: "The agent's login.") var login: String
        @Option(help: "What it is for, to know it again.") var name: String?
        @Option(help: "full, read (looks only) or intake (puts messages in only).")
        var scope: TokenScope = .full

        func run() async throws {
            let reply = try await StoreAccess.with(try config.load()) { access in
                try await access.perform(
                    .makeToken(AgentID(rawValue: login), name: name, scope: scope))
            }
            try reply.conclude(json: false)
        }
    }

    struct Tokens: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists an agent's tokens by their ids, with when each was last used.")
        @OptionGroup var config: ConfigurationOption
        @Argument(help: "The agent's login.") var login: String
        @Flag(help: "As JSON.") var json = false

        func run() async throws {
            let reply = try await StoreAccess.with(try config.load()) { access in
                try await access.perform(.listTokens(AgentID(rawValue: login)))
            }
            try reply.conclude(json: json)
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends one token at once.")
        @OptionGroup var config: ConfigurationOption
        @Argument(help: "The agent's login.") var login: String
        @Argument(help: "The token's id, as `agent tokens` says it.") var token: String

        func run() async throws {
            let reply = try await StoreAccess.with(try config.load()) { access in
                try await access.perform(.revokeToken(AgentID(rawValue: login), token))
            }
            try reply.conclude(json: false)
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ends an agent's tokens and gives their tickets to others.")
        @OptionGroup var config: ConfigurationOption
        @Argument(help: "The agent's login.") var login: String

        func run() async throws {
            let reply = try await StoreAccess.with(try config.load()) { access in
                try await access.perform(.disableAgent(AgentID(rawValue: login)))
            }
            try reply.conclude(json: false)
        }
    }

    struct ResumeNotices: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resume-notices",
            abstract: "Sends an agent notifications by mail again after one came back.")
        @OptionGroup var config: ConfigurationOption
        @Argument(help: "The agent's login.") var login: String

        func run() async throws {
            let reply = try await StoreAccess.with(try config.load()) { access in
                try await access.perform(.resumeNotices(AgentID(rawValue: login)))
            }
            try reply.conclude(json: false)
        }
    }
}

/// `--signature TEXT`, or `--signature fa=TEXT` for answers in one language.
struct SignatureOption: ParsableArguments {
    @Option(
        help:
            "What stands at {agent} in an inbox's signature: TEXT, or fa=TEXT for one language; \\n is a line end; empty takes it away."
    )
    var signature: [String] = []

    var byLanguage: [String: String] {
        var signatures: [String: String] = [:]
        for word in signature {
            let parts = word.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let isCode = parts.count == 2 && (parts[0] == "en" || parts[0] == "fa")
            let text = isCode ? String(parts[1]) : word
            let lines = text.split(separator: "\\n", omittingEmptySubsequences: false)
            signatures[isCode ? String(parts[0]) : ""] = lines.joined(separator: "\n")
        }
        return signatures
    }
}

extension AgentRole: ExpressibleByArgument {}
extension TokenScope: ExpressibleByArgument {}
