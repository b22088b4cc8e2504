import Testing

@testable import CurlTransport

@Suite("Following an SMTP dialogue")
struct SMTPDialogueTests {
    private func dialogue(_ recipients: Int, _ lines: [String]) -> SMTPDialogue {
        var dialogue = SMTPDialogue(recipients: recipients)
        for line in lines {
            let bytes = Array((line.dropFirst(2) + "\r\n").utf8)
            bytes.withUnsafeBytes {
                if line.hasPrefix("C ") { dialogue.sent($0) } else { dialogue.received($0) }
            }
        }
        return dialogue
    }

    private func mail(_ recipients: Int) throws -> CheckedMail {
        try CheckedMail(
            .init(
                sender: .null, recipients: (0..<recipients).map { "r\($0)@b" },
                message: Array("twenty bytes, more..\r\n".utf8)))
    }

    private static let opening = [
        "S 220 hi", "C EHLO x", "S 250 x", "C MAIL FROM:<>", "S 250 ok", "C RCPT TO:<r0@b>",
        "S 250 ok", "C DATA",
    ]

    @Test("secrets in base64 that look like commands are not taken for them")
    func secrets() throws {
        let said = dialogue(
            1,
            [
                "S 220 hi", "C EHLO x", "S 250 AUTH LOGIN", "C AUTH LOGIN", "S 334 VXNlcm5hbWU6",
                "C DATA",
                "S 334 UGFzc3dvcmQ6", "C QUIT", "S 535 5.7.8 no",
            ])
        #expect(said.phase == .signIn)
        #expect(said.dataReply == nil)
        #expect(said.lastReply == SMTPReply(code: 535, text: "5.7.8 no"))
    }

    @Test("replies in pieces, over many lines, endless or unreadable")
    func replies() {
        var said = dialogue(1, ["S 220-one", "S 220-two", "S 220 three"])
        #expect(said.lastReply == SMTPReply(code: 220, text: "one two three"))
        for byte in Array("220 pie".utf8) + Array("ces\r\n".utf8) {
            withUnsafeBytes(of: byte) { said.received($0) }
        }
        let endless = dialogue(1, ["S 220-" + String(repeating: "x", count: 100_000), "S 220 y"])
        #expect(endless.lastReply?.text.utf8.count == 500)
        #expect(dialogue(1, ["S hello"]).lastReply?.code == 0)
        #expect(dialogue(1, ["S "]).lastReply == SMTPReply(code: 0, text: ""))
        #expect(
            dialogue(1, ["S 554 \u{1B}[31mred\u{7}\u{9B}1m"]).lastReply
                == SMTPReply(code: 554, text: "[31mred1m"))
    }

    @Test("what the server said last counts, not how the connection ended")
    func verdicts() throws {
        let mail = try mail(1)
        var sent = dialogue(1, Self.opening + ["S 354 go"])
        sent.uploadSent(mail.message.count)
        let failure = TransportFailure.interrupted("x")
        #expect(
            sent.outcome(mail, failure)
                == .uncertain(.init(pending: ["r0@b"], refused: [], failure: failure)))
        var kept = sent
        Array("250 kept\r\n".utf8).withUnsafeBytes { kept.received($0) }
        let accepted = SMTPTransfer.Outcome.answered([
            .init(address: "r0@b", verdict: .accepted(SMTPReply(code: 250, text: "kept")))
        ])
        #expect(kept.outcome(mail, failure) == accepted)
        // A farewell behind it changes nothing.
        Array("421 bye\r\n".utf8).withUnsafeBytes { kept.received($0) }
        #expect(kept.outcome(mail, nil) == accepted)
    }

    @Test("all but the last byte of the message is not the message")
    func oneByteShort() throws {
        let mail = try mail(1)
        var said = dialogue(1, Self.opening + ["S 354 go"])
        said.uploadSent(mail.message.count - 1)
        guard case .notSent(let notSent) = said.outcome(mail, .silent) else {
            Issue.record("taken for sent")
            return
        }
        #expect(notSent == .init(phase: .message, failure: .silent, reply: nil))
    }

    @Test("an unreadable final reply is no acceptance and no refusal for ever")
    func unreadable() throws {
        let mail = try mail(1)
        var said = dialogue(1, Self.opening + ["S 354 go"])
        said.uploadSent(mail.message.count)
        Array("what?\r\n".utf8).withUnsafeBytes { said.received($0) }
        guard case .answered(let results) = said.outcome(mail, nil),
            case .temporary? = results.first?.verdict
        else {
            Issue.record("\(said.outcome(mail, nil))")
            return
        }
    }

    @Test("every mix of answers to two recipients is told apart")
    func mixes() throws {
        let mail = try mail(2)
        for first in [250, 450, 550] {
            for second in [250, 450, 550] {
                var lines =
                    Self.opening.dropLast(2) + [
                        "S \(first) a", "C RCPT TO:<r1@b>", "S \(second) b",
                    ]
                let isAnyone = first == 250 || second == 250
                if isAnyone { lines += ["C DATA", "S 354 go"] }
                var said = dialogue(2, Array(lines))
                if isAnyone {
                    said.uploadSent(mail.message.count)
                    Array("250 kept\r\n".utf8).withUnsafeBytes { said.received($0) }
                }
                let kept = SMTPReply(code: 250, text: "kept")
                func verdict(_ code: Int, _ text: String) -> SMTPTransfer.Verdict {
                    switch code {
                    case 250: .accepted(kept)
                    case 450: .temporary(.init(code: code, text: text))
                    default: .permanent(.init(code: code, text: text))
                    }
                }
                #expect(
                    said.outcome(mail, isAnyone ? nil : .interrupted("x"))
                        == .answered([
                            .init(address: "r0@b", verdict: verdict(first, "a")),
                            .init(address: "r1@b", verdict: verdict(second, "b")),
                        ]))
            }
        }
    }

    @Test(
        "server descriptions",
        arguments: [
            ("smtp://127.0.0.1:25", "127.0.0.1", 25, false),
            ("smtp://mail.example.org", "mail.example.org", 25, false),
            ("smtps://mail.example.org/", "mail.example.org", 465, true),
            ("smtps://[::1]:2465", "[::1]", 2465, true),
        ] as [(String, String, UInt16, Bool)])
    func servers(_ url: String, _ host: String, _ port: UInt16, _ isTLS: Bool) throws {
        let server = try SMTPTransfer.Server(url: url)
        #expect(server.host == host)
        #expect(server.port == port)
        #expect(server.isTLSFromStart == isTLS)
    }

    @Test(
        "wrong server descriptions",
        arguments: [
            "", "mail.example.org", "http://x", "smtp://", "smtp://:25", "smtp://a:0",
            "smtp://a:99999", "smtp://a:x",
            "smtp://a/b", "smtp://u:p@a", "smtp://a\r\nb", "smtp://[::1", "smtp://a b",
            "smtp://a?x", "smtp://ä",
        ])
    func wrongServers(_ url: String) {
        #expect(throws: SMTPTransfer.ServerFault.url) { try SMTPTransfer.Server(url: url) }
    }

    @Test("passwords do not go in the clear to another machine, nor line breaks into AUTH or EHLO")
    func credentials() {
        let login = SMTPTransfer.Credentials(user: "u", password: "p")
        #expect(throws: SMTPTransfer.ServerFault.passwordWithoutTLS) {
            try SMTPTransfer.Server(url: "smtp://mail.example.org", tls: .none, credentials: login)
        }
        #expect(throws: SMTPTransfer.ServerFault.credentials) {
            try SMTPTransfer.Server(
                url: "smtp://a", credentials: .init(user: "u\r\n", password: ""))
        }
        #expect(throws: SMTPTransfer.ServerFault.helloName) {
            try SMTPTransfer.Server(url: "smtp://a", helloName: "x\r\nMAIL")
        }
        #expect(throws: Never.self) {
            try SMTPTransfer.Server(url: "smtp://127.0.0.1", tls: .none, credentials: login)
        }
        let secret = SMTPTransfer.Credentials(user: "u", password: "hunter2")
        #expect(!"\(secret) \(String(reflecting: secret))".contains("hunter2"))
    }
}
