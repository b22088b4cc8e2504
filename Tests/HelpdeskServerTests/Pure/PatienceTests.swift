import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes
import Testing

@testable import HelpdeskServer

@Suite struct PatienceTests {
    private func connect() throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(handler: RequestPatience(Patience()))
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/x")).wait()
        return channel
    }

    private var head: HTTPRequestPart {
        .head(HTTPRequest(method: .post, scheme: "http", authority: "x", path: "/"))
    }

    @Test func aHeadHasTenSeconds() throws {
        let channel = try connect()
        channel.embeddedEventLoop.advanceTime(by: .seconds(9))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }

    @Test func aBodyHasThirtySecondsFromPieceToPiece() throws {
        let channel = try connect()
        try channel.writeInbound(head)
        for _ in 0..<10 {
            channel.embeddedEventLoop.advanceTime(by: .seconds(29))
            try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: "x")))
        }
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(30))
        #expect(!channel.isActive)
    }

    @Test func anAnswerMayTakeAsLongAsItDoes() throws {
        let channel = try connect()
        try channel.writeInbound(head)
        try channel.writeInbound(HTTPRequestPart.end(nil))
        channel.embeddedEventLoop.advanceTime(by: .hours(5))
        #expect(channel.isActive)
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        channel.embeddedEventLoop.advanceTime(by: .seconds(74))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }

    @Test func aBodyLargerThanAnythingIsCut() throws {
        var patience = Patience()
        patience.largestBody = 10
        let channel = EmbeddedChannel(handler: RequestPatience(patience))
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/x")).wait()
        try channel.writeInbound(head)
        try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(repeating: 0, count: 10)))
        #expect(channel.isActive)
        try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(repeating: 0, count: 1)))
        #expect(!channel.isActive)
    }

    @Test func tooLargeAHeadGets431() throws {
        let channel = try connect()
        channel.pipeline.fireErrorCaught(HTTPParserError.headerOverflow)
        let part = try channel.readOutbound(as: HTTPResponsePart.self)
        guard case .head(let answer) = part else {
            Issue.record("expected a head, got \(String(describing: part))")
            return
        }
        #expect(answer.status.code == 431)
        #expect(!channel.isActive)
    }
}
