/// Splits an mbox file (RFC 4155, appendix A) into mails, chunk by chunk. A line `From ` after an empty line or at the
/// beginning starts a mail; `>From ` loses one `>` (the mboxrd rule). Memory is one mail.
public struct MailboxSplitter {
    public struct Mail: Sendable, Equatable {
        /// Where it began, from 1.
        public let line: Int
        public let bytes: [UInt8]

        public init(line: Int, bytes: [UInt8]) {
            self.line = line
            self.bytes = bytes
        }
    }

    private static let separator = Array("From ".utf8)

    private var line: [UInt8] = []
    private var mail: [UInt8] = []
    private var lineNumber = 1
    private var began = 1
    private var isInMail = false
    private var followsBlank = true

    public init() {}

    /// The mails that end within this chunk.
    public mutating func read(_ chunk: [UInt8]) -> [Mail] {
        var mails: [Mail] = []
        var rest = chunk[...]
        while let end = rest.firstIndex(of: 0x0A) {
            line += rest[...end]
            rest = rest[(end + 1)...]
            if let mail = endLine() { mails.append(mail) }
        }
        line += rest
        return mails
    }

    /// The last mail.
    public mutating func finish() -> Mail? {
        let ended = line.isEmpty ? nil : endLine()
        if let ended { return ended }
        return take()
    }

    private mutating func endLine() -> Mail? {
        defer {
            lineNumber &+= 1
            line.removeAll(keepingCapacity: true)
        }
        if followsBlank, line.starts(with: Self.separator) {
            let ended = take()
            isInMail = true
            began = lineNumber &+ 1
            followsBlank = false
            return ended
        }
        followsBlank = line == [0x0A] || line == [0x0D, 0x0A]
        if isInMail { mail += unquoted(line) }
        return nil
    }

    private func unquoted(_ line: [UInt8]) -> ArraySlice<UInt8> {
        let marks = line.prefix { $0 == UInt8(ascii: ">") }.count
        let isQuoted = marks > 0 && line[marks...].starts(with: Self.separator)
        return isQuoted ? line.dropFirst() : line[...]
    }

    private mutating func take() -> Mail? {
        defer { mail.removeAll() }
        // The blank line before the next separator is mbox's, not the mail's.
        if mail.count >= 2, mail.suffix(2) == [0x0A, 0x0A] { mail.removeLast() }
        return isInMail && !mail.isEmpty ? Mail(line: began, bytes: mail) : nil
    }
}
