import ChannelKit
import HelpdeskCore

/// One LMTP connection as a machine of bytes (RFC 2033): bytes in, actions out, nothing else. However the bytes are
/// cut into chunks, the actions are the same.
struct LMTPSession: Sendable {
    enum Action: Equatable, Sendable {
        case reply([UInt8])
        /// To be answered with `finished(_:)`; until then no input is looked at.
        case deliver(LMTPMail)
        case close
    }

    /// Whether a mail of full size still has room, as the shell last heard.
    enum Space: Sendable {
        case enough
        /// The disk is nearly full: 452 4.3.1.
        case short
        /// Too many mails are under way at once: 451 4.3.2.
        case crowded
    }

    enum Phase: Sendable {
        case commands
        case data(LMTPDataReader)
        /// The store has the mail.
        case delivering
        case closed
    }

    let hostName: String
    let limits: LMTPLimits
    let directory: InboxDirectory
    var space = Space.enough

    private(set) var phase = Phase.commands
    var greeted = false
    var sender: String?
    var expectedSize = 0
    var recipients: [LMTPMail.Recipient] = []
    private var mistakes = 0
    private var delivering = 0
    /// Bytes not looked at yet; bounded by a command line in `commands`, and by what one read brings while delivering.
    private var pending: [UInt8] = []
    private var skipsLine = false

    init(hostName: String, limits: LMTPLimits, directory: InboxDirectory) {
        self.hostName = hostName
        self.limits = limits
        self.directory = directory
    }

    /// Bytes of the mail under way that this session holds in memory.
    var held: Int {
        switch phase {
        case .data(let reader): reader.content.count
        case .delivering: delivering
        case .commands, .closed: 0
        }
    }

    /// Lets the mail go that is just being read; its recipients are answered 451 at its end.
    mutating func putOff() {
        guard case .data(var reader) = phase else { return }
        phase = .commands
        reader.putOff()
        phase = .data(reader)
    }

    /// While a mail is being stored, nothing should be read from the peer.
    var wantsInput: Bool {
        switch phase {
        case .commands, .data: true
        case .delivering, .closed: false
        }
    }

    func greeting() -> [Action] { [.reply(LMTPReply.line("220 \(hostName) LMTP ready"))] }

    mutating func receive(_ bytes: [UInt8]) -> [Action] {
        pending += bytes
        return proceed()
    }

    /// The answers for the mail handed out last, one for each of its recipients.
    mutating func finished(_ outcomes: [LMTPOutcome]) -> [Action] {
        guard case .delivering = phase else { return [] }
        var replies: [UInt8] = []
        for index in recipients.indices {
            let outcome =
                outcomes.indices.contains(index)
                ? outcomes[index] : .refused(.storeFailed("no outcome"))
            replies += LMTPReply.outcome(outcome)
        }
        reset()
        phase = .commands
        return [.reply(replies)] + proceed()
    }

    /// The peer was silent or slow for too long, or we are stopping.
    mutating func hangUp(_ reason: HangUp) -> [Action] {
        if case .closed = phase { return [] }
        phase = .closed
        return [.reply(LMTPReply.line(reason.rawValue)), .close]
    }

    enum HangUp: String {
        case idle = "421 4.4.2 Idle for too long"
        case tooLong = "421 4.4.2 Connection open for too long"
        case stopping = "421 4.3.2 Shutting down"
        case crowded = "421 4.7.0 Too many connections, try again later"
        case mistaken = "421 4.7.0 Too many mistakes"
    }

    private mutating func proceed() -> [Action] {
        var actions: [Action] = []
        var start = 0
        loop: while start < pending.count {
            switch phase {
            case .commands:
                guard let line = nextLine(from: start) else { break loop }
                start = line.next
                if let content = line.content { actions += command(pending[content]) }
            case .data(var reader):
                // The reader is the only owner of its bytes while it works.
                phase = .commands
                switch reader.take(pending[start...]) {
                case .more:
                    phase = .data(reader)
                    start = pending.count
                case .finished(let next):
                    start = next
                    actions += dataFinished(reader)
                }
            case .delivering, .closed: break loop
            }
        }
        pending.removeFirst(start)
        if case .commands = phase { actions += boundedPending() }
        return actions
    }

    private struct Line {
        /// Nil for the rest of a line that was too long.
        let content: Range<Int>?
        let next: Int
    }

    /// A command ends with CRLF and nothing else.
    private mutating func nextLine(from start: Int) -> Line? {
        var index = start
        while let feed = pending.firstIndex(of: Ascii.lineFeed, from: index) {
            if feed > start, pending[feed &- 1] == Ascii.carriageReturn {
                let skipped = skipsLine
                skipsLine = false
                return Line(content: skipped ? nil : start..<(feed &- 1), next: feed &+ 1)
            }
            index = feed &+ 1
        }
        return nil
    }

    private mutating func boundedPending() -> [Action] {
        guard pending.count > limits.commandBytes else { return [] }
        let wasSkipping = skipsLine
        skipsLine = true
        // The last byte may be the CR of the line end.
        pending = pending.suffix(1)
        return wasSkipping ? [] : mistake("500 5.5.2 Line too long")
    }

    private mutating func dataFinished(_ reader: LMTPDataReader) -> [Action] {
        guard !reader.isTooLarge else {
            let refusal = LMTPReply.line(
                "552 5.3.4 Mail too large, the limit is \(limits.messageBytes) bytes")
            let replies = recipients.flatMap { _ in refusal }
            reset()
            return [.reply(replies)]
        }
        guard !reader.isPutOff else {
            let later = LMTPReply.line(Self.crowded)
            let replies = recipients.flatMap { _ in later }
            reset()
            return [.reply(replies)]
        }
        phase = .delivering
        delivering = reader.content.count
        return [
            .deliver(
                LMTPMail(sender: sender ?? "", recipients: recipients, bytes: reader.content))
        ]
    }

    static let crowded = "451 4.3.2 Too much mail at once, try again later"

    mutating func reset() {
        sender = nil
        recipients = []
        expectedSize = 0
    }

    mutating func beginData() -> [Action] {
        phase = .data(LMTPDataReader(limit: limits.messageBytes, expected: expectedSize))
        return [.reply(LMTPReply.line("354 Go ahead, end with CRLF.CRLF"))]
    }

    mutating func quit() -> [Action] {
        phase = .closed
        return [.reply(LMTPReply.line("221 2.0.0 Bye")), .close]
    }

    mutating func mistake(_ text: String) -> [Action] {
        mistakes &+= 1
        guard mistakes <= limits.mistakes else {
            return [.reply(LMTPReply.line(text))] + hangUp(.mistaken)
        }
        return [.reply(LMTPReply.line(text))]
    }
}
