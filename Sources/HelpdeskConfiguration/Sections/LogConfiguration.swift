/// `[log]`: what the daemon says of itself, on stderr or to journald.
public struct LogConfiguration: Equatable, Sendable {
    public enum Format: String, CaseIterable, Equatable, Sendable {
        /// Fields to journald where stderr leads there, else text.
        case auto
        case text, json, logfmt
    }

    public enum Level: String, CaseIterable, Equatable, Sendable {
        case debug, info, notice, warning, error
    }

    public let format: Format
    public let level: Level
}

enum LogKeys {
    static let format = DefaultedKey<LogConfiguration.Format>(
        "format", .choice("a form of log lines"), default: .auto, written: "\"auto\"",
        "How lines are written: \"auto\" gives journald fields where stderr leads there and text elsewhere, \"json\" one object a line, \"logfmt\" key=value. None of them holds secrets or what people wrote. A change needs a restart.",
        example: "\"json\"")
    static let level = DefaultedKey<LogConfiguration.Level>(
        "level", .choice("a level"), default: .info, written: "\"info\"",
        "The least important lines that are written.", example: "\"debug\"")
    static let section = SectionDescription(
        "log", .table, "What the daemon says of itself.",
        keys: [format.description, level.description])
}

extension ConfigurationReader {
    mutating func log(_ section: SectionTable) -> LogConfiguration {
        LogConfiguration(
            format: read(LogKeys.format, section), level: read(LogKeys.level, section))
    }
}
