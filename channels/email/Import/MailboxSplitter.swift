/// Splits an mbox file (RFC 4155, appendix A) into mails, chunk by chunk, in memory for one mail at most.
///
/// There is no one format. A line `From …` with a date behind an empty line starts a mail; `>From ` loses one `>` (mboxo and
/// mboxrd read alike then, but for lines that mboxo never quoted). Where a mail's Content-Length leads exactly to the next
/// mail (mboxcl, mboxcl2), that is its end, whatever its lines look like.
public struct MailboxSplitter {
    public struct Mail: Sendable, Equatable {
        public enum Content: Sendable, Equatable {
            case bytes([UInt8])
            /// More bytes than allowed; they were not kept.
            case tooLarge(Int)
            /// What stands before the first `From ` line: this is no mbox file.
            case notAMailbox
            /// Bookkeeping of a mail program that looks like a mail.
            case bookkeeping
        }

        /// Where it began, from 1.
        public let line: Int
        public let content: Content

        public init(line: Int, content: Content) {
            self.line = line
            self.content = content
        }
    }

    /// A line that may begin the next mail.
    struct Candidate: Equatable {
        /// Where the line begins in the mail read so far.
        let offset: Int
        /// Where the mail behind it would begin.
        let next: Int
        let line: Int
    }

    /// Lines longer than this are taken in pieces.
    private static let longestLine = 64 * 1024
    /// Of one mail; beyond, its Content-Length is not believed.
    private static let mostCandidates = 1_000

    private let limit: Int
    private var line: [UInt8] = []
    private var isWithinLine = false
    private var lineNumber = 1
    private var followsBlank = true
    private var isInMail = false
    private var began = 1
    private var mail: [UInt8] = []
    /// Bytes of the mail, those not kept included.
    private var size = 0
    private var head = MailboxHead()
    private var candidates: [Candidate] = []

    /// `limit`: bytes of one mail.
    public init(limit: Int = 50 << 20) { self.limit = limit }

    /// The mails that end within this chunk.
    public mutating func read(_ chunk: [UInt8]) -> [Mail] {
        var mails: [Mail] = []
        var start = 0
        while start < chunk.count {
            let feed = chunk.firstIndex(of: Ascii.lineFeed, from: start)
            let end = feed.map { $0 &+ 1 } ?? chunk.count
            line += chunk[start..<end]
            start = end
            if feed != nil || line.count >= Self.longestLine {
                mails += take(isWhole: feed != nil)
            }
        }
        return mails
    }

    /// The last mail.
    public mutating func finish() -> [Mail] {
        var mails = line.isEmpty ? [] : take(isWhole: true)
        mails += close()
        begin()
        return mails
    }

    private mutating func take(isWhole: Bool) -> [Mail] {
        defer {
            if isWhole { lineNumber &+= 1 }
            isWithinLine = !isWhole
            line.removeAll(keepingCapacity: true)
        }
        if !isWithinLine, MailboxHead.isSeparator(line), endsMail() {
            let mails = close()
            begin()
            return mails
        }
        keep()
        if isWhole { followsBlank = line == [0x0A] || line == [0x0D, 0x0A] }
        return []
    }

    /// Whether this `From ` line is the end of the mail before it; one that Content-Length says is content is remembered.
    private mutating func endsMail() -> Bool {
        guard isInMail else { return followsBlank }
        if size > limit || candidates.count >= Self.mostCandidates { head.forgetLength() }
        switch head.claim(at: size) {
        case .reached: return true
        case .none, .passed: return followsBlank
        case .within:
            if followsBlank {
                candidates.append(
                    Candidate(
                        offset: mail.count, next: mail.count &+ line.count, line: lineNumber &+ 1))
            }
            return false
        }
    }

    private mutating func begin() {
        isInMail = true
        began = lineNumber &+ 1
        mail = []
        size = 0
        head = MailboxHead()
        candidates = []
        followsBlank = false
    }

    private mutating func keep() {
        size &+= line.count
        if !isWithinLine { head.read(line, endingAt: size) }
        if size <= limit { mail += line } else { mail = [] }
    }

    /// The mail read so far, or several, where its Content-Length proved wrong.
    private func close() -> [Mail] {
        guard isInMail else {
            let isBlank = size <= limit && mail.allSatisfy { $0 <= Ascii.space }
            return isBlank ? [] : [Mail(line: 1, content: .notAMailbox)]
        }
        guard size > 0 else { return [] }
        guard size <= limit else { return [Mail(line: began, content: .tooLarge(size))] }
        if head.claim(at: size) == .reached {
            return [finished(mail, line: began, isLiteral: !candidates.isEmpty)]
        }
        var mails: [Mail] = []
        var start = 0
        var line = began
        for candidate in candidates {
            mails.append(
                finished([UInt8](mail[start..<candidate.offset]), line: line, isLiteral: false))
            start = candidate.next
            line = candidate.line
        }
        mails.append(finished([UInt8](mail[start...]), line: line, isLiteral: false))
        return mails
    }

    /// `isLiteral`: nothing was quoted (mboxcl2).
    private func finished(_ bytes: [UInt8], line: Int, isLiteral: Bool) -> Mail {
        var bytes = isLiteral ? bytes : MailboxHead.unquoted(bytes)
        // The blank line before the next separator is mbox's, not the mail's.
        for blank in [[0x0D, 0x0A, 0x0D, 0x0A], [0x0A, 0x0A]] as [[UInt8]]
        where bytes.suffix(blank.count) == blank[...] {
            bytes.removeLast(blank.count / 2)
            break
        }
        return Mail(
            line: line,
            content: MailboxHead.isBookkeeping(bytes) ? .bookkeeping : .bytes(bytes))
    }
}
