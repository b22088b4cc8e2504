import HelpdeskConfiguration
import Testing

/// Files that are not on a disk.
func files(_ contents: [String: String], mode: UInt16 = 0o640) -> ConfigurationFiles {
    ConfigurationFiles(
        read: { path, limit in
            guard let text = contents[path] else { return .failure(.missing) }
            guard text.utf8.count <= limit else { return .failure(.tooLarge(limit: limit)) }
            return .success(.init(bytes: Array(text.utf8), mode: FileMode(bits: mode)))
        },
        names: { folder in
            .success(
                contents.keys.compactMap { path in
                    path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : nil
                })
        })
}

/// Loads `hamdel.toml` and whatever else is given, with three time zones in the world.
func load(
    _ main: String, and others: [String: String] = [:]
) -> Result<LoadedConfiguration, ConfigurationProblems> {
    ConfigurationFile.load(
        path: "hamdel.toml", files: files(others.merging(["hamdel.toml": main]) { $1 }),
        isKnownTimeZone: { ["UTC", "Asia/Tehran", "Europe/Berlin"].contains($0) })
}

/// The configuration, or an issue with what is wrong with it.
func configuration(
    _ main: String, and others: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
) throws -> Configuration {
    try loaded(main, and: others, sourceLocation: sourceLocation).configuration
}

func loaded(
    _ main: String, and others: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
) throws -> LoadedConfiguration {
    switch load(main, and: others) {
    case .success(let loaded): return loaded
    case .failure(let problems):
        Issue.record("\(problems)", sourceLocation: sourceLocation)
        throw problems
    }
}

/// The lines that say what is wrong; none when nothing is.
func complaints(_ main: String, and others: [String: String] = [:]) -> [String] {
    switch load(main, and: others) {
    case .success: []
    case .failure(let problems): problems.list.map(\.description)
    }
}

let smallest = """
    [store]
    url = "sqlite:/tmp/desk/hamdel.db"
    [http]
    listen = "127.0.0.1:8080"
    [[team]]
    name = "support"
    [[inbox]]
    name = "mail"
    channel = "email"
    team = "support"
    address = "support@example.org"

    """
