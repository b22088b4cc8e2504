import TOMLReading

/// Reads the configuration of a daemon: one file, and what stands in `conf.d` beside it.
public enum ConfigurationFile {
    /// The checked configuration, or everything that is wrong with it. Secrets are named, not read: see
    /// `SecretResolver`.
    ///
    /// `isKnownTimeZone` says whether a name is in the time zone database. Blocks on `files`.
    ///
    /// - Parameter trial: another file whose sections stand in for those of the same name: what would hold if they
    ///   were written here.
    public static func load(
        path: String, trial: String? = nil, files: ConfigurationFiles = .disk,
        isKnownTimeZone: @escaping @Sendable (String) -> Bool
    ) -> Result<LoadedConfiguration, ConfigurationProblems> {
        var sources = ConfigurationSources(main: path, files: files)
        if let trial { sources.replace(by: trial) }
        var reader = ConfigurationReader(
            extent: sources.problems.isEmpty ? .whole : .partial, files: files,
            isKnownTimeZone: isKnownTimeZone)
        let configuration = reader.configuration(sources.root)
        let problems = sources.problems + reader.problems
        guard let configuration, problems.isEmpty else {
            return .failure(
                ConfigurationProblems(list: inOrder(problems, of: sources.names, by: \.place)))
        }
        return .success(
            LoadedConfiguration(
                configuration: configuration,
                warnings: inOrder(reader.warnings, of: sources.names, by: \.place),
                secretUses: reader.secretUses, files: sources.names, root: sources.root))
    }

    /// In the order of the files, and within one place in the order of finding.
    private static func inOrder<Finding>(
        _ findings: [Finding], of names: [String], by place: (Finding) -> SourcePlace
    ) -> [Finding] {
        let keyed = findings.enumerated().map { index, finding in
            let place = place(finding)
            let file = names.firstIndex(of: place.file) ?? names.count
            return (order: [file, place.line, place.column, index], finding)
        }
        return keyed.sorted { $0.order.lexicographicallyPrecedes($1.order) }.map { $0.1 }
    }
}
