internal import ArgumentParser
internal import HelpdeskCore
internal import HelpdeskEngine

struct WebhookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook", abstract: "Programs that hear of events ([[webhook_out]]).",
        subcommands: [List.self, Dead.self, Retry.self, Replay.self, Resume.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the endpoints: where each is in the stream, and what it did not take.")
        @OptionGroup var config: ConfigurationOption
        @Flag(help: "As JSON.") var json = false

        func run() async throws { try await conclude(config, .webhook(.list), json: json) }
    }

    struct Dead: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the events that were given up after three days.")
        @OptionGroup var config: ConfigurationOption
        @Argument(help: "The endpoint's name.") var name: String
        @Flag(help: "As JSON.") var json = false

        func run() async throws { try await conclude(config, .webhook(.dead(name)), json: json) }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tries again what was given up, for three more days.")
        @OptionGroup var config: ConfigurationOption
        @Argument(help: "The endpoint's name.") var name: String
        @Argument(help: "Only the event at this position.") var position: Int64?

        func run() async throws {
            try await conclude(
                config, .webhook(.retry(name, position.map { Position(rawValue: $0) })))
        }
    }

    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sends everything behind a position once more, in order.")
        @OptionGroup var config: ConfigurationOption
        @Argument(help: "The endpoint's name.") var name: String
        @Option(help: "The position; 0 is the beginning.") var after: Int64

        func run() async throws {
            try await conclude(config, .webhook(.replay(name, after: Position(rawValue: after))))
        }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Asks an endpoint again that answered 410 Gone.")
        @OptionGroup var config: ConfigurationOption
        @Argument(help: "The endpoint's name.") var name: String

        func run() async throws { try await conclude(config, .webhook(.resume(name))) }
    }
}
