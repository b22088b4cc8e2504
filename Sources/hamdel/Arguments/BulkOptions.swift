internal import ArgumentParser

/// What somebody who changes many tickets at once said beforehand.
enum BulkConsent: Hashable {
    case given
    /// Show what would be changed, change nothing.
    case dryRun
    case notAsked
}

struct BulkOptions: ParsableArguments {
    @Flag(help: "Change many tickets without asking.")
    var yes = false

    @Flag(help: "Say what would be changed, and change nothing.")
    var dryRun = false

    @Option(help: "Only if the ticket still has this version.")
    var ifVersion: Int64?

    var consent: BulkConsent { dryRun ? .dryRun : yes ? .given : .notAsked }
}
