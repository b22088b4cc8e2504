import RandomKit
import StubServers
import Testing

@testable import CurlTransport

@Suite("Nothing a mail holds becomes an SMTP command")
struct SMTPInjectionTests {
    @Test(
        "addresses that could carry a command are refused, with the place",
        arguments: [
            ("a@b>\r\nRCPT TO:<evil@x", 3), ("a@b\nc", 3), ("a\r@b", 1), ("a\0@b", 1), ("<a@b>", 0),
            ("a b@c", 1), ("\"a b\"@c", 2), ("sara@exämple.ir", 7), ("sa\u{202e}ra@b", 2),
            ("sa\u{2028}@b", 2),
            ("sa\u{a0}@b", 2), ("sa\u{feff}@b", 2), ("a@b c", 3), ("a@b\u{85}", 3),
            ("a@b,c@d", 1), ("a(x)@b", 1), ("\"a\"b@c", 2), ("a@b;c", 3), ("a@[1.2.3.4]x", 2),
            ("a@x\u{2028}", 3), ("\"a\\\"@c", 3),
        ])
    func badAddress(_ text: String, _ place: Int) {
        #expect(throws: SMTPAddress.Fault.forbiddenByte(at: place)) { try SMTPAddress(text) }
    }

    @Test("other faults have their own names")
    func otherFaults() {
        #expect(throws: SMTPAddress.Fault.empty) { try SMTPAddress("") }
        #expect(throws: SMTPAddress.Fault.noDomain) { try SMTPAddress("sara") }
        #expect(throws: SMTPAddress.Fault.noDomain) { try SMTPAddress("sara@") }
        #expect(throws: SMTPAddress.Fault.noDomain) { try SMTPAddress("@example.ir") }
        #expect(throws: SMTPAddress.Fault.tooLong) {
            try SMTPAddress(String(repeating: "a", count: 65) + "@b")
        }
        #expect(throws: SMTPAddress.Fault.tooLong) {
            try SMTPAddress("a@" + String(repeating: "b", count: 253))
        }
    }

    @Test(
        "addresses people have are allowed",
        arguments: [
            "a@b", "sara.k+x=y@example.ir", "a..b@example.com", "\"a@b\"@example.org",
            "\"a\\\"b\"@example.org", "u@[192.0.2.1]", "u@[IPv6:2001:db8::1]",
            "o'neil@xn--mgba3a4f16a.ir",
            "inbox+TOKEN_1-2@desk.example.org", "x_y@my_host.example", "سارا@example.ir",
            "می\u{200c}خواهم@example.ir",
        ])
    func goodAddress(_ text: String) throws {
        #expect(try SMTPAddress(text).text == text)
    }

    @Test(
        "messages with a bare CR or LF or NUL are refused, with the place",
        arguments: [
            ("a\nb", SMTPMessageFault.bareLineFeed(at: 1)), ("a\rb", .bareCarriageReturn(at: 1)),
            ("a\r\n.\nb", .bareLineFeed(at: 4)), ("\n.\n", .bareLineFeed(at: 0)),
            ("a\r", .bareCarriageReturn(at: 1)), ("a\r\r\n", .bareCarriageReturn(at: 1)),
            ("\r.\r", .bareCarriageReturn(at: 0)), ("a\0b", .nul(at: 1)), ("", .empty),
        ])
    func badMessage(_ text: String, _ fault: SMTPMessageFault) async throws {
        #expect(SMTPMessageFault.first(in: Array(text.utf8)) == fault)
        let smtp = SMTPTransfer(server: try .init(url: "smtp://127.0.0.1:1"))
        await #expect(throws: SMTPTransfer.Refusal.message(fault)) {
            try await smtp.send(
                .init(sender: .null, recipients: ["a@b"], message: Array(text.utf8)))
        }
    }

    @Test("a bad sender or an absurd number of recipients never connects")
    func badEnvelope() async throws {
        let smtp = SMTPTransfer(server: try .init(url: "smtp://127.0.0.1:1"))
        let message = Array("x\r\n".utf8)
        await #expect(throws: SMTPTransfer.Refusal.sender(.forbiddenByte(at: 3))) {
            try await smtp.send(
                .init(sender: .address("a@b>\r\nRSET"), recipients: ["a@b"], message: message))
        }
        await #expect(throws: SMTPTransfer.Refusal.noRecipients) {
            try await smtp.send(.init(sender: .null, recipients: [], message: message))
        }
        await #expect(throws: SMTPTransfer.Refusal.tooManyRecipients(limit: 100)) {
            try await smtp.send(
                .init(
                    sender: .null, recipients: Array(repeating: "a@b", count: 101), message: message
                ))
        }
        #expect(
            try await smtp.send(.init(sender: .null, recipients: ["x"], message: message))
                == .answered([.init(address: "x", verdict: .invalid(.noDomain))]))
    }

    @Test("random bytes in addresses never pass with a line break, NUL, space or bracket")
    func randomAddresses() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let alphabet = Array("ab@.\"\\<> \r\n\0\u{85}é,[]:-".unicodeScalars)
        for _ in 0..<20_000 {
            var text = ""
            for _ in 0..<Int(random.next() % 12) {
                text.unicodeScalars.append(alphabet[Int(random.next() % UInt64(alphabet.count))])
            }
            guard let address = try? SMTPAddress(text) else { continue }
            let clean =
                address.text.utf8.allSatisfy {
                    $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">")
                } && !address.text.unicodeScalars.contains { (0x80...0x9F).contains($0.value) }
            #expect(clean, "seed \(seed): \(text.debugDescription)")
        }
    }

    @Test(
        "what is on the wire, undone by the RFC's rule, is the message; whatever its dots",
        arguments: [
            ".leading\r\n", "..two\r\n", "a\r\n.\r\nb\r\n", ".\r\n", "\r\n.\r\n",
            "\r\n\r\n..\r\n.\r\n", "no end",
            "dot at the end\r\n.", "\r\n", ".\r\n.\r\n.\r\n", "a\r\n..\r\n...\r\n",
        ])
    func dots(_ text: String) async throws {
        try await expectIntact([Array(text.utf8)])
    }

    @Test("dots around libcurl's buffer borders, long lines and large messages arrive intact")
    func borders() async throws {
        var messages: [[UInt8]] = []
        // libcurl reads 64 KiB at a time: put CRLF-dot across each border.
        for shift in 0..<4 {
            var text = [UInt8](repeating: UInt8(ascii: "x"), count: 65536 - 4 + shift)
            text += Array("\r\n.\r\n.y\r\n".utf8)
            text += [UInt8](repeating: UInt8(ascii: "."), count: 65536 - shift)
            text += Array("\r\n.".utf8)
            messages.append(text)
        }
        messages.append(Array(String(repeating: "z", count: 3_000_000).utf8) + [0x0D, 0x0A])
        messages.append(Array(String(repeating: ".\r\n", count: 500_000).utf8))
        try await expectIntact(messages)
    }

    @Test("random messages of CR LF dot and letters arrive intact")
    func randomMessages() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let pieces = ["\r\n", ".", "..", "a", "\r\n.", "\r\n.\r\n", "QUIT", "\r\n\r\n"]
        var messages: [[UInt8]] = []
        for _ in 0..<200 {
            var text = "x"
            for _ in 0..<Int(random.next() % 20) {
                text += pieces[Int(random.next() % UInt64(pieces.count))]
            }
            messages.append(Array(text.utf8))
        }
        try await expectIntact(messages, "seed \(seed)")
    }

    private func expectIntact(_ messages: [[UInt8]], _ note: Comment = "") async throws {
        let record = SMTPRecord()
        let server = try StubServer.smtp(SMTPScript(), record)
        let smtp = SMTPTransfer(
            server: try .init(url: "smtp://127.0.0.1:\(server.port)"), lanes: 1)
        for message in messages {
            let outcome = try await smtp.send(
                .init(sender: .null, recipients: ["a@b"], message: message))
            guard case .answered = outcome else { Issue.record("\(outcome)"); return }
        }
        let expected = messages.map { $0.suffix(2) == [0x0D, 0x0A] ? $0 : $0 + [0x0D, 0x0A] }
        #expect(record.messages.map(unstuffed) == expected, note)
        #expect(!record.commands.contains { $0.hasPrefix("b") || $0 == "RSET" }, note)
    }

    /// RFC 5321 §4.5.2 on the receiving side; the final dot removed.
    private func unstuffed(_ wire: [UInt8]) -> [UInt8] {
        var message: [UInt8] = []
        var atLineStart = true
        for byte in wire.dropLast(3) {
            if atLineStart, byte == UInt8(ascii: ".") {
                atLineStart = false
                continue
            }
            message.append(byte)
            atLineStart = byte == 0x0A
        }
        return message
    }
}
