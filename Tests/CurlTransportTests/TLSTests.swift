import CurlTransport
import Testing

@Suite("TLS peers", .enabled(if: TLSStub.isPossible))
struct TLSTests {
    private let mail = SMTPTransfer.Mail(
        sender: .null, recipients: ["a@example.ir"], message: Array("Subject: x\r\n\r\ny\r\n".utf8))
    private let secured = SMTPTransfer.Outcome.answered([
        .init(
            address: "a@example.ir",
            verdict: .accepted(SMTPReply(code: 250, text: "2.0.0 kept, TLS yes")))
    ])

    @Test("an https peer must be trusted and must be the one named")
    func https() async throws {
        let stub = try TLSStub(.https)
        let http = HTTPTransfer(loop: CurlLoop(name: "tls"))
        var request = HTTPTransfer.Request(.get, "https://127.0.0.1:\(stub.port)/")
        try await expectUntrusted { _ = try await http.send(request) }
        request.trust = .authorities(path: stub.certificate)
        #expect(try await http.send(request).body == Array("ok".utf8))
        // The same server under a name that its certificate does not have.
        request.url = "https://localhost:\(stub.port)/"
        try await expectUntrusted { _ = try await http.send(request) }
    }

    @Test("`require` refuses an untrusted certificate and takes a trusted one, STARTTLS or smtps")
    func require() async throws {
        for service in [TLSStub.Service.smtp, .smtps] {
            let stub = try TLSStub(service)
            let url = "\(service.rawValue)://127.0.0.1:\(stub.port)"
            let doubting = SMTPTransfer(server: try .init(url: url, tls: .require))
            guard case .notSent(let notSent) = try await doubting.send(mail),
                case .untrusted = notSent.failure
            else {
                Issue.record("sent to a stranger")
                return
            }
            let trusting = SMTPTransfer(
                server: try .init(
                    url: url, tls: .require, credentials: .init(user: "u", password: "p"),
                    trust: .authorities(path: stub.certificate)))
            #expect(try await trusting.send(mail) == secured)
        }
    }

    @Test(
        "`opportunistic` takes STARTTLS when offered; on loopback whoever signed it, `none` never")
    func opportunistic() async throws {
        let stub = try TLSStub(.smtp)
        let url = "smtp://127.0.0.1:\(stub.port)"
        #expect(try await SMTPTransfer(server: try .init(url: url)).send(mail) == secured)
        let plain = SMTPTransfer(server: try .init(url: url, tls: .none))
        guard case .answered(let results) = try await plain.send(mail),
            case .accepted(let reply)? = results.first?.verdict
        else {
            Issue.record("not sent")
            return
        }
        #expect(reply.text == "2.0.0 kept, TLS no")
    }

    private func expectUntrusted(_ body: () async throws -> Void) async throws {
        let error = await #expect(throws: TransportFailure.self) { try await body() }
        guard case .untrusted? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
