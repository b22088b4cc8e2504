internal import ArgumentParser
internal import HelpdeskCore

/// How a report is written: as every other result, or as a page.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
    case table, json, jsonl, csv, ids
    /// One self-contained page.
    case html

    /// Nil for the page.
    var plain: OutputFormat? { OutputFormat(rawValue: rawValue) }
}

/// In which language a page is written.
enum ReportLanguage: String, ExpressibleByArgument, CaseIterable {
    case english = "en"
    case persian = "fa"

    /// That of the locale: Persian, else English.
    init(environment: [String: String]) {
        let locale =
            ["LC_ALL", "LC_MESSAGES", "LANG"].lazy
            .compactMap { environment[$0] }.first { !$0.isEmpty }
        self = locale?.hasPrefix("fa") == true ? .persian : .english
    }

    var text: TextLanguage { self == .persian ? .persian : .english }
}

struct ReportOutput: ParsableArguments {
    @Option(name: .shortAndLong, help: "How to write the result.")
    var output: ReportFormat = .table

    @Option(help: "The language of -o html; else that of the locale.")
    var language: ReportLanguage?

    @Flag(name: .shortAndLong, help: "Ids only; the same as -o ids.")
    var quiet = false

    var format: ReportFormat { quiet ? .ids : output }
}
