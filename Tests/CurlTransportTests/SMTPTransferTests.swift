import CurlTransport
import StubServers
import Testing

@Suite("SMTP over libcurl, against a stub server")
struct SMTPTransferTests {
    private static let fine = SMTPReply(code: 250, text: "2.0.0 queued as 4711")
    private let message = Array("Subject: hi\r\n\r\nSalaam\r\n".utf8)

    private func transfer(
        _ server: StubServer, tls: SMTPTransfer.TLSRule = .opportunistic,
        credentials: SMTPTransfer.Credentials? = nil, timeouts: SMTPTransfer.Timeouts = .init()
    ) throws -> SMTPTransfer {
        SMTPTransfer(
            server: try SMTPTransfer.Server(
                url: "smtp://127.0.0.1:\(server.port)", tls: tls, credentials: credentials,
                helloName: "desk.example.org", timeouts: timeouts), lanes: 2)
    }

    private func mail(
        _ recipients: [String] = ["sara@example.ir"], message: [UInt8]? = nil,
        sender: SMTPTransfer.EnvelopeSender = .address("support@example.org")
    ) -> SMTPTransfer.Mail {
        SMTPTransfer.Mail(sender: sender, recipients: recipients, message: message ?? self.message)
    }

    @Test("a mail is handed in word for word, and the final reply is kept")
    func happy() async throws {
        let record = SMTPRecord()
        let server = try StubServer.smtp(SMTPScript(), record)
        let outcome = try await transfer(server).send(mail())
        #expect(
            outcome
                == .answered([.init(address: "sara@example.ir", verdict: .accepted(Self.fine))]))
        #expect(
            record.commands.prefix(4) == [
                "EHLO desk.example.org", "MAIL FROM:<support@example.org> SIZE=\(message.count)",
                "RCPT TO:<sara@example.ir>", "DATA",
            ])
        #expect(record.messages == [message + Array(".\r\n".utf8)])
    }

    @Test("the null sender goes out as <>")
    func nullSender() async throws {
        let record = SMTPRecord()
        let server = try StubServer.smtp(SMTPScript(), record)
        _ = try await transfer(server).send(mail(sender: .null))
        #expect(record.commands.dropFirst().first?.hasPrefix("MAIL FROM:<> ") == true)
    }

    @Test("an international address goes to a server that offers SMTPUTF8, which is asked once")
    func international() async throws {
        let record = SMTPRecord()
        var script = SMTPScript()
        script.capabilities = ["stub", "8BITMIME", "SMTPUTF8"]
        let server = try StubServer.smtp(script, record)
        let transfer = try transfer(server)
        for _ in 0..<2 {
            #expect(
                try await transfer.send(mail(["سارا@example.ir"]))
                    == .answered([
                        .init(address: "سارا@example.ir", verdict: .accepted(Self.fine))
                    ]))
        }
        let commands = record.commands
        #expect(commands.filter { $0 == "NOOP" }.count == 1)
        #expect(
            commands.filter { $0.hasPrefix("MAIL") }.allSatisfy { $0.hasSuffix(" SMTPUTF8") }
                && commands.filter { $0.hasPrefix("MAIL") }.count == 2, "\(commands)")
        #expect(commands.contains("RCPT TO:<سارا@example.ir>"))
    }

    @Test("a server without SMTPUTF8 is never given an international address")
    func noInternational() async throws {
        let record = SMTPRecord()
        let server = try StubServer.smtp(SMTPScript(), record)
        let outcome = try await transfer(server).send(mail(["سارا@example.ir", "b@example.ir"]))
        #expect(
            outcome
                == .answered([
                    .init(address: "سارا@example.ir", verdict: .needsInternational),
                    .init(address: "b@example.ir", verdict: .needsInternational),
                ]))
        #expect(!record.commands.contains { $0.hasPrefix("MAIL") })
    }

    @Test("check connects and sends nothing; it throws what keeps mails back")
    func check() async throws {
        let record = SMTPRecord()
        try await transfer(try StubServer.smtp(SMTPScript(), record)).check()
        #expect(record.commands.prefix(2) == ["EHLO desk.example.org", "NOOP"])
        var script = SMTPScript()
        script.greeting = "421 4.3.2 closing"
        let closing = try transfer(try StubServer.smtp(script, SMTPRecord()))
        await #expect(throws: TransportFailure.self) { try await closing.check() }
        let gone = SMTPTransfer(server: try .init(url: "smtp://127.0.0.1:1"))
        await #expect(throws: TransportFailure.self) { try await gone.check() }
    }

    @Test("each recipient gets its own answer; one refusal keeps the mail from nobody else")
    func partial() async throws {
        let record = SMTPRecord()
        var script = SMTPScript()
        script.recipients = [
            "b@example.ir": "550 5.1.1 no such user",
            "c@example.ir": "451-4.7.1 greylisted\r\n451 4.7.1 later",
        ]
        let server = try StubServer.smtp(script, record)
        let outcome = try await transfer(server).send(
            mail(["a@example.ir", "b@example.ir", "c@example.ir", "not an address", "d@example.ir"])
        )
        #expect(
            outcome
                == .answered([
                    .init(address: "a@example.ir", verdict: .accepted(Self.fine)),
                    .init(
                        address: "b@example.ir",
                        verdict: .permanent(.init(code: 550, text: "5.1.1 no such user"))),
                    .init(
                        address: "c@example.ir",
                        verdict: .temporary(
                            .init(code: 451, text: "4.7.1 greylisted 4.7.1 later"))),
                    .init(
                        address: "not an address", verdict: .invalid(.forbiddenByte(at: 3))),
                    .init(address: "d@example.ir", verdict: .accepted(Self.fine)),
                ]))
        #expect(record.messages.count == 1)
    }

    @Test("when all recipients are refused nothing is sent, and each has its answer")
    func allRefused() async throws {
        let record = SMTPRecord()
        var script = SMTPScript()
        script.recipients = ["a@example.ir": "550 5.1.1 no", "b@example.ir": "452 4.2.2 full"]
        let server = try StubServer.smtp(script, record)
        let outcome = try await transfer(server).send(mail(["a@example.ir", "b@example.ir"]))
        #expect(
            outcome
                == .answered([
                    .init(
                        address: "a@example.ir",
                        verdict: .permanent(.init(code: 550, text: "5.1.1 no"))),
                    .init(
                        address: "b@example.ir",
                        verdict: .temporary(.init(code: 452, text: "4.2.2 full"))),
                ]))
        #expect(record.messages == [])
    }

    @Test(
        "a refusal of sender, DATA or the message speaks for all recipients",
        arguments: [
            ("MAIL", "452 4.3.1 no space"), ("MAIL", "550 5.7.1 not you"),
            ("DATA", "451 4.3.0 later"), ("DATA", "554 5.7.1 no"),
        ])
    func refusals(_ command: String, _ reply: String) async throws {
        var script = SMTPScript()
        if command == "MAIL" { script.sender = reply } else { script.data = reply }
        let server = try StubServer.smtp(script, SMTPRecord())
        let outcome = try await transfer(server).send(mail())
        let said = SMTPReply(code: Int(reply.prefix(3)) ?? 0, text: String(reply.dropFirst(4)))
        #expect(
            outcome
                == .answered([
                    .init(
                        address: "sara@example.ir",
                        verdict: said.code < 500 ? .temporary(said) : .permanent(said))
                ]))
    }

    @Test(
        "the answer to the final dot decides",
        arguments: [
            "250 2.0.0 ok", "451 4.3.0 try again", "554 5.6.0 content refused", "552 5.3.4 too big",
        ])
    func finalAnswers(_ reply: String) async throws {
        var script = SMTPScript()
        script.end = .reply(reply)
        let server = try StubServer.smtp(script, SMTPRecord())
        let outcome = try await transfer(server).send(mail())
        let said = SMTPReply(code: Int(reply.prefix(3)) ?? 0, text: String(reply.dropFirst(4)))
        let verdict: SMTPTransfer.Verdict =
            switch said.code / 100 {
            case 2: .accepted(said)
            case 4: .temporary(said)
            default: .permanent(said)
            }
        #expect(outcome == .answered([.init(address: "sara@example.ir", verdict: verdict)]))
        #expect(said.enhancedStatus == String(reply.dropFirst(4).prefix(5)))
    }

    @Test("a connection cut after the final dot is uncertain, for the accepted ones only")
    func cutAfterDot() async throws {
        var script = SMTPScript()
        script.end = .cutAfterDot
        script.recipients = ["b@example.ir": "550 5.1.1 no"]
        let record = SMTPRecord()
        let server = try StubServer.smtp(script, record)
        let outcome = try await transfer(server).send(mail(["a@example.ir", "b@example.ir"]))
        guard case .uncertain(let uncertain) = outcome else { Issue.record("\(outcome)"); return }
        #expect(uncertain.pending == ["a@example.ir"])
        #expect(
            uncertain.refused == [
                .init(
                    address: "b@example.ir", verdict: .permanent(.init(code: 550, text: "5.1.1 no"))
                )
            ])
        #expect(record.messages.count == 1)
    }

    @Test("a connection cut within the message is safe to retry")
    func cutInMessage() async throws {
        var script = SMTPScript()
        script.end = .cutInMessage(after: 1000)
        let server = try StubServer.smtp(script, SMTPRecord())
        let big = Array(String(repeating: "0123456789\r\n", count: 1_500_000).utf8)
        let outcome = try await transfer(server).send(mail(message: big))
        guard case .notSent(let notSent) = outcome else { Issue.record("\(outcome)"); return }
        #expect(notSent.phase == .message)
    }

    @Test("a server silent after the final dot is uncertain when the time is up")
    func silentAfterDot() async throws {
        var script = SMTPScript()
        script.end = .silence
        let server = try StubServer.smtp(script, SMTPRecord())
        let smtp = try transfer(server, timeouts: .init(reply: .seconds(1)))
        let outcome = try await smtp.send(mail())
        guard case .uncertain(let uncertain) = outcome else { Issue.record("\(outcome)"); return }
        #expect(uncertain.pending == ["sara@example.ir"])
    }

    @Test("cancelled while the server thinks: uncertain; other mails go on meanwhile")
    func cancelledAfterDot() async throws {
        var silent = SMTPScript()
        silent.end = .silence
        let record = SMTPRecord()
        let server = try StubServer.smtp(silent, record)
        let smtp = try transfer(server)
        let mail = mail()
        let task = Task { try await smtp.send(mail) }
        await record.taken.reach(1)
        // The first lane is blocked inside libcurl; the second takes this one.
        let second = Task { try await smtp.send(mail) }
        await record.taken.reach(2)
        for task in [task, second] {
            task.cancel()
            guard case .uncertain = try await task.value else {
                Issue.record("not uncertain"); return
            }
        }
    }

    @Test(
        "a server that will not talk, or is not there, has been sent nothing",
        arguments: [
            "554 5.7.1 go away", "421 4.3.2 closing",
        ])
    func greeting(_ greeting: String) async throws {
        var script = SMTPScript()
        script.greeting = greeting
        let server = try StubServer.smtp(script, SMTPRecord())
        let outcome = try await transfer(server).send(mail())
        guard case .notSent(let notSent) = outcome else { Issue.record("\(outcome)"); return }
        #expect(notSent.phase == .greeting)
        #expect(
            notSent.reply
                == SMTPReply(
                    code: Int(greeting.prefix(3)) ?? 0, text: String(greeting.dropFirst(4))))
        let nobody = SMTPTransfer(server: try .init(url: "smtp://127.0.0.1:1"))
        guard case .notSent(let refused) = try await nobody.send(mail()) else {
            Issue.record("sent?"); return
        }
        #expect(refused.phase == .connecting)
        guard case .unreachable = refused.failure else {
            Issue.record("\(refused.failure)"); return
        }
    }

    @Test("without STARTTLS from the server, `require` sends nothing, not even who we are")
    func requireTLS() async throws {
        let record = SMTPRecord()
        var script = SMTPScript()
        script.capabilities = ["stub", "AUTH PLAIN"]
        let server = try StubServer.smtp(script, record)
        let smtp = try transfer(server, tls: .require, credentials: .init(user: "u", password: "p"))
        guard case .notSent(let notSent) = try await smtp.send(mail()) else {
            Issue.record("sent"); return
        }
        guard case .untrusted = notSent.failure else { Issue.record("\(notSent)"); return }
        #expect(record.commands.filter { !$0.hasPrefix("QUIT") } == ["EHLO desk.example.org"])
    }

    @Test("a refused sign-in is the configuration's fault, not the mail's")
    func signIn() async throws {
        var script = SMTPScript()
        script.capabilities = ["stub", "AUTH PLAIN"]
        script.signIn = "535 5.7.8 wrong"
        let server = try StubServer.smtp(script, SMTPRecord())
        let smtp = try transfer(server, credentials: .init(user: "u", password: "p"))
        guard case .notSent(let notSent) = try await smtp.send(mail()) else {
            Issue.record("sent"); return
        }
        #expect(notSent.phase == .signIn)
        #expect(notSent.reply == SMTPReply(code: 535, text: "5.7.8 wrong"))
        guard case .signInRefused = notSent.failure else { Issue.record("\(notSent)"); return }
        // "Authentication required" at MAIL is the same fault.
        var needs = SMTPScript()
        needs.sender = "530 5.7.0 authentication required"
        let other = try StubServer.smtp(needs, SMTPRecord())
        guard case .notSent(let missing) = try await transfer(other).send(mail()) else {
            Issue.record("sent")
            return
        }
        #expect(missing.reply?.code == 530)
    }

    @Test("one connection carries many mails, and a dead one is replaced unseen")
    func reuse() async throws {
        let record = SMTPRecord()
        let server = try StubServer.smtp(SMTPScript(), record)
        let smtp = try transfer(server)
        for _ in 0..<3 { _ = try await smtp.send(mail()) }
        #expect(server.accepted.count == 1)
        #expect(record.messages.count == 3)

        var closing = SMTPScript()
        closing.closesAfterMail = true
        let hasty = try StubServer.smtp(closing, SMTPRecord())
        let second = try transfer(hasty)
        for _ in 0..<5 {
            #expect(
                try await second.send(mail())
                    == .answered([.init(address: "sara@example.ir", verdict: .accepted(Self.fine))])
            )
        }
    }
}
