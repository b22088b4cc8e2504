internal import ArgumentParser
internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import HelpdeskEngine

struct RetentionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract: "Says what [retention] would delete now; deletes nothing.",
        discussion: """
            Goes by the configuration as it is written, whether the daemon took it or not: look before you reload. The daemon \
            deletes by itself, at its start and once a day.
            """)
    @OptionGroup var config: ConfigurationOption
    @Flag(help: "As JSON.") var json = false

    func run() async throws {
        let loaded = try config.load()
        let retention = loaded.configuration.retention
        let policy = RetentionPolicy(
            rawMail: retention.rawMail, quarantine: retention.quarantine)
        let reply = try await StoreAccess.with(loaded) { access in
            try await access.perform(.previewRetention(policy))
        }
        try reply.conclude(json: json)
    }
}
