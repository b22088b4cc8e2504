import EmailChannel
import RandomKit
import Testing

@Suite("DNS of a mail domain") struct MailDomainTests {
    private static let domain = MailDomain("desk.example")

    private static func txt(_ texts: String...) -> DNSMessage.Answer {
        .records(texts.map { .txt($0) })
    }

    @Test func aQueryIsWhatServersRead() throws {
        let bytes = try #require(DNSMessage.query(id: 0x1234, name: "a.example", type: .mx))
        #expect(
            bytes == [
                0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0x61, 7, 0x65, 0x78, 0x61, 0x6D, 0x70,
                0x6C, 0x65, 0, 0, 15, 0, 1, 0, 0, 41, 4, 0xD0, 0, 0, 0, 0, 0, 0,
            ])
        #expect(DNSMessage.query(id: 1, name: "", type: .mx) == nil)
        #expect(
            DNSMessage.query(id: 1, name: String(repeating: "a", count: 64) + ".x", type: .mx)
                == nil)
    }

    /// An answer with a pointer to the name of the question.
    private static let answer: [UInt8] = [
        0x12, 0x34, 0x81, 0x80, 0, 1, 0, 2, 0, 0, 0, 0, 1, 0x61, 0, 0, 15, 0, 1, 0xC0, 12, 0, 15, 0,
        1, 0, 0, 0, 60, 0, 7, 0, 10, 2, 0x6D, 0x78, 0xC0, 12, 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0,
        4, 192, 0, 2, 1,
    ]

    @Test func anAnswerIsReadThroughItsPointers() {
        #expect(
            DNSMessage.answer(Self.answer, to: 0x1234, type: .mx)
                == .records([.mx(preference: 10, host: "mx.a")]))
        #expect(DNSMessage.answer(Self.answer, to: 0x1234, type: .txt) == DNSMessage.Answer.none)
        #expect(DNSMessage.answer(Self.answer, to: 1, type: .mx) == nil)
    }

    /// Cut, flipped or going round: nil or an answer, never a trap.
    @Test func hostileBytesAreNoTrap() {
        let seed = UInt64.random(in: 1...(.max))
        var random = SeededRandom(seed: seed)
        for count in 0...Self.answer.count {
            _ = DNSMessage.answer(Array(Self.answer.prefix(count)), to: 0x1234, type: .mx)
        }
        for _ in 0..<20_000 {
            var bytes = Self.answer
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] =
                    UInt8.random(in: 0...255, using: &random)
            }
            for type in [DNSMessage.RecordType.mx, .txt] {
                _ = DNSMessage.answer(bytes, to: 0x1234, type: type)
            }
        }
        // A name that points at itself.
        let loop: [UInt8] = [0, 1, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xC0, 12, 0, 15, 0, 1]
        #expect(DNSMessage.answer(loop, to: 1, type: .mx) == nil)
    }

    @Test(
        arguments: [
            (.none, MailDomain.Level.problem), (.records([.mx(preference: 0, host: "")]), .problem),
            (.records([.mx(preference: 5, host: "mx.example")]), .fine),
            (.refused(code: 2), .warning),
        ] as [(DNSMessage.Answer, MailDomain.Level)])
    func mx(_ answer: DNSMessage.Answer, _ level: MailDomain.Level) {
        #expect(Self.domain.mx(answer).level == level)
    }

    @Test(
        arguments: [
            (txt("v=spf1 mx -all"), .fine), (txt("v=spf1 redirect=_spf.x"), .fine),
            (txt("google-site-verification=x", "v=spf1 mx ~all"), .fine),
            (txt("v=spf1 mx"), .warning), (txt("v=spf1 +all"), .problem),
            (txt("v=spf1 mx -all", "v=spf1 a -all"), .problem), (.none, .warning),
            (.refused(code: 5), .warning),
        ] as [(DNSMessage.Answer, MailDomain.Level)])
    func spf(_ answer: DNSMessage.Answer, _ level: MailDomain.Level) {
        let finding = Self.domain.spf(answer)
        #expect(finding.level == level, "\(finding)")
        #expect((finding.advice == nil) == (level == .fine))
    }

    @Test(
        arguments: [
            ([txt("v=DMARC1; p=reject")], MailDomain.Level.fine),
            ([.none, txt("v=DMARC1; p=quarantine; sp=reject")], .fine),
            ([txt("v=DMARC1; p=none; rua=mailto:a@x")], .warning), ([txt("v=DMARC1")], .problem),
            ([.none], .warning), ([.refused(code: 2)], .warning),
        ] as [([DNSMessage.Answer], MailDomain.Level)])
    func dmarc(_ answers: [DNSMessage.Answer], _ level: MailDomain.Level) {
        #expect(Self.domain.dmarc(answers).level == level)
    }

    @Test func dkim() {
        #expect(
            Self.domain.dkim([("a", .none), ("b", Self.txt("v=DKIM1; k=rsa; p=MIIB"))]).level
                == .fine)
        #expect(Self.domain.dkim([("a", Self.txt("v=DKIM1; p="))]).level == .problem)
        #expect(Self.domain.dkim([("a", .none)]).level == .warning)
    }
}
