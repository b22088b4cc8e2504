import ChannelKit
import EmailChannel
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import Synchronization
import TestKit
import Testing

/// Where mail goes that a desk under test sends: kept, never answered by itself.
final class MailSink: MailTransport {
    struct Sent: Sendable {
        let sender: String
        let recipients: [String]
        let bytes: [UInt8]

        var text: String { String(decoding: bytes, as: UTF8.self) }

        /// The value of a header, unfolded; nil where there is none.
        func header(_ name: String) -> String? {
            let head = text.components(before: "\r\n\r\n")
            let lines = head.replacing("\r\n ", with: " ").replacing("\r\n\t", with: " ")
                .split(separator: "\r\n")
            let prefix = name.lowercased() + ":"
            return lines.first { $0.lowercased().hasPrefix(prefix) }.map {
                String($0.dropFirst(prefix.count)).trimmed
            }
        }

        var messageID: String { (header("Message-ID") ?? "").filter { $0 != "<" && $0 != ">" } }
    }

    func check() async -> ChannelHealth { ChannelHealth(state: .ok) }

    private let kept = Mutex<[Sent]>([])
    private let answer = Mutex<@Sendable (Sent) -> SendResult>({ _ in .sent(externalID: nil) })

    var sent: [Sent] { kept.withLock { $0 } }

    /// What the peer says to what comes.
    func answers(_ result: @escaping @Sendable (Sent) -> SendResult) {
        answer.withLock { $0 = result }
    }

    /// What was sent since the last time.
    func takeAll() -> [Sent] {
        kept.withLock { kept in
            defer { kept = [] }
            return kept
        }
    }

    func submit(
        envelopeSender: String, recipients: [String], bytes: [UInt8]
    ) async -> SendResult {
        let sent = Sent(sender: envelopeSender, recipients: recipients, bytes: bytes)
        kept.withLock { $0.append(sent) }
        return answer.withLock { $0 }(sent)
    }
}

extension String {
    func components(before mark: String) -> String {
        range(of: mark).map { String(self[..<$0.lowerBound]) } ?? self
    }

    var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " || $0 == "\r\n" }.reversed())
    }

    private func range(of mark: String) -> Range<String.Index>? { ranges(of: mark).first }
}

/// A desk whose mail inboxes are the real channel: real bytes in, real bytes out, over a real store.
final class MailDesk: Sendable {
    static let authserv = "mx.desk.example"

    let desk: TestDesk
    let sink = MailSink()
    private let mail: [InboxID: EmailAdapter]

    init(
        _ plan: DeskPlan = .standard, clock: ManualClock = ManualClock(), seed: UInt64 = 7,
        settings: [String: ChannelConfiguration.Value] = [:]
    ) async throws {
        var mail: [InboxID: EmailAdapter] = [:]
        for inbox in plan.inboxes where inbox.channel == .email {
            let address = try #require(inbox.address)
            let values: [String: ChannelConfiguration.Value] = [
                "address": .text(address.value), "authserv_id": .text(Self.authserv),
                "aliases": .list(inbox.aliases.map { .text($0.value) }),
            ]
            mail[inbox.id] = try EmailAdapter(
                configuration: ChannelConfiguration(
                    inbox: inbox.id, values: values.merging(settings) { _, new in new },
                    zone: .utc), transport: sink)
        }
        self.mail = mail
        desk = try await TestDesk(
            plan, clock: clock, seed: seed, others: mail.mapValues { $0 as any ChannelAdapter })
    }

    func read(
        _ raw: [UInt8], sender: String? = nil, to recipients: [String] = [],
        inbox: InboxID = .supportMail
    ) throws -> InboundMessage {
        let adapter = try #require(mail[inbox])
        return try adapter.read(
            raw, envelope: MailEnvelope(sender: sender, recipients: recipients)
        ).get()
    }

    @discardableResult
    func deliver(
        _ raw: [UInt8], sender: String? = nil, to recipients: [String] = [],
        inbox: InboxID = .supportMail
    ) async throws -> (message: MessageID, ticket: TicketNumber) {
        try await desk.ticket(
            try read(raw, sender: sender, to: recipients, inbox: inbox), to: inbox)
    }

    /// What the desk sent since the last time, after sending all that is due.
    func out() async throws -> [MailSink.Sent] {
        try await desk.runOutbox()
        return sink.takeAll()
    }

    func type(of ticket: TicketNumber) throws -> [String] { try desk.types(of: ticket) }
}

/// A mail as bytes. Headers go on top in the order given.
struct Mail {
    var from: String
    var to = "support@desk.example"
    var subject = "Broken"
    var id: String?
    var headers: [(String, String)] = []
    var body = "It broke."
    /// What our own server says of the sender; nil: nothing.
    var dmarc: String? = "pass"

    var bytes: [UInt8] {
        var lines: [String] = []
        if let dmarc {
            lines.append("Authentication-Results: \(MailDesk.authserv); dmarc=\(dmarc)")
        }
        lines += headers.map { "\($0.0): \($0.1)" }
        lines += ["From: \(from)", "To: \(to)", "Subject: \(subject)"]
        if let id { lines.append("Message-ID: <\(id)>") }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + body + "\r\n").utf8)
    }

    /// A delivery status notification about a mail of ours (RFC 3464).
    static func bounce(
        of sent: MailSink.Sent, to: String? = nil, recipient: String? = nil,
        action: String = "failed",
        status: String = "5.1.1", words: String = "550 5.1.1 no such user here",
        returned: String? = nil, id: String = "dsn@mx.home.example"
    ) -> [UInt8] {
        let recipient = recipient ?? sent.recipients.first ?? "nobody@home.example"
        let headers = returned ?? "Message-ID: <\(sent.messageID)>\r\nSubject: x"
        let text = """
            From: MAILER-DAEMON@mx.home.example
            To: \(to ?? (sent.sender.isEmpty ? "support@desk.example" : sent.sender))
            Subject: Undelivered Mail Returned to Sender
            Message-ID: <\(id)>
            Auto-Submitted: auto-replied
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: text/plain

            I could not deliver your message.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.home.example

            Final-Recipient: rfc822; \(recipient)
            Action: \(action)
            Status: \(status)
            Diagnostic-Code: smtp; \(words)

            --b
            Content-Type: text/rfc822-headers

            \(headers)
            --b--

            """
        return Array(text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n").utf8)
    }
}
