internal import ArgumentParser
internal import Glibc
internal import HelpdeskConfiguration
internal import HelpdeskEngine

struct RouteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "route", abstract: "Who gets which ticket.", subcommands: [DryRun.self])

    struct DryRun: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "dry-run",
            abstract: "Gives past tickets out again on paper, and compares with what happened.",
            discussion: """
                Agents, capacities and customers are taken as they are now, times in hand as they were. FILE may be a \
                whole configuration, or only some sections: keys of [routing] and other sections win one by one, \
                [[rule]], [[team]], [[shift]] and other lists as a whole.
                """)
        @OptionGroup var config: ConfigurationOption
        @Option(help: "Sections to try in the place of those in force.", completion: .file())
        var policy: String?
        @Option(help: "How many days back, 1 to 365.") var days = 7
        @Flag(help: "As JSON.") var json = false

        func validate() throws {
            guard (1...365).contains(days) else { throw ValidationError("--days: 1 to 365") }
        }

        func run() async throws {
            let trial = try policy.map(read)
            try await conclude(config, .dryRunRouting(days: days, trial: trial), json: json)
        }

        /// Read here: the daemon may not be allowed to.
        private func read(_ path: String) throws -> PolicyTrial {
            switch ConfigurationFiles.disk.read(path, PolicyTrial.longest) {
            case .success(let content):
                return PolicyTrial(file: path, text: String(decoding: content.bytes, as: UTF8.self))
            case .failure(let failure):
                Terse.complain("\(path): cannot be read (\(failure))")
                throw ExitCode(EX_NOINPUT)
            }
        }
    }
}
