/// Follows one mail's SMTP dialogue from the lines that pass: which reply belongs to which command, and
/// how far the message had gone. Pure; libcurl's debug callback feeds it.
///
/// libcurl never pipelines, so each reply belongs to the command before it. On a pooled connection the
/// dialogue begins with MAIL.
struct SMTPDialogue: Sendable {
    private enum Expected: Equatable {
        case greeting
        case hello
        case startTLS
        case signIn
        case sender
        case recipient(Int)
        case data
        case final
        /// Nothing that has a bearing on the mail.
        case other
    }

    /// Extensions that change what may be sent.
    struct Offers: Sendable, Equatable {
        var smtputf8 = false
    }

    let recipients: Int
    private(set) var senderReply: SMTPReply?
    private(set) var recipientReplies: [Int: SMTPReply] = [:]
    private(set) var dataReply: SMTPReply?
    private(set) var finalReply: SMTPReply?
    private(set) var lastReply: SMTPReply?
    private(set) var phase = SMTPPhase.connecting
    /// What the last EHLO was answered; nil when none was said.
    private(set) var offers: Offers?
    /// Bytes of the message that went to the socket, doubled dots included.
    private(set) var uploaded = 0
    private var expected = Expected.greeting
    private var nextRecipient = 0
    private var line: [UInt8] = []
    private var partial: SMTPReply?

    init(recipients: Int) {
        self.recipients = recipients
    }

    /// A command as libcurl wrote it. Only its verb matters, and only in its turn: during AUTH the
    /// lines are secrets in base64.
    mutating func sent(_ bytes: UnsafeRawBufferPointer) {
        if expected == .final || phase >= .data { return }
        if bytes.starts(with: "MAIL FROM:".utf8) {
            expect(.sender, .sender)
        } else if bytes.starts(with: "RCPT TO:".utf8), senderReply != nil {
            expect(.recipient(nextRecipient), .recipients)
            nextRecipient += 1
        } else if bytes.starts(with: "DATA\r\n".utf8), senderReply != nil {
            expect(.data, .data)
        } else if phase < .sender {
            if bytes.starts(with: "EHLO ".utf8) || bytes.starts(with: "HELO ".utf8) {
                expect(.hello, .hello)
            } else if bytes.starts(with: "STARTTLS\r\n".utf8) {
                expect(.startTLS, .startTLS)
            } else if bytes.starts(with: "AUTH ".utf8) {
                expect(.signIn, .signIn)
            }
        }
    }

    /// Bytes of replies; lines may come in pieces.
    mutating func received(_ bytes: UnsafeRawBufferPointer) {
        if phase == .connecting { phase = .greeting }
        for byte in bytes {
            guard byte != 0x0A else {
                if line.last == 0x0D { line.removeLast() }
                readLine()
                line.removeAll(keepingCapacity: true)
                continue
            }
            // A line is at most 512 bytes (RFC 5321 §4.5.3.1.5); what is beyond is not kept.
            if line.count < 1024 { line.append(byte) }
        }
    }

    mutating func uploadSent(_ count: Int) {
        uploaded += count
        phase = max(phase, .message)
    }

    private mutating func expect(_ next: Expected, _ phase: SMTPPhase) {
        expected = next
        self.phase = max(self.phase, phase)
    }

    /// We said something: with no new connection that means a pooled one was used.
    var hasSpoken: Bool { expected != .greeting }

    /// `250-text` goes on, `250 text` and `250` end a reply.
    private mutating func readLine() {
        var code = 0
        for byte in line.prefix(3) where byte >= 0x30 && byte <= 0x39 {
            code = code * 10 + Int(byte - 0x30)
        }
        noteOffer(code)
        var reply = partial ?? SMTPReply(code: code, text: "")
        reply.code = code
        reply.append(line.dropFirst(4))
        if line.count > 3, line[3] == UInt8(ascii: "-") {
            partial = reply
        } else {
            partial = nil
            take(reply)
        }
    }

    /// One line of the answer to EHLO names one extension (RFC 5321 §4.1.1.1).
    private mutating func noteOffer(_ code: Int) {
        guard expected == .hello, code == 250 else { return }
        var known = partial == nil ? Offers() : offers ?? Offers()
        // In capitals alone, because libcurl asks so too when it writes the parameter of MAIL (7.88.1, lib/smtp.c).
        if line.dropFirst(4).prefix(while: { $0 != 0x20 }).elementsEqual("SMTPUTF8".utf8) {
            known.smtputf8 = true
        }
        offers = known
    }

    private mutating func take(_ reply: SMTPReply) {
        // What comes unasked (the answer to QUIT, a farewell) has no bearing.
        guard expected != .other else { return }
        lastReply = reply
        let asked = expected
        expected = .other
        switch asked {
        case .sender: senderReply = reply
        case .recipient(let index): recipientReplies[index] = reply
        case .data:
            dataReply = reply
            if reply.code == 354 { expected = .final }
        case .final:
            finalReply = reply
            phase = .finalReply
        case .signIn where reply.code == 334: expected = .signIn
        case .greeting, .hello, .startTLS, .signIn, .other: break
        }
    }
}
