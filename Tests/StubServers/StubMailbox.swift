import Synchronization

/// One folder of an IMAP server as tests see it, and the commands that read and change it. Speaks just enough of RFC 9051
/// for a client of ours; what it is not asked for in our dialect it answers with BAD, so that a test notices.
package final class StubMailbox: Sendable {
    package struct Mail: Sendable {
        package var uid: UInt32
        package var bytes: [UInt8]
        package var internalDate: String
        package var flags: Set<String> = []
        /// What RFC822.SIZE says, when it is not the truth.
        package var claimedSize: Int?
        package var fate = Fate.given
    }

    /// What becomes of a request for a mail's bytes.
    package enum Fate: Sendable {
        case given
        /// `BODY[] NIL`.
        case missing
        /// A tagged NO.
        case refused
        /// Left out of the answer as if it were not there.
        case withheld
    }

    package struct State: Sendable {
        package var validity: UInt32 = 7
        package var nextUID: UInt32 = 1
        package var mails: [Mail] = []
        package var moved: [String: [[UInt8]]] = [:]
        package var capabilities = "IMAP4rev1 IDLE UIDPLUS MOVE"
        /// Command lines as they came, without their tags.
        package var commands: [String] = []
        package var password = "secret"
        package var tokens: Set<String> = []
    }

    private let state = Mutex(State())

    package init() {}

    package var now: State { state.withLock { $0 } }
    package func change(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

    @discardableResult
    package func add(
        _ bytes: [UInt8], at internalDate: String = StubMailbox.today, size: Int? = nil,
        fate: Fate = .given
    ) -> UInt32 {
        state.withLock { state in
            let uid = state.nextUID
            state.nextUID += 1
            state.mails.append(
                Mail(
                    uid: uid, bytes: bytes, internalDate: internalDate, claimedSize: size,
                    fate: fate))
            return uid
        }
    }

    /// The same mails under new numbers, as after a restore.
    package func renumber(at internalDate: String? = nil) {
        state.withLock { state in
            state.validity += 1
            state.nextUID = 100
            for index in state.mails.indices {
                state.mails[index].uid = state.nextUID
                if let internalDate { state.mails[index].internalDate = internalDate }
                state.nextUID += 1
            }
        }
    }

    /// ManualClock.start's day.
    package static let today = "22-Nov-2026 09:59:00 +0000"
}

/// One connection to a `StubMailbox`.
package struct StubIMAPDialogue {
    private let mailbox: StubMailbox
    /// The tag of an IDLE that is under way.
    package private(set) var idling: String?
    /// Mails that this connection was told of.
    private var told = 0

    package init(_ mailbox: StubMailbox) { self.mailbox = mailbox }

    /// What was not told yet, as a server says it unasked.
    package mutating func news() -> String {
        let count = mailbox.now.mails.count
        defer { told = count }
        return count > told ? "* \(count) EXISTS\r\n" : ""
    }

    /// The answer to a line; nil: hang up.
    package mutating func answer(_ line: String) -> [UInt8]? {
        if let tag = idling {
            idling = nil
            return Array((line == "DONE" ? "\(tag) OK idled\r\n" : "\(tag) BAD not idling\r\n").utf8)
        }
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        guard words.count == 2 else { return Array("* BAD what?\r\n".utf8) }
        let (tag, command) = (words[0], words[1])
        mailbox.change { $0.commands.append(command) }
        if command == "LOGOUT" { return nil }
        if command == "IDLE" {
            idling = tag
            return Array("+ idling\r\n".utf8)
        }
        let (untagged, completion) = carryOut(command)
        return untagged + Array("\(tag) \(completion)\r\n".utf8)
    }

    private mutating func carryOut(_ command: String) -> ([UInt8], String) {
        switch true {
        case command == "CAPABILITY":
            return (Array("* CAPABILITY \(mailbox.now.capabilities)\r\n".utf8), "OK done")
        case command == "NOOP":
            return (Array(news().utf8), "OK done")
        case command.hasPrefix("EXAMINE "), command.hasPrefix("SELECT "):
            return open(command)
        case command.hasPrefix("FETCH "):
            return fetch(String(command.dropFirst(6)), byUID: false)
        case command.hasPrefix("UID FETCH "):
            return fetch(String(command.dropFirst(10)), byUID: true)
        case command.hasPrefix("UID STORE "), command.hasPrefix("UID MOVE "),
            command.hasPrefix("UID COPY "), command.hasPrefix("UID EXPUNGE "):
            return change(String(command.dropFirst(4)))
        default: return ([], "BAD unknown")
        }
    }

    private mutating func open(_ command: String) -> ([UInt8], String) {
        let state = mailbox.now
        guard command.hasSuffix("\"INBOX\"") else { return ([], "NO [NONEXISTENT] no such folder") }
        told = state.mails.count
        let text = """
            * FLAGS (\\Seen \\Deleted)\r
            * \(state.mails.count) EXISTS\r
            * 0 RECENT\r
            * OK [UIDVALIDITY \(state.validity)] fine\r
            * OK [UIDNEXT \(state.nextUID)] fine\r

            """
        return (Array(text.utf8), "OK [READ-\(command.hasPrefix("E") ? "ONLY" : "WRITE")] open")
    }

    private func fetch(_ arguments: String, byUID: Bool) -> ([UInt8], String) {
        let parts = arguments.split(separator: " ", maxSplits: 1).map(String.init)
        let mails = mailbox.now.mails
        guard parts.count == 2 else { return ([], "BAD fetch what?") }
        let last = byUID ? mails.last.map { Int($0.uid) } ?? 0 : mails.count
        let ranges = NumberSet(parts[0], last: last).ranges
        var answer: [UInt8] = []
        for range in ranges {
            let positions =
                byUID
                ? mails.indices.filter { range.contains(Int(mails[$0].uid)) }
                : Array(range.clamped(to: 1...max(1, mails.count))).map { $0 - 1 }
            for index in positions where mails.indices.contains(index) {
                let mail = mails[index]
                if parts[1].contains("BODY.PEEK[]") {
                    if mail.fate == .refused { return (answer, "NO cannot read that mail") }
                    if mail.fate == .withheld { continue }
                }
                answer += Self.item(mail, sequence: index + 1, parts[1])
            }
        }
        return (answer, "OK fetched")
    }

    private static func item(
        _ mail: StubMailbox.Mail, sequence: Int, _ items: String
    ) -> [UInt8] {
        var fields = ["UID \(mail.uid)"]
        if items.contains("RFC822.SIZE") {
            fields.append("RFC822.SIZE \(mail.claimedSize ?? mail.bytes.count)")
        }
        if items.contains("INTERNALDATE") { fields.append("INTERNALDATE \"\(mail.internalDate)\"") }
        var answer = Array("* \(sequence) FETCH (\(fields.joined(separator: " "))".utf8)
        if items.contains("BODY.PEEK[]") {
            answer +=
                mail.fate == .missing
                ? Array(" BODY[] NIL".utf8)
                : Array(" BODY[] {\(mail.bytes.count)}\r\n".utf8) + mail.bytes
        } else if items.contains("BODY.PEEK[HEADER") {
            let header = header(of: mail.bytes)
            let key = items.contains("[HEADER.FIELDS") ? "HEADER.FIELDS (MESSAGE-ID)" : "HEADER"
            answer += Array(" BODY[\(key)]<0> {\(header.count)}\r\n".utf8) + header
        }
        return answer + Array(")\r\n".utf8)
    }

    private static func header(of bytes: [UInt8]) -> [UInt8] {
        let end = Array("\r\n\r\n".utf8)
        for index in bytes.indices where bytes[index...].starts(with: end) {
            return Array(bytes[..<(index + 4)])
        }
        return bytes
    }

    private func change(_ arguments: String) -> ([UInt8], String) {
        let parts = arguments.split(separator: " ", maxSplits: 2).map(String.init)
        let last = Int(mailbox.now.mails.last?.uid ?? 0)
        let set = NumberSet(parts.count > 1 ? parts[1] : "", last: last)
        mailbox.change { state in
            let hit = state.mails.indices.filter { set.contains(Int(state.mails[$0].uid)) }
            switch parts[0] {
            case "STORE":
                let flag = parts[2].contains("Seen") ? "\\Seen" : "\\Deleted"
                for index in hit { state.mails[index].flags.insert(flag) }
            case "EXPUNGE":
                state.mails.removeAll {
                    set.contains(Int($0.uid)) && $0.flags.contains("\\Deleted")
                }
            default:
                let folder = parts[2].filter { $0 != "\"" }
                state.moved[folder, default: []] += hit.map { state.mails[$0].bytes }
                if parts[0] == "MOVE" {
                    state.mails.removeAll { set.contains(Int($0.uid)) }
                }
            }
        }
        return ([], "OK changed")
    }
}

/// `1,4:6,9:*`.
struct NumberSet {
    let ranges: [ClosedRange<Int>]

    init(_ text: String, last: Int) {
        ranges = text.split(separator: ",").compactMap { part in
            let ends = part.split(separator: ":").map { $0 == "*" ? last : Int($0) ?? 0 }
            guard let first = ends.first, let end = ends.last else { return nil }
            return min(first, end)...max(first, end)
        }
    }

    func contains(_ number: Int) -> Bool { ranges.contains { $0.contains(number) } }
}
