internal import ArgumentParser

/// How results are written.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    /// For people.
    case table
    /// The API's own document.
    case json
    /// Each element of a list on a line of its own.
    case jsonl
    case csv
    /// Ids alone, one on each line: what `-` reads.
    case ids
}

struct OutputOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: "How to write the result.")
    var output: OutputFormat = .table

    @Flag(name: .shortAndLong, help: "Ids only; the same as -o ids.")
    var quiet = false

    var format: OutputFormat { quiet ? .ids : output }
}
