import StubServers
import Synchronization

/// What a stub SMTP server does, and what it saw.
struct SMTPScript: Sendable {
    enum End: Sendable {
        case reply(String)
        /// Reads the final dot and breaks the connection.
        case cutAfterDot
        /// Breaks the connection after so many bytes of the message.
        case cutInMessage(after: Int)
        /// Reads the final dot and says nothing until the peer goes.
        case silence
    }

    var greeting = "220 stub ready"
    var capabilities = ["stub", "SIZE 10000000", "8BITMIME"]
    var sender = "250 2.1.0 fine"
    /// By address; everyone else is accepted.
    var recipients: [String: String] = [:]
    var data = "354 go on"
    var end = End.reply("250 2.0.0 queued as 4711")
    var signIn = "235 2.7.0 welcome"
    /// After a mail the connection is closed without a word.
    var closesAfterMail = false
}

final class SMTPRecord: Sendable {
    struct Seen: Sendable, Equatable {
        var commands: [String] = []
        /// As on the wire, with the final dot.
        var messages: [[UInt8]] = []
    }

    private let seen = Mutex(Seen())
    /// Messages read to their final dot.
    let taken = Counter()

    var commands: [String] { seen.withLock { $0.commands } }
    var messages: [[UInt8]] { seen.withLock { $0.messages } }

    func note(_ command: String) { seen.withLock { $0.commands.append(command) } }
    func note(_ message: [UInt8]) {
        seen.withLock { $0.messages.append(message) }
        taken.add(1)
    }
}

extension StubServer {
    static func smtp(_ script: SMTPScript, _ record: SMTPRecord) throws -> StubServer {
        try StubServer { connection in
            connection.write(script.greeting + "\r\n")
            while let line = connection.readLine() {
                record.note(line)
                guard script.answer(line, connection, record) else { return }
            }
        }
    }
}

extension SMTPScript {
    /// False when the connection is over.
    fileprivate func answer(
        _ line: String, _ connection: StubConnection, _ record: SMTPRecord
    ) -> Bool {
        let verb = line.prefix(4).uppercased()
        switch verb {
        case "EHLO":
            for (index, capability) in capabilities.enumerated() {
                connection.write(
                    "250\(index == capabilities.count - 1 ? " " : "-")\(capability)\r\n")
            }
        case "HELO": connection.write("250 stub\r\n")
        case "AUTH": connection.write(signIn + "\r\n")
        case "MAIL": connection.write(sender + "\r\n")
        case "RCPT":
            let address = line.dropFirst("RCPT TO:<".count).prefix { $0 != ">" }
            connection.write((recipients[String(address)] ?? "250 2.1.5 fine") + "\r\n")
        case "DATA":
            connection.write(data + "\r\n")
            return data.hasPrefix("354") ? takeMessage(connection, record) : true
        case "NOOP": connection.write("250 2.0.0 fine\r\n")
        case "QUIT":
            connection.write("221 bye\r\n")
            return false
        default: connection.write("502 5.5.2 what?\r\n")
        }
        return true
    }

    private func takeMessage(_ connection: StubConnection, _ record: SMTPRecord) -> Bool {
        if case .cutInMessage(let count) = end {
            _ = connection.read(count: count)
            connection.cut()
            return false
        }
        guard let message = connection.read(through: Array("\r\n.\r\n".utf8)) else { return false }
        record.note(message)
        switch end {
        case .reply(let reply):
            connection.write(reply + "\r\n")
            return !closesAfterMail
        case .cutAfterDot:
            connection.cut()
            return false
        case .silence:
            connection.drain()
            return false
        case .cutInMessage: return false
        }
    }
}
