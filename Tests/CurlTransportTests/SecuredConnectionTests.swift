import StubServers
import Testing

@testable import CurlTransport

@Suite("Secured connections")
struct SecuredConnectionTests {
    static func server(
        _ port: UInt16, patience: Duration = .seconds(30)
    ) throws -> ConnectionServer {
        try ConnectionServer(
            url: "imap://127.0.0.1:\(port)", tls: .opportunistic, user: "sara", patience: patience)
    }

    /// Everything until `end` was seen.
    private func reply(
        _ connection: SecuredConnection, until end: String
    ) async throws -> String {
        var text = ""
        while !text.contains(end) {
            guard case .bytes(let bytes) = try await connection.receive(within: .seconds(30)) else {
                break
            }
            text += String(decoding: bytes, as: UTF8.self)
        }
        return text
    }

    @Test("a connection that is signed in carries our commands and a literal whole")
    func literal() async throws {
        let mailbox = StubMailbox()
        let mail = Array("Subject: x\r\n\r\n* 1 FETCH (BODY[] {3}\r\nh2 OK no\r\n".utf8)
        mailbox.add(mail)
        let stub = try StubServer.imap(mailbox)
        let connection = try await SecuredConnection.open(
            try Self.server(stub.port), signIn: .password("secret"))
        try await connection.send(Array("h1 CAPABILITY\r\n".utf8), within: .seconds(30))
        #expect(try await reply(connection, until: "h1 OK").contains("IMAP4rev1 IDLE"))
        try await connection.send(
            Array("h2 UID FETCH 1 (UID BODY.PEEK[])\r\n".utf8), within: .seconds(30))
        let answer = try await reply(connection, until: "h2 OK fetched")
        #expect(answer.contains("{\(mail.count)}\r\n" + String(decoding: mail, as: UTF8.self) + ")\r\n"))
        connection.close()
        await #expect(throws: TransportFailure.closed) {
            try await connection.send([0], within: .seconds(1))
        }
    }

    @Test("silence is no failure, and the connection is as good as before")
    func silence() async throws {
        let stub = try StubServer.imap(StubMailbox())
        let connection = try await SecuredConnection.open(
            try Self.server(stub.port), signIn: .plain("secret"))
        #expect(try await connection.receive(within: .milliseconds(1)) == .silence)
        try await connection.send(Array("h1 NOOP\r\n".utf8), within: .seconds(30))
        #expect(try await reply(connection, until: "OK").contains("h1 OK done"))
    }

    @Test("each way of signing in is the one asked for", arguments: [
        (ConnectionServer.SignIn.plain("secret"), "AUTHENTICATE PLAIN"),
        (.login("secret"), "LOGIN"), (.bearer(token: "tok"), "AUTHENTICATE XOAUTH2"),
    ])
    func mechanisms(signIn: ConnectionServer.SignIn, command: String) async throws {
        let mailbox = StubMailbox()
        mailbox.change { $0.tokens = ["tok"] }
        let stub = try StubServer.imap(mailbox)
        _ = try await SecuredConnection.open(try Self.server(stub.port), signIn: signIn)
        #expect(mailbox.now.commands == [command])
    }

    @Test("a wrong password is told apart from a server that is away")
    func refused() async throws {
        let stub = try StubServer.imap(StubMailbox())
        for signIn in [ConnectionServer.SignIn.password("wrong"), .bearer(token: "old")] {
            let error = await #expect(throws: TransportFailure.self) {
                _ = try await SecuredConnection.open(try Self.server(stub.port), signIn: signIn)
            }
            guard case .signInRefused? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
        let away = await #expect(throws: TransportFailure.self) {
            _ = try await SecuredConnection.open(try Self.server(1), signIn: .password("x"))
        }
        guard case .unreachable? = away else {
            Issue.record("\(String(describing: away))")
            return
        }
    }

    @Test("a server that says nothing is given up in time; a cancelled task at once")
    func dead() async throws {
        let mute = try StubServer { $0.drain() }
        await #expect(throws: TransportFailure.deadlineExceeded) {
            _ = try await SecuredConnection.open(
                try Self.server(mute.port, patience: .milliseconds(50)), signIn: .password("x"))
        }
        let server = try Self.server(mute.port, patience: .seconds(600))
        let task = Task { try await SecuredConnection.open(server, signIn: .password("x")) }
        await mute.accepted.reach(2)
        task.cancel()
        await #expect(throws: TransportFailure.cancelled) { _ = try await task.value }
    }

    @Test("a server that hangs up, and one that resets, end the reading")
    func hangUp() async throws {
        for ending in ["close", "cut"] {
            let stub = try StubServer { connection in
                connection.write("* OK hello\r\n")
                while let line = connection.readLine() {
                    let tag = line.prefix { $0 != " " }
                    if line.contains("NOOP") {
                        ending == "cut" ? connection.cut() : connection.close()
                        return
                    }
                    connection.write("* CAPABILITY IMAP4rev1\r\n\(tag) OK\r\n")
                }
            }
            let connection = try await SecuredConnection.open(
                try Self.server(stub.port), signIn: .password("x"))
            try await connection.send(Array("h1 NOOP\r\n".utf8), within: .seconds(30))
            var reception: SecuredConnection.Reception?
            do throws(TransportFailure) {
                reception = try await connection.receive(within: .seconds(30))
            } catch {
                guard case .interrupted = error else {
                    Issue.record("\(error)")
                    return
                }
            }
            if let reception { #expect(reception == .ended) }
        }
    }

    @Test("an untrusted certificate is refused, a trusted one taken, STARTTLS or imaps", .enabled(if: TLSStub.isPossible))
    func trust() async throws {
        for service in [TLSStub.Service.imap, .imaps] {
            let stub = try TLSStub(service)
            let url = "\(service.rawValue)://127.0.0.1:\(stub.port)"
            let doubting = try ConnectionServer(url: url, user: "sara")
            let error = await #expect(throws: TransportFailure.self) {
                _ = try await SecuredConnection.open(doubting, signIn: .password("secret"))
            }
            guard case .untrusted? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            let trusting = try ConnectionServer(
                url: url, user: "sara", trust: .authorities(path: stub.certificate))
            let connection = try await SecuredConnection.open(trusting, signIn: .password("secret"))
            try await connection.send(Array("h1 NOOP\r\n".utf8), within: .seconds(30))
            #expect(try await reply(connection, until: "\r\n") == "h1 OK TLS yes\r\n")
        }
    }

    @Test("a server that cannot STARTTLS gets no password where TLS is required")
    func noTLS() async throws {
        let mailbox = StubMailbox()
        let stub = try StubServer.imap(mailbox)
        await #expect(throws: TransportFailure.self) {
            _ = try await SecuredConnection.open(
                try ConnectionServer(url: "imap://127.0.0.1:\(stub.port)", user: "sara"),
                signIn: .password("secret"))
        }
        #expect(mailbox.now.commands == [])
    }

    @Test("nothing that is configured can add a command", arguments: [
        ("imap://host\r\nx", "u"), ("imaps://host/INBOX", "u"), ("http://host", "u"),
        ("imap://user@host", "u"), ("imap://", "u"), ("imap://h:0", "u"), ("imap://h:99999", "u"),
        ("imap://h:+1", "u"), ("imap://[::1", "u"), ("imaps://h", ""), ("imaps://h", "a\r\nb"),
    ])
    func injection(url: String, user: String) {
        #expect(throws: ConnectionServer.Fault.self) { try ConnectionServer(url: url, user: user) }
    }

    @Test("a password without TLS stays on this machine; a secret with a line end goes nowhere")
    func passwords() async throws {
        #expect(throws: ConnectionServer.Fault.passwordWithoutTLS) {
            try ConnectionServer(url: "imap://mail.example.org", tls: .none, user: "u")
        }
        #expect(try ConnectionServer(url: "imap://[::1]:1143/", tls: .none, user: "u").port == 1143)
        #expect(try ConnectionServer(url: "imaps://Mail.example.org", user: "u").url == "imaps://mail.example.org:993/")
        let mailbox = StubMailbox()
        let stub = try StubServer.imap(mailbox)
        for secret in ["a\r\nh9 DELETE INBOX", "", "a\u{0}b"] {
            await #expect(throws: TransportFailure.self) {
                _ = try await SecuredConnection.open(
                    try Self.server(stub.port), signIn: .login(secret))
            }
        }
        #expect(mailbox.now.commands == [])
        #expect("\(ConnectionServer.SignIn.password("hunter2"))" == "SignIn")
    }
}
