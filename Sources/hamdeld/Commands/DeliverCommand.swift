internal import ArgumentParser
internal import EmailChannel
internal import FoundationEssentials
internal import Glibc
internal import HelpdeskConfiguration

struct DeliverCommand: ParsableCommand {
    static let name = "deliver"

    static let configuration = CommandConfiguration(
        commandName: name,
        abstract: "Hands one mail from stdin to the running daemon.",
        discussion: """
            For a mail server's pipe. Exit 0: kept. 65: over the size limit. 75: everything else, so that the mail \
            server keeps the mail and tries again.
            """)
    @OptionGroup var config: ConfigurationOption
    @Option(help: "The inbox the mail is for.") var inbox: String
    @Option(help: "The envelope sender; empty for a bounce.") var sender: String?
    @Flag(help: "The outcome as JSON.") var json = false

    func run() throws {
        guard
            case .success(let loaded) = ConfigurationFile.load(
                path: config.file, isKnownTimeZone: ZoneTable.isKnown)
        else { throw later("the configuration \(config.file) is wrong; see hamdeld config check") }
        guard case .email(let mail) = loaded.configuration.inbox(named: inbox)?.channel else {
            throw later("\(inbox) is not an email inbox of \(config.file)")
        }
        let limit = loaded.configuration.limits.messageSize
        guard let bytes = try read(atMost: limit) else {
            Terse.complain("the mail is larger than \(limit) bytes")
            throw ExitCode(EX_DATAERR)
        }
        let reply: LMTPClient.Reply
        do {
            let client = try LMTPClient(socket: loaded.configuration.lmtp.socket)
            reply = try client.deliver(
                bytes, to: mail.address, from: envelopeSender)
        } catch {
            throw later("\(error)")
        }
        try conclude(reply)
    }

    /// As given; a sender that cannot stand in a command is nobody we know, and the mail is kept all the same.
    private var envelopeSender: String {
        let unknown = "unknown@pipe.invalid"
        guard let sender else { return unknown }
        let isFit =
            sender.utf8.count <= 320
            && sender.utf8.allSatisfy {
                $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">")
            } && (sender.isEmpty || sender.utf8.contains(UInt8(ascii: "@")))
        return isFit ? sender : unknown
    }

    private func conclude(_ reply: LMTPClient.Reply) throws {
        switch reply.code {
        case 200..<300:
            let outcome = DeliverOutcome(reply.text)
            if json {
                Terse.say(String(decoding: try JSONEncoder().encode(outcome), as: UTF8.self))
            }
        case 552:
            Terse.complain(reply.text)
            throw ExitCode(EX_DATAERR)
        default: throw later(reply.text)
        }
    }

    /// Everything that is not the mail's own fault: the sender must keep it.
    private func later(_ text: String) -> ExitCode {
        Terse.complain(text)
        return ExitCode(EX_TEMPFAIL)
    }

    /// Nil when stdin holds more.
    private func read(atMost limit: Int) throws -> [UInt8]? {
        do {
            let file = try ImportFile("-")
            var bytes: [UInt8] = []
            while let chunk = try file.next() {
                bytes += chunk
                if bytes.count > limit { return nil }
            }
            return bytes
        } catch {
            throw later("\(error)")
        }
    }
}

/// `{"outcome":"ticketed|quarantined|duplicate","message":…,"ticket":…,"reason":…}`, every key always there.
struct DeliverOutcome: Encodable {
    var outcome = "ticketed"
    var message: Int64?
    var ticket: Int64?
    var quarantine: Int64?
    var reason: String?

    /// From the text of a 250: `… message=ID ticket=NUMBER`, `… quarantine=ID`, `… duplicate=ID`.
    init(_ text: String) {
        for word in text.split(separator: " ") {
            let parts = word.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let number = Int64(parts[1]) else { continue }
            switch parts[0] {
            case "message": message = number
            case "ticket": ticket = number
            case "duplicate":
                outcome = "duplicate"
                message = number
            case "quarantine":
                outcome = "quarantined"
                quarantine = number
                reason = text.split(separator: " ").dropFirst().filter { !$0.contains("=") }
                    .joined(separator: " ")
            default: break
            }
        }
    }

    private enum Keys: String, CodingKey { case outcome, message, ticket, quarantine, reason }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Keys.self)
        try values.encode(outcome, forKey: .outcome)
        try values.encode(message, forKey: .message)
        try values.encode(ticket, forKey: .ticket)
        try values.encode(quarantine, forKey: .quarantine)
        try values.encode(reason, forKey: .reason)
    }
}
