import ChannelKit
import FoundationEssentials
import HelpdeskCore
import NIOCore
import NIOEmbedded
import NIOPosix
import Synchronization
import Testing

@testable import EmailChannel

@Suite struct LMTPListenerTests {
    /// A listener on a unix socket in a folder of its own, and what a client says to it.
    struct Desk {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let pool = NIOThreadPool(numberOfThreads: 2)
        let host = RememberingHost()
        let path: String

        init() {
            path = "/tmp/hamdel-lmtp-\(UInt64.random(in: 0...UInt64.max)).sock"
            pool.start()
        }

        func serve(
            limits: LMTPLimits = LMTPLimits(),
            _ body: @Sendable @escaping (Desk) async throws -> Void
        ) async throws {
            let adapter = try EmailAdapter(
                configuration: ChannelConfiguration(
                    inbox: InboxID(rawValue: "support-mail"),
                    values: ["address": .text("support@example.org")], zone: .utc),
                transport: nil)
            let inboxes = EmailInboxes(
                [.init(inbox: InboxID(rawValue: "support-mail"), adapter: adapter, host: host)],
                pool: MailReadingPool(pool))
            let listener = LMTPListener(
                configuration: .init(
                    hostName: "desk.example.org", socketPath: path, limits: limits),
                group: group, directory: { inboxes.directory }, freeSpace: { 1 << 40 },
                deliver: inboxes.deliver)
            let (bound, continuation) = AsyncStream<Void>.makeStream()
            let server = Task { try await listener.run { _ in continuation.finish() } }
            for await _ in bound {}
            try await body(self)
            server.cancel()
            try await server.value
            try await group.shutdownGracefully()
            try await pool.shutdownGracefully()
        }

        /// Says `script`, reads until the peer closes.
        func say(_ script: String) async throws -> String {
            let channel = try await ClientBootstrap(group: group)
                .connect(unixDomainSocketPath: path) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                            wrappingChannelSynchronously: channel)
                    }
                }
            return try await channel.executeThenClose { inbound, outbound in
                try? await outbound.write(ByteBuffer(string: script))
                var answer = ""
                for try await buffer in inbound { answer += String(buffer: buffer) }
                return answer
            }
        }
    }

    static let mail =
        "LHLO x\r\nMAIL FROM:<sara@example.ir>\r\nRCPT TO:<support+tok-1@example.org>\r\nDATA\r\n"
        + "From: Sara <sara@example.ir>\r\nSubject: hello\r\nMessage-ID: <1@example.ir>\r\n\r\n"
        + "How are you?\r\n.\r\nQUIT\r\n"

    @Test func aMailThroughTheSocketReachesTheHost() async throws {
        try await Desk().serve { desk in
            let answer = try await desk.say(Self.mail)
            #expect(answer.contains("250 2.0.0 Kept message=1 ticket=1\r\n221 2.0.0 Bye\r\n"))
            let message = desk.host.messages.first
            #expect(message?.externalID == "1@example.ir")
            #expect(message?.text == "How are you?")
            #expect(message?.replyTokens == ["tok-1"])
            #expect(message?.sender.identity?.address == .email("sara@example.ir"))
        }
    }

    @Test func aRefusalOfTheHostIsATemporaryAnswer() async throws {
        try await Desk().serve { desk in
            desk.host.refuse(.busy(retryAfter: .seconds(1)))
            let answer = try await desk.say(Self.mail)
            #expect(answer.contains("451 4.3.2"))
            #expect(desk.host.messages.isEmpty)
        }
    }

    @Test func whatIsNoMailGoesToQuarantine() async throws {
        try await Desk().serve { desk in
            let answer = try await desk.say(
                "LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<support@example.org>\r\nDATA\r\nno mail\r\n.\r\nQUIT\r\n"
            )
            #expect(answer.contains("quarantine=1\r\n"))
            #expect(desk.host.quarantined.map(\.code) == ["no_headers"])
        }
    }

    @Test func aMailThatIsCutOffLeavesNothing() async throws {
        try await Desk().serve { desk in
            let cut = Self.mail.replacing("\r\n.\r\nQUIT\r\n", with: "")
            let channel = try await ClientBootstrap(group: desk.group)
                .connect(unixDomainSocketPath: desk.path).get()
            try await channel.writeAndFlush(ByteBuffer(string: cut))
            try await channel.close()
            let answer = try await desk.say("QUIT\r\n")
            #expect(answer.hasSuffix("221 2.0.0 Bye\r\n"))
            #expect(desk.host.messages.isEmpty)
        }
    }

    @Test func connectionsBeyondTheLimitAreTurnedAway() async throws {
        try await Desk().serve(limits: LMTPLimits(connections: 2, idleSeconds: 3_600)) { desk in
            var open: [any Channel] = []
            for _ in 0..<2 {
                open.append(
                    try await ClientBootstrap(group: desk.group)
                        .connect(unixDomainSocketPath: desk.path).get())
            }
            let answer = try await desk.say("")
            #expect(answer == "421 4.7.0 Too many connections, try again later\r\n")
            for channel in open { try await channel.close() }
        }
    }

    @Test func manyConnectionsAtOnceLoseNothing() async throws {
        try await Desk().serve { desk in
            try await withThrowingTaskGroup(of: String.self) { tasks in
                for number in 0..<40 {
                    tasks.addTask {
                        try await desk.say(
                            Self.mail.replacing("<1@example.ir>", with: "<\(number)@example.ir>"))
                    }
                }
                for try await answer in tasks {
                    #expect(answer.contains("250 2.0.0 Kept message="))
                }
            }
            #expect(Set(desk.host.messages.map(\.externalID)).count == 40)
        }
    }

    @Test func anAddressThatCannotBeTakenIsNamed() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let listener = LMTPListener(
            configuration: .init(hostName: "x", socketPath: "/no/such/folder/lmtp.sock"),
            group: group, directory: { InboxDirectory() }, freeSpace: { 0 }, deliver: { _ in [] })
        let failure = await #expect(throws: LMTPBindFailure.self) { try await listener.run() }
        #expect(failure?.place == "/no/such/folder/lmtp.sock")
        try await group.shutdownGracefully()
    }

    @Test func aSilentPeerIsHungUpOn() throws {
        let closed = Mutex(0)
        let loop = EmbeddedEventLoop()
        let channel = EmbeddedChannel(
            handler: LMTPHandler(
                session: LMTPSessionTests.session(LMTPLimits(idleSeconds: 60, totalSeconds: 300)),
                deliver: { _ in [] }, room: LMTPRoom(limit: 1 << 20, spaceNeeded: 0),
                onClose: { closed.withLock { $0 += 1 } }),
            loop: loop)
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/x")).wait()
        _ = try channel.readOutbound(as: ByteBuffer.self)
        loop.advanceTime(by: .seconds(59))
        #expect(try channel.readOutbound(as: ByteBuffer.self) == nil)
        try channel.writeInbound(ByteBuffer(string: "NOOP\r\n"))
        _ = try channel.readOutbound(as: ByteBuffer.self)
        loop.advanceTime(by: .seconds(59))
        #expect(channel.isActive)
        loop.advanceTime(by: .seconds(1))
        #expect(
            try channel.readOutbound(as: ByteBuffer.self).map { String(buffer: $0) }
                == "421 4.4.2 Idle for too long\r\n")
        #expect(!channel.isActive)
        #expect(closed.withLock { $0 } == 1)
    }

    /// Reliability §5: what is read into memory at once has a bound; who comes beyond is told to come again, and what was read
    /// of it is given back.
    @Test func mailBeyondTheRoomIsPutOff() throws {
        let room = LMTPRoom(limit: 1_000, spaceNeeded: 0)
        func connection() throws -> EmbeddedChannel {
            let channel = EmbeddedChannel(
                handler: LMTPHandler(
                    session: LMTPSessionTests.session(
                        LMTPLimits(messageBytes: 1_000, bytesAtOnce: 1_000)),
                    deliver: { _ in [] }, room: room, onClose: {}))
            try channel.connect(to: SocketAddress(unixDomainSocketPath: "/x")).wait()
            try channel.writeInbound(
                ByteBuffer(string: LMTPSessionTests.envelope + "DATA\r\n"))
            return channel
        }
        func answers(_ channel: EmbeddedChannel) throws -> String {
            var text = ""
            while let buffer = try channel.readOutbound(as: ByteBuffer.self) {
                text += String(buffer: buffer)
            }
            return text
        }
        let first = try connection()
        let second = try connection()
        let part = String(repeating: "x", count: 598) + "\r\n"
        try first.writeInbound(ByteBuffer(string: part))
        #expect(room.held == 600)
        try second.writeInbound(ByteBuffer(string: part))
        #expect(room.held == 600, "the second was given back")
        _ = try answers(second)
        try second.writeInbound(ByteBuffer(string: part + ".\r\nNOOP\r\n"))
        #expect(
            try answers(second)
                == "451 4.3.2 Too much mail at once, try again later\r\n250 2.0.0 Still here\r\n")
        // While there is no room at all, nobody begins.
        try first.writeInbound(ByteBuffer(string: String(repeating: "y", count: 400)))
        try second.writeInbound(ByteBuffer(string: "MAIL FROM:<a@b>\r\n"))
        #expect(try answers(second).hasPrefix("451 4.3.2 "))
        // A connection that goes gives back what it held.
        try first.close().wait()
        #expect(room.held == 0)
        try second.writeInbound(ByteBuffer(string: "MAIL FROM:<a@b>\r\n"))
        #expect(try answers(second).hasPrefix("250 2.1.0 "))
    }

    @Test func aPeerThatDripsIsHungUpOnInTheEnd() throws {
        let loop = EmbeddedEventLoop()
        let channel = EmbeddedChannel(
            handler: LMTPHandler(
                session: LMTPSessionTests.session(), deliver: { _ in [] },
                room: LMTPRoom(limit: 1 << 20, spaceNeeded: 0),
                onClose: {}), loop: loop)
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/x")).wait()
        for _ in 0..<10 {
            try channel.writeInbound(ByteBuffer(string: "NO"))
            loop.advanceTime(by: .seconds(30))
        }
        #expect(!channel.isActive)
    }
}
