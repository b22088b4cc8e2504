internal import ArgumentParser
internal import EmailChannel
internal import FoundationEssentials
internal import HelpdeskConfiguration

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Looks for what is wrong, and says what to do. Exit 1 when something is.",
        discussion:
            """
            Looks at the configuration, permissions, disk, clock, the daemon and its sockets, alarms, the servers that mail goes \
            to and comes from and their certificates, DNS of each mail domain, and, for each inbox that is read by IMAP, \
            compares what the server has with what is kept. Changes nothing unless told to.
            """)
    @OptionGroup var config: ConfigurationOption
    @Flag(help: "The findings as JSON; the same as -o json.") var json = false
    @Option(name: [.short, .long], help: "text or json.") var output = Output.text
    @Option(help: "The name server to ask about mail domains: ADDRESS or ADDRESS:PORT.")
    var resolver: String?
    @Option(help: "Where the DKIM key of the mail domains stands; may be given several times.")
    var dkimSelector: [String] = []
    @Option(help: "Only this check, such as dns or disk; may be given several times.")
    var only: [String] = []
    @Flag(help: "Takes in mail that the server has and we never kept.") var takeMissing = false

    enum Output: String, ExpressibleByArgument, CaseIterable { case text, json }

    private struct Report: Encodable {
        let findings: [DoctorFinding]
        let taken: Int
    }

    func run() async throws {
        let server = try nameServer()
        for name in only where !Doctor.checks.contains(where: { $0.name == name }) {
            Terse.complain(
                "there is no check \(name); there are \(Doctor.checks.map(\.name).joined(separator: ", "))"
            )
            throw ExitCode(64)
        }
        let loaded = try config.load()
        let channels: Channels
        do {
            channels = try Channels(loaded.configuration, environment: Surroundings.environment)
        } catch let failure as ConfigurationFailure {
            Terse.complain(failure.text)
            throw ExitCode(78)
        }
        let report = try await StoreAccess.with(loaded) { access in
            let room = DoctorRoom(
                loaded: loaded, channels: channels, access: access, nameServer: server,
                selectors: dkimSelector.isEmpty ? MailDomain.usualSelectors : dkimSelector,
                now: Surroundings.now())
            let taken = takeMissing ? try await take(room) : 0
            var findings: [DoctorFinding] = []
            for check in Doctor.checks where only.isEmpty || only.contains(check.name) {
                findings += await check.findings(in: room)
            }
            return Report(findings: findings, taken: taken)
        }
        if json || output == .json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            Terse.say(String(decoding: try encoder.encode(report), as: UTF8.self))
        } else {
            if takeMissing { Terse.say("\(report.taken) missing mails were taken in") }
            for finding in report.findings { Terse.say(Self.line(finding)) }
            if report.findings.isEmpty { Terse.say("there is nothing to look at") }
        }
        if report.findings.contains(where: { $0.state == .problem }) { throw ExitCode(1) }
    }

    private static func line(_ finding: DoctorFinding) -> String {
        let advice = finding.advice.map { "\n         → \($0)" } ?? ""
        let state = finding.state.rawValue
        let mark = state + String(repeating: " ", count: max(0, 8 - state.utf8.count))
        return "\(mark) \(finding.check) \(finding.subject): \(finding.text)\(advice)"
    }

    private func nameServer() throws -> NameServer? {
        guard let resolver else { return NameServer.ofSystem() }
        guard let server = NameServer(resolver) else {
            Terse.complain("--resolver: expected an address such as 192.0.2.1 or [2001:db8::1]:53")
            throw ExitCode(64)
        }
        return server
    }

    private func take(_ room: DoctorRoom) async throws -> Int {
        var taken = 0
        for (inbox, adapter) in room.channels.mail {
            guard let mailbox = adapter.mailbox else { continue }
            let work = MailboxReconciliation(
                inbox: inbox, mailbox: mailbox, adapter: adapter, access: room.access)
            let missing = try await work.run().missing
            guard !missing.isEmpty else { continue }
            taken += try await work.take(missing)
        }
        return taken
    }
}
