internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import HelpdeskEngine

extension DeskAssembly {
    /// Reads the configuration again with some sections replaced, and makes of it what the router would go by. Inboxes that are
    /// not in force yet have no part in it. Blocks on the disk.
    var trying: Administration.Trying {
        let main = loaded.files.first ?? ""
        let adapters = channels.adapters
        return { trial in
            guard trial.text.utf8.count <= PolicyTrial.longest else {
                return .failure(
                    .init(text: "\(trial.file): more than \(PolicyTrial.longest) bytes"))
            }
            let disk = ConfigurationFiles.disk
            let files = ConfigurationFiles(
                read: { path, limit in
                    guard path == trial.file else { return disk.read(path, limit) }
                    return .success(
                        .init(bytes: Array(trial.text.utf8), mode: FileMode(bits: 0o600)))
                }, names: disk.names)
            switch ConfigurationFile.load(
                path: main, trial: trial.file, files: files, isKnownTimeZone: ZoneTable.isKnown)
            {
            case .failure(let problems):
                return .failure(.init(text: "\(problems)"))
            case .success(let loaded):
                return .success(
                    PolicyAssembly(configuration: loaded.configuration, adapters: adapters)
                        .policy())
            }
        }
    }
}
