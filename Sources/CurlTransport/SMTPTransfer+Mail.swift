extension SMTPTransfer {
    /// Who answers for the mail in the envelope (RFC 5321 §4.1.1.2).
    public enum EnvelopeSender: Sendable, Equatable {
        /// `<>`: for bounces and automatic answers, so that nobody answers them (RFC 5321 §4.5.5).
        case null
        case address(String)
    }

    /// One mail, ready to go: the bytes are sent as they are, only dots at line starts are doubled on
    /// the wire.
    public struct Mail: Sendable, Equatable {
        public var sender: EnvelopeSender
        /// 1…100 addresses without angle brackets.
        public var recipients: [String]
        /// Header and body; every line ends with CRLF, no NUL; at most 64 MiB.
        public var message: [UInt8]

        public init(sender: EnvelopeSender, recipients: [String], message: [UInt8]) {
            self.sender = sender
            self.recipients = recipients
            self.message = message
        }
    }

    /// Why a mail may not be sent at all. The composer is at fault, not the server: do not retry.
    public enum Refusal: Error, Sendable, Equatable {
        case noRecipients
        case tooManyRecipients(limit: Int)
        case sender(SMTPAddress.Fault)
        case message(SMTPMessageFault)
    }
}

extension SMTPTransfer.Refusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noRecipients: "the mail has no recipient"
        case .tooManyRecipients(let limit): "the mail has more than \(limit) recipients"
        case .sender(let fault): "the envelope sender cannot be used: \(fault)"
        case .message(let fault): "the message cannot be sent: \(fault)"
        }
    }
}

/// A mail that has passed every check: nothing in it can become a command.
struct CheckedMail: Sendable {
    static let maximumRecipients = 100

    /// nil is the null sender.
    let sender: SMTPAddress?
    let recipients: [SMTPAddress]
    let message: [UInt8]
    /// As the caller gave them, in order; a fault where it is none of `recipients`.
    private let asked: [(address: String, fault: SMTPAddress.Fault?)]

    init(_ mail: SMTPTransfer.Mail) throws(SMTPTransfer.Refusal) {
        guard !mail.recipients.isEmpty else { throw .noRecipients }
        guard mail.recipients.count <= Self.maximumRecipients else {
            throw .tooManyRecipients(limit: Self.maximumRecipients)
        }
        switch mail.sender {
        case .null: sender = nil
        case .address(let text):
            do throws(SMTPAddress.Fault) {
                sender = try SMTPAddress(text)
            } catch {
                throw .sender(error)
            }
        }
        if let fault = SMTPMessageFault.first(in: mail.message) { throw .message(fault) }
        message = mail.message
        var good: [SMTPAddress] = []
        var asked: [(String, SMTPAddress.Fault?)] = []
        for text in mail.recipients {
            do throws(SMTPAddress.Fault) {
                good.append(try SMTPAddress(text))
                asked.append((text, nil))
            } catch {
                asked.append((text, error))
            }
        }
        recipients = good
        self.asked = asked
    }

    /// Whether sender or recipients need a server with SMTPUTF8.
    var letters: SMTPAddress.Letters {
        let all = recipients + [sender].compactMap { $0 }
        return all.contains { $0.letters == .international } ? .international : .ascii
    }

    /// The server has no SMTPUTF8: those who need it are refused; the others too, because the mail names them in its header.
    func refusedInternational() -> [SMTPTransfer.RecipientResult] {
        let verdict = SMTPTransfer.Verdict.needsInternational
        return results(
            Dictionary(uniqueKeysWithValues: recipients.indices.map { ($0, verdict) }))
    }

    /// One result per recipient asked for, in order. `verdicts` by index into `recipients`; what has
    /// none is left out.
    func results(_ verdicts: [Int: SMTPTransfer.Verdict]) -> [SMTPTransfer.RecipientResult] {
        var next = 0
        var results: [SMTPTransfer.RecipientResult] = []
        for (address, fault) in asked {
            if let fault {
                results.append(.init(address: address, verdict: .invalid(fault)))
            } else {
                if let verdict = verdicts[next] {
                    results.append(.init(address: address, verdict: verdict))
                }
                next += 1
            }
        }
        return results
    }
}
