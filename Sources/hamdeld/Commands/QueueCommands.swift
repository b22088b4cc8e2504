internal import ArgumentParser
internal import HelpdeskCore
internal import HelpdeskEngine

struct QuarantineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quarantine", abstract: "Mail that could not be read, kept raw.",
        subcommands: [List.self, Show.self, Replay.self, Drop.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists what waits.")
        @OptionGroup var config: ConfigurationOption
        @Flag(help: "As JSON.") var json = false

        func run() async throws {
            try await conclude(config, .listQuarantine, json: json)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Prints an entry's raw bytes.")
        @OptionGroup var config: ConfigurationOption
        @Argument var id: Int64

        func run() async throws {
            try await conclude(config, .showQuarantine(QuarantineID(rawValue: id)))
        }
    }

    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reads an entry again; what is readable now becomes a ticket.")
        @OptionGroup var config: ConfigurationOption
        @Argument var id: Int64

        func run() async throws {
            try await conclude(config, .replayQuarantine(QuarantineID(rawValue: id)))
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes an entry off the list; its bytes stay in the stream's keeping.")
        @OptionGroup var config: ConfigurationOption
        @Argument var id: Int64

        func run() async throws {
            try await conclude(config, .dropQuarantine(QuarantineID(rawValue: id)))
        }
    }
}

struct OutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "What waits to be sent.",
        subcommands: [List.self, Retry.self, Release.self, Cancel.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists what is not done, and what failed.")
        @OptionGroup var config: ConfigurationOption
        @Option(help: "Only this state.") var state: String?
        @Flag(help: "As JSON.") var json = false

        func run() async throws {
            try await conclude(config, .listOutbox(state: state), json: json)
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Tries an entry again now.")
        @OptionGroup var config: ConfigurationOption
        @Argument var id: Int64

        func run() async throws {
            try await conclude(config, .changeOutbox(DeliveryID(rawValue: id), .retry))
        }
    }

    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lets a held entry go.")
        @OptionGroup var config: ConfigurationOption
        @Argument var id: Int64

        func run() async throws {
            try await conclude(config, .changeOutbox(DeliveryID(rawValue: id), .release))
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Never sends an entry.")
        @OptionGroup var config: ConfigurationOption
        @Argument var id: Int64

        func run() async throws {
            try await conclude(config, .changeOutbox(DeliveryID(rawValue: id), .cancel))
        }
    }
}

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Replays the stream, compares it with every table, and checks every stored byte.")
    @OptionGroup var config: ConfigurationOption
    @Flag(help: "As JSON.") var json = false

    func run() async throws { try await conclude(config, .verify, json: json) }
}

/// Performs a request and ends as its reply says.
func conclude(
    _ config: ConfigurationOption, _ request: AdministrationRequest, json: Bool = false
) async throws {
    let reply = try await StoreAccess.with(try config.load()) { access in
        try await access.perform(request)
    }
    try reply.conclude(json: json)
}
