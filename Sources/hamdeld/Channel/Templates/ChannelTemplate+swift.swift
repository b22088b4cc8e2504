extension ChannelTemplate {
    /// For the source tree: a Swift adapter is compiled into the program.
    static let swiftAdapter: [File] = [
        .text(
            "README.md",
            """
            # mychannel: a channel in Swift

            Says what customers write into a file of lines, and answers into another. It is here to be changed: `MyChannel.swift`
            is the whole contract, and the comments of `Sources/ChannelKit` say who calls what, when, and what an error means.

            Its lines elsewhere, once this folder is in `channels/`:
            - `Package.swift`: `channel("mychannel", "MyChannel", []),` and `"MyChannel"` among the dependencies of `hamdeld`;
            - `Sources/hamdeld/Assembly/Channels.swift`: `MyChannel.self` in `kinds`, and its case in `adapter(for:)`;
            - `Tests/TidyTests/ArrowTests.swift`: `"channels/mychannel": ["HelpdeskCore", "ChannelKit"],`
            - `Tests/MyChannelTests/MyChannelTests.swift`: as it lies in `testcases`.

            """),
        .text(
            "sample.toml",
            """
            [[inbox]]
            name = "mychannel"
            channel = "mychannel"
            team = "support"

            """),
        .text(
            "MyChannel.swift",
            ##"""
            public import ChannelKit
            public import HelpdeskCore

            /// Says back what it is told: a network of one. Replace `receive` and `send` by yours.
            public struct MyChannel: WebhookReceiving {
                public static let kind = ChannelKind(rawValue: "mychannel")
                public static let sampleConfiguration = """
                    [[inbox]]
                    name = "mychannel"
                    channel = "mychannel"
                    team = "support"

                    """

                public init(
                    configuration: ChannelConfiguration, secrets: ChannelSecrets
                ) throws(ChannelConfigurationError) {}

                public var capabilities: ChannelCapabilities {
                    ChannelCapabilities(
                        sending: .supported, liveness: .live, conversations: .perpetual,
                        continuity: .hours(72), attachments: .notCarried, sameIDOtherContent: .refuse,
                        attemptSafety: .atLeastOnce)
                }

                /// Check a signature first: whoever finds the address can post here.
                public func receive(_ request: WebhookRequest, host: any ChannelHost) async -> WebhookReply {
                    guard let id = request.header("x-message-id"), let sender = request.header("x-sender") else {
                        return WebhookReply(status: 400)
                    }
                    let message = InboundMessage(
                        externalID: id, conversation: sender,
                        sender: Sender(
                            identity: ClaimedIdentity(
                                address: IdentityAddress(kind: "mychannel", value: sender), evidence: .claimed)),
                        text: String(decoding: request.body, as: UTF8.self))
                    do throws(DeliveryRefusal) {
                        _ = try await host.deliver(InboundBatch(messages: [message]))
                        return WebhookReply(status: 200)
                    } catch {
                        return WebhookReply(status: 503, retryAfter: 5)
                    }
                }

                public func prepare(_ message: OutboundMessage) throws(OutboundRefusal) -> PreparedMessage {
                    PreparedMessage(
                        delivery: message.delivery, conversation: message.conversation,
                        recipients: message.to.map(\.address.value), bytes: Array(message.text.utf8))
                }

                public func send(_ message: PreparedMessage, attempt: Int) async -> SendResult {
                    .sent(externalID: nil)
                }
            }

            """##),
        .text(
            "testcases/MyChannelTests.swift",
            """
            import ChannelKit
            import HelpdeskCore
            import Testing

            @testable import MyChannel

            @Test("a text goes out as it is")
            func text() throws {
                let channel = try MyChannel(
                    configuration: ChannelConfiguration(
                        inbox: InboxID(rawValue: "x"), values: [:], zone: .utc),
                    secrets: ChannelSecrets(live: []))
                let prepared = try channel.prepare(
                    OutboundMessage(
                        delivery: DeliveryID(rawValue: 1), ticket: TicketNumber(rawValue: 1), purpose: .reply,
                        to: [], subject: nil, text: "سلام 🙂", language: "fa", messageID: "a@b",
                        date: Instant(milliseconds: 0)))
                #expect(prepared.bytes == Array("سلام 🙂".utf8))
            }

            """),
    ]
}
