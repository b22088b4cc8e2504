internal import ArgumentParser
internal import Glibc
internal import HelpdeskConfiguration

/// `--config FILE`, or where `HAMDEL_CONFIG` or `/etc/hamdel/hamdel.toml` names it.
struct ConfigurationOption: ParsableArguments {
    @Option(name: .customLong("config"), help: "The configuration file.", completion: .file())
    var path: String?

    var file: String {
        path ?? Surroundings.environment["HAMDEL_CONFIG"] ?? "/etc/hamdel/hamdel.toml"
    }

    /// Whether warnings are said: where the configuration is the subject, not before every command's answer.
    enum Warnings { case said, unsaid }

    /// The checked configuration; prints every problem and exits 78 otherwise.
    func load(_ warnings: Warnings = .unsaid) throws -> LoadedConfiguration {
        switch ConfigurationFile.load(path: file, isKnownTimeZone: ZoneTable.isKnown) {
        case .success(let loaded):
            for warning in loaded.warnings where warnings == .said { Terse.complain("\(warning)") }
            return loaded
        case .failure(let problems):
            Terse.complain("\(problems)")
            throw ExitCode(EX_CONFIG)
        }
    }
}

/// Output without adornment: results on stdout, everything else on stderr.
enum Terse {
    static func say(_ text: String) {
        guard !text.isEmpty else { return }
        write(text.hasSuffix("\n") ? text : text + "\n", to: STDOUT_FILENO)
    }

    static func complain(_ text: String) {
        write(text + "\n", to: STDERR_FILENO)
    }

    /// Whole, or until the reader is gone.
    private static func write(_ text: String, to handle: Int32) {
        var rest = Array(shown(text, on: handle).utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(handle, $0.baseAddress, $0.count) }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }

    /// A stranger's words (a quarantined mail) must not steer a terminal (DESIGN, invariant 6); a file gets them as they are.
    private static func shown(_ text: String, on handle: Int32) -> String {
        guard isatty(handle) == 1 else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            let isHarmless: Bool =
                switch scalar.value {
                case 0x09, 0x0A: true
                case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: false
                default: true
                }
            result.unicodeScalars.append(isHarmless ? scalar : "\u{FFFD}")
        }
        return result
    }
}
