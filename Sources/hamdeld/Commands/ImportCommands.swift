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
            ImportArchiveCommand.self,
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
                var work = MailImporting(
                    access: access, inbox: inbox, progress: ImportProgress(whole: file.size))
                var splitter = MailboxSplitter()
                var done = 0
                while let chunk = try file.next() {
                    for mail in splitter.read(chunk) { try await work.take(mail) }
                    done += chunk.count
                    work.read(upTo: done)
                }
                for mail in splitter.finish() { try await work.take(mail) }
                return try await work.finish()
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
                var work = MailImporting(
                    access: access, inbox: inbox, progress: ImportProgress(whole: names.count))
                for (done, name) in names.enumerated() {
                    try await work.take(maildirFile: name, of: target.path)
                    work.read(upTo: done)
                }
                return try await work.finish()
            }
            try summary.conclude(json: target.json)
        }
    }
}

extension MailImporting {
    /// Of one mail, as in an mbox.
    static let largestFile = 50 << 20

    mutating func take(maildirFile name: String, of folder: String) async throws {
        let place = Place.file(String(name.dropFirst(folder.utf8.count + 1)))
        // Mail programs rename files (their flags stand in the name) and take them away while we read.
        guard let file = try? ImportFile(name) else { return skip() }
        var bytes: [UInt8] = []
        while let chunk = try file.next() {
            bytes += chunk
            guard bytes.count <= Self.largestFile else {
                return reject(place, "more than \(Self.largestFile) bytes; nothing of it was kept")
            }
        }
        guard !bytes.isEmpty else { return skip() }
        try await take(bytes, from: place)
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
