import ChannelKit
import CorpusKit
import FoundationEssentials
import HelpdeskCore
import NIOPosix
import Testing

@testable import EmailChannel

@Suite struct AdapterTests {
    static func adapter(
        _ values: [String: ChannelConfiguration.Value] = [:], transport: (any MailTransport)? = nil
    ) throws(ChannelConfigurationError) -> EmailAdapter {
        var all: [String: ChannelConfiguration.Value] = [
            "address": .text("support@example.org"), "authserv_id": .text("mx.example.org"),
            "form_senders": .list([.text("forms@example.org")]),
        ]
        all.merge(values) { $1 }
        return try EmailAdapter(
            configuration: ChannelConfiguration(
                inbox: InboxID(rawValue: "support-mail"), values: all, zone: .utc),
            transport: transport)
    }

    @Test(arguments: [
        ("address", ChannelConfiguration.Value.text("nobody")),
        ("aliases", .list([.text("x y@z")])),
        ("spam_headers", .text("maybe")), ("form_senders", .list([.text("@")])),
    ])
    func wrongKeysAreNamed(key: String, value: ChannelConfiguration.Value) {
        let error = #expect(throws: ChannelConfigurationError.self) {
            try Self.adapter([key: value])
        }
        #expect(error?.key == key)
    }

    @Test func theSampleInTheFolderIsTheOneInTheCode() throws {
        let path = TestCaseFolder.channel + "/sample.toml"
        #expect(CorpusSet.bytes(path)?.asText == EmailAdapter.sampleConfiguration)
    }

    static func message(_ text: String, _ envelope: MailEnvelope = .unknown) throws
        -> InboundMessage
    {
        try adapter().read(Array(text.utf8), envelope: envelope).get()
    }

    @Test func aFormsReplyToIsTheCustomer() throws {
        let message = try Self.message(
            "Authentication-Results: mx.example.org; dmarc=pass\nFrom: Form <forms@example.org>\nReply-To: Sara <sara@example.ir>\n\nhi\n"
        )
        #expect(
            message.sender.identity
                == ClaimedIdentity(address: .email("sara@example.ir"), evidence: .claimed))
        #expect(message.sender.name == "Sara")
        #expect(message.senderAuth == .unchecked)
    }

    @Test func aReplyToDoesNotReplaceAnOrdinarySender() throws {
        let message = try Self.message(
            "Authentication-Results: mx.example.org; dmarc=pass\nFrom: a@b.example\nReply-To: boss@x.example\n\nhi\n"
        )
        #expect(
            message.sender.identity
                == ClaimedIdentity(address: .email("a@b.example"), evidence: .vouched))
        #expect(message.senderAuth == .verified)
    }

    @Test func aListsRewrittenFromIsNotThePerson() throws {
        let message = try Self.message(
            "From: Sara via Users <users@lists.example>\nReply-To: sara@example.ir\n\nhi\n")
        #expect(message.sender.identity?.address == .email("sara@example.ir"))
    }

    @Test func aMailWithoutAnyoneHasNobody() throws {
        #expect(try Self.message("Subject: x\n\nhi\n").sender == Sender(identity: nil))
    }

    @Test func mailsWithoutAnIDAreNeverTakenForOne() throws {
        let one = try Self.message("From: a@b.example\nMessage-ID: <>\n\none\n")
        let two = try Self.message("From: a@b.example\nMessage-ID: <>\n\ntwo\n")
        #expect(one.externalID.hasPrefix("sha256:"))
        #expect(one.externalID != two.externalID)
    }

    @Test func tokensOfTheEnvelopeComeFirst() throws {
        let message = try Self.message(
            "From: a@b.example\nTo: support+one@example.org\n\nhi\n",
            MailEnvelope(sender: "a@b.example", recipients: ["support+two@example.org"]))
        #expect(message.replyTokens == ["two", "one"])
    }

    @Test func ourOwnAddressIsALoop() throws {
        #expect(try Self.message("From: Support@Example.org\n\nhi\n").autoSubmitted == .generated)
        #expect(
            try Self.message("From: a@b.example\n\nhi\n", MailEnvelope(sender: "")).autoSubmitted
                == .generated)
    }

    struct RefusingTransport: MailTransport {
        func submit(envelopeSender: String, recipients: [String], bytes: [UInt8]) async
            -> SendResult
        {
            .rejected(.blocked, detail: "\(envelopeSender) \(recipients) \(bytes.count)")
        }

        func check() async -> ChannelHealth { ChannelHealth(state: .down) }
    }

    @Test func sendingHandsTheStoredBytesToTheTransport() async throws {
        let prepared = PreparedMessage(
            delivery: DeliveryID(rawValue: 1), envelopeSender: "a@b", recipients: ["c@d"],
            bytes: [1, 2])
        #expect(
            try await Self.adapter(transport: RefusingTransport()).send(prepared, attempt: 1)
                == .rejected(.blocked, detail: "a@b [\"c@d\"] 2"))
        guard case .retry = try await Self.adapter().send(prepared, attempt: 1) else {
            Issue.record("sent without a transport")
            return
        }
    }

    @Test func receivingFromAPipeReachesTheHost() async throws {
        let pool = NIOThreadPool(numberOfThreads: 1)
        pool.start()
        let host = RememberingHost()
        let adapter = try Self.adapter()
        let kept = try await adapter.receive(
            Array("From: a@b.example\n\nhi\n".utf8), origin: .history, pool: MailReadingPool(pool),
            host: host)
        #expect(
            kept == .ticketed(message: MessageID(rawValue: 1), ticket: TicketNumber(rawValue: 1)))
        #expect(host.messages.map(\.origin) == [.history])
        let quarantined = try await adapter.receive([], pool: MailReadingPool(pool), host: host)
        #expect(quarantined == .quarantined(QuarantineID(rawValue: 1), reason: "empty"))
        try await pool.shutdownGracefully()
    }

    @Test(arguments: TestCaseFolder.all())
    func everyCaseOfTheFolderIsReadAsExpected(testCase: TestCaseFolder) throws {
        let message = try Self.adapter().read(testCase.input).get()
        for (key, expected) in testCase.expected {
            #expect(
                testCase.value(of: key, in: message) == expected,
                "\(testCase.testDescription): \(key)")
        }
        // With the other line ends the message is the same.
        let other =
            testCase.input.contains(0x0D)
            ? testCase.input.filter { $0 != 0x0D }
            : testCase.input.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
        let twin = try Self.adapter().read(other).get()
        for key in testCase.expected.keys where key != "attachments" {
            #expect(
                testCase.value(of: key, in: twin) == testCase.expected[key],
                "\(testCase.testDescription): \(key)")
        }
    }
}
