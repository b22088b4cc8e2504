import HelpdeskCore
import Testing

@testable import EmailChannel

/// Reliability D5: only what our own server wrote counts.
@Suite struct SenderEvidenceTests {
    static let ours = "Authentication-Results: mx.example.org; "

    static let table: [(String, SenderAuth)] = [
        ("", .unchecked), ("\(ours)dmarc=pass header.from=b.example\n", .verified),
        ("\(ours)dmarc=pass (p=reject) header.from=b.example; spf=pass\n", .verified),
        (
            "\(ours)spf=pass smtp.mailfrom=b.example;\n dkim=pass;\n dmarc=pass header.from=b.example\n",
            .verified
        ),
        ("\(ours)dmarc = pass header.from=B.Example\n", .verified),
        ("\(ours)dmarc=fail header.from=b.example\n", .failed), ("\(ours)dmarc=none\n", .unchecked),
        ("\(ours)dmarc=temperror\n", .unchecked), ("\(ours)spf=pass\n", .unchecked),
        ("\(ours)none\n", .unchecked),
        // Another server, or a name that only looks like ours.
        ("Authentication-Results: evil.example; dmarc=pass\n", .unchecked),
        ("Authentication-Results: mx.example.org.evil.example; dmarc=pass\n", .unchecked),
        ("Authentication-Results: evil.example (mx.example.org; dmarc=pass)\n", .unchecked),
        // A forged one below ours, and one of a stranger above.
        ("\(ours)dmarc=fail\n\(ours)dmarc=pass header.from=b.example\n", .failed),
        (
            "Authentication-Results: evil.example; dmarc=fail\n\(ours)dmarc=pass header.from=b.example\n",
            .verified
        ),
        // The words in a comment or in quotes prove nothing.
        ("\(ours)spf=none (dmarc=pass)\n", .unchecked),
        ("\(ours)spf=none reason=\"; dmarc=pass\"\n", .unchecked),
        // Our server looked at another From than we do.
        ("\(ours)dmarc=pass header.from=other.example\n", .unchecked),
        ("\(ours)x-dmarc=pass\n", .unchecked), ("\(ours)dmarc=passed\n", .unchecked),
        ("authentication-results:mx.example.org/1; dmarc=pass\n", .unchecked),
    ]

    @Test(arguments: table)
    func verdicts(header: String, expected: SenderAuth) throws {
        let mail = try MailReaderTests.read(
            header + "From: Sara <a@b.example>\n\nx\n",
            MailReadingSettings(authservID: "mx.example.org"))
        #expect(mail.senderAuth == expected)
    }

    @Test func withoutAConfiguredNameNothingCounts() throws {
        let mail = try MailReaderTests.read(Self.ours + "dmarc=pass\nFrom: a@b.example\n\nx\n")
        #expect(mail.senderAuth == .unchecked)
    }

    @Test func twoFromAddressesAreNeverVerified() throws {
        let mail = try MailReaderTests.read(
            Self.ours + "dmarc=pass\nFrom: a@b.example\nFrom: c@b.example\n\nx\n",
            MailReadingSettings(authservID: "mx.example.org"))
        #expect(mail.senderAuth == .unchecked)
    }
}
