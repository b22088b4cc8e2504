internal import ArgumentParser
internal import ChannelKit
internal import EmailChannel
internal import FoundationEssentials
internal import Glibc
internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import PhoneLogChannel

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Brings in what happened before: resumable, idempotent, mails nobody.",
        subcommands: [
            PhoneLog.self, MailboxFile.self, MailFolder.self, ImportCustomersCommand.self,
        ])

    struct PhoneLog: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "phone-log", abstract: "Calls from a switchboard's CSV file.")
        @OptionGroup var config: ConfigurationOption
        @OptionGroup var target: ImportTarget

        func run() async throws {
            let loaded = try config.load()
            let inbox = try target.inbox(of: .phoneLog, loaded)
            let channels = try Channels(loaded.configuration, environment: Surroundings.environment)
            guard let channel = channels.adapters[inbox] as? PhoneLogChannel else {
                throw ValidationError("inbox \(inbox.rawValue) is no phone log")
            }
            let file = try ImportFile(target.path)
            let summary = try await StoreAccess.with(loaded) { access in
                var work = PhoneLogImport(channel, host: AccessHost(access: access, inbox: inbox))
                while let chunk = try file.next() { try await work.read(chunk) }
                return ImportSummary(try await work.finish())
            }
            try summary.conclude(json: target.json)
        }
    }

    struct MailboxFile: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "mbox", abstract: "Mail from an mbox file (RFC 4155), as history.")
        @OptionGroup var config: ConfigurationOption
        @OptionGroup var target: ImportTarget

        func run() async throws {
            let loaded = try config.load()
            let inbox = try target.inbox(of: .email, loaded)
            let file = try ImportFile(target.path)
            let summary = try await StoreAccess.with(loaded) { access in
                var import_ = MailImporting(access: access, inbox: inbox)
                var splitter = MailboxSplitter()
                while let chunk = try file.next() {
                    for mail in splitter.read(chunk) { try await import_.take(mail) }
                }
                if let mail = splitter.finish() { try await import_.take(mail) }
                return import_.summary
            }
            try summary.conclude(json: target.json)
        }
    }

    struct MailFolder: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "maildir", abstract: "Mail from a maildir's cur and new, as history.")
        @OptionGroup var config: ConfigurationOption
        @OptionGroup var target: ImportTarget

        func run() async throws {
            let loaded = try config.load()
            let inbox = try target.inbox(of: .email, loaded)
            let names = try ImportFile.names(inMaildir: target.path)
            let summary = try await StoreAccess.with(loaded) { access in
                var import_ = MailImporting(access: access, inbox: inbox)
                for name in names {
                    let file = try ImportFile(name)
                    var bytes: [UInt8] = []
                    while let chunk = try file.next() { bytes += chunk }
                    try await import_.take(MailboxSplitter.Mail(line: 1, bytes: bytes))
                }
                return import_.summary
            }
            try summary.conclude(json: target.json)
        }
    }
}

struct ImportTarget: ParsableArguments {
    @Argument(help: "What to read.", completion: .file()) var path: String
    @Option(help: "The inbox it belongs to.") var inbox: String
    @Flag(help: "The result as JSON.") var json = false

    func inbox(of kind: ChannelKind, _ loaded: LoadedConfiguration) throws -> InboxID {
        guard let found = loaded.configuration.inbox(named: inbox) else {
            Terse.complain("inbox \(inbox) is not configured")
            throw ExitCode(EX_CONFIG)
        }
        guard found.channel.kind == kind else {
            Terse.complain(
                "inbox \(inbox) is a \(found.channel.kind.rawValue) inbox, not \(kind.rawValue)")
            throw ExitCode(EX_USAGE)
        }
        return InboxID(rawValue: inbox)
    }
}

/// What an import did, in the words of CONTRACT.
struct ImportSummary: Encodable, Sendable {
    struct Rejection: Encodable, Sendable {
        let line: Int
        let reason: String
    }

    /// Rejections told one by one; beyond that they are only counted.
    static let maximumRejections = 10_000

    var imported = 0
    var duplicates = 0
    var skipped = 0
    var rejected: [Rejection] = []

    init() {}

    init(_ report: PhoneLogReport) {
        imported = report.imported
        duplicates = report.duplicates
        skipped = report.skipped
        rejected = report.rejected.map { Rejection(line: $0.line, reason: $0.reason) }
        if report.furtherRejections > 0 {
            rejected.append(
                Rejection(line: 0, reason: "and \(report.furtherRejections) further rows"))
        }
    }

    mutating func reject(_ line: Int, _ reason: String) {
        guard rejected.count < Self.maximumRejections else { return }
        rejected.append(Rejection(line: line, reason: reason))
    }

    /// Exit 7 with rejects.
    func conclude(json: Bool) throws {
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.withoutEscapingSlashes]
            Terse.say(String(decoding: try encoder.encode(self), as: UTF8.self))
        } else {
            Terse.say(
                "\(imported) imported, \(duplicates) known already, \(skipped) skipped, \(rejected.count) rejected"
            )
            for rejection in rejected {
                Terse.complain("line \(rejection.line): \(rejection.reason)")
            }
        }
        if !rejected.isEmpty { throw ExitCode(7) }
    }
}

/// Puts old mails in one by one.
struct MailImporting {
    /// How often a busy daemon is asked again, a second apart.
    static let patience = 60

    let access: StoreAccess
    let inbox: InboxID
    var summary = ImportSummary()

    init(access: StoreAccess, inbox: InboxID) {
        self.access = access
        self.inbox = inbox
    }

    mutating func take(_ mail: MailboxSplitter.Mail) async throws {
        for _ in 0..<Self.patience {
            let delivery = try await access.importMail(mail.bytes, to: inbox)
            if let refused = delivery.refused {
                guard delivery.canRetry else { throw DaemonFailure(text: refused) }
                guard await Pulse.wait(.seconds(1)) else { throw CancellationError() }
                continue
            }
            switch delivery.outcomes.first {
            case .ticketed: summary.imported += 1
            case .duplicate: summary.duplicates += 1
            case .quarantined(let id, let reason):
                summary.reject(mail.line, "in quarantine as \(id.rawValue): \(reason)")
            case nil: throw DaemonFailure(text: "no outcome for the mail at line \(mail.line)")
            }
            return
        }
        throw DaemonFailure(text: "the daemon is too busy; run the import again later")
    }
}
