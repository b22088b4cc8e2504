internal import ArgumentParser
internal import Glibc
internal import HelpdeskConfiguration

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Checks, shows and explains the configuration.",
        subcommands: [Check.self, Show.self, Example.self])

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Says everything that is wrong, each as file:line:column: key: …; exit 78 then.")

        @OptionGroup var config: ConfigurationOption

        func run() throws {
            let loaded = try config.load(.said)
            let environment = Surroundings.environment
            let found = SecretResolver(
                credentialsFolder: environment["CREDENTIALS_DIRECTORY"],
                environment: environment
            ).check(loaded)
            for warning in found.warnings { Terse.complain("\(warning)") }
            guard found.problems.isEmpty else {
                for problem in found.problems { Terse.complain("\(problem)") }
                throw ExitCode(EX_CONFIG)
            }
            do {
                _ = try Channels(loaded.configuration, environment: environment)
            } catch let failure as ConfigurationFailure {
                Terse.complain(failure.text)
                throw ExitCode(EX_CONFIG)
            }
            Terse.say("\(loaded.files.joined(separator: ", ")): fine")
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints what is in force and where each value comes from; secrets are masked."
        )

        @OptionGroup var config: ConfigurationOption

        func run() throws { Terse.say(ConfigurationListing.text(try config.load())) }
    }

    struct Example: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints every key with its meaning and default.")

        func run() throws { Terse.say(ConfigurationExample.text()) }
    }
}
