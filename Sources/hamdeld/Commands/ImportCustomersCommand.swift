internal import ArgumentParser
internal import FoundationEssentials
internal import Glibc
internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import HelpdeskEngine
internal import PhoneLogChannel

/// `hamdeld import customers FILE`: what a CRM knows, from a CSV file with a header. The same file again changes nothing,
/// so a run that was cut short is run again.
struct ImportCustomersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customers",
        abstract: "Customers from a CSV file with a header: resumable, idempotent, merges nobody.",
        discussion: """
            Columns by name, in any order: external_id (the key in the CRM), name, email, phone, organisation, vip, \
            segments, preferred_channel; every other column is an attribute. Several addresses or segments stand in one \
            field with ; between them. An empty field leaves what is known as it is. A row needs a key or an address.
            """)
    @OptionGroup var config: ConfigurationOption
    @Argument(help: "What to read; - is standard input.", completion: .file()) var path: String
    @Option(help: "Whose numbers those without a country code are (IR); else a phone log's.")
    var region: String?
    @Flag(help: "The result as JSON.") var json = false

    func run() async throws {
        let loaded = try config.load()
        let region = region ?? Self.region(of: loaded.configuration)
        guard let numbers = PhoneNumberReader(region: region) else {
            throw ValidationError("\(region ?? "") is no region such as IR")
        }
        let file = try ImportFile(path)
        let summary = try await StoreAccess.with(loaded) { access in
            var import_ = CustomerImporting(access: access, numbers: numbers)
            var reader = CSVReader()
            while let chunk = try file.next() { try await import_.take(reader.read(chunk)) }
            try await import_.take(reader.finish())
            return try await import_.finish()
        }
        try summary.conclude(json: json)
    }

    private static func region(of configuration: Configuration) -> String? {
        for inbox in configuration.inboxes where inbox.channel.kind == .phoneLog {
            if case .text(let region) = inbox.settings["region"] { return region }
        }
        return nil
    }
}

/// Turns rows into customers, a batch at a time.
struct CustomerImporting {

    let access: StoreAccess
    let numbers: PhoneNumberReader
    private var columns: CustomerColumns?
    private var waiting: [CustomerImportRow] = []
    private var summary = ImportSummary()

    init(access: StoreAccess, numbers: PhoneNumberReader) {
        self.access = access
        self.numbers = numbers
    }

    mutating func take(_ items: [CSVReader.Item]) async throws {
        for item in items {
            switch item {
            case .fault(let line, let fault): summary.reject(line, fault.description)
            case .row(let row):
                guard let columns else {
                    columns = try CustomerColumns(row)
                    continue
                }
                switch columns.read(row, numbers) {
                case .success(let read): waiting.append(read)
                case .failure(let rejection): summary.reject(row.line, rejection.reason)
                }
                if waiting.count >= CustomerImport.batch { try await flush() }
            }
        }
    }

    mutating func finish() async throws -> ImportSummary {
        try await flush()
        summary.rejected.sort { $0.line < $1.line }
        return summary
    }

    private mutating func flush() async throws {
        guard !waiting.isEmpty else { return }
        let rows = waiting
        waiting = []
        let document = try await access.part(of: "import", .importCustomers(rows)).document
        for outcome in try JSONDecoder().decode(
            [CustomerImportOutcome].self, from: Data(document.utf8))
        {
            count(outcome)
        }
    }

    private mutating func count(_ outcome: CustomerImportOutcome) {
        switch outcome.result {
        case .created, .updated: summary.imported += 1
        case .unchanged: summary.duplicates += 1
        case .rejected: summary.reject(outcome.line, outcome.reason ?? "not taken")
        }
    }
}
