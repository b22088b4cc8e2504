internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes

/// How long a connection may take, and how much it may send (reliability §5, F6, F7).
struct Patience: Hashable, Sendable {
    /// From the connection, or from the last answer, to the end of a request's head.
    var head: TimeAmount = .seconds(10)
    /// Between two pieces of a body.
    var body: TimeAmount = .seconds(30)
    /// Between two requests of one connection.
    var idle: TimeAmount = .seconds(75)
    /// How long the peer may leave what we wrote lying.
    var write: TimeAmount = .seconds(30)
    /// Bytes of a body after which the connection is cut, whatever the handler said.
    var largestBody = 64 * 1_048_576
}

/// Cuts connections that hold a place without using it, and answers too large heads with 431. One per connection,
/// on its event loop only.
final class RequestPatience: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let patience: Patience
    private var reading: Scheduled<Void>?
    private var writing: Scheduled<Void>?
    private var bodyBytes = 0

    init(_ patience: Patience) { self.patience = patience }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { expect(within: patience.head, context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { forget() }

    func channelActive(context: ChannelHandlerContext) {
        expect(within: patience.head, context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        forget()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            bodyBytes = 0
            expect(within: patience.body, context)
        case .body(let buffer):
            bodyBytes = bodyBytes &+ buffer.readableBytes
            guard bodyBytes <= patience.largestBody else {
                context.close(promise: nil)
                return
            }
            expect(within: patience.body, context)
        case .end:
            reading?.cancel()
            reading = nil
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { expect(within: patience.idle, context) }
        context.write(data, promise: promise)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        writing?.cancel()
        writing = context.channel.isWritable ? nil : cut(in: patience.write, context)
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let fault = error as? HTTPParserError, fault == .headerOverflow else {
            context.fireErrorCaught(error)
            return
        }
        let fields: HTTPFields = [.connection: "close", .contentLength: "0"]
        let head = HTTPResponse(status: .init(code: 431), headerFields: fields)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
            bound.value.close(promise: nil)
        }
    }

    /// Replaces what was awaited: the channel is cut unless something comes in time.
    private func expect(within time: TimeAmount, _ context: ChannelHandlerContext) {
        reading?.cancel()
        reading = cut(in: time, context)
    }

    private func cut(in time: TimeAmount, _ context: ChannelHandlerContext) -> Scheduled<Void> {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        return context.eventLoop.scheduleTask(in: time) { bound.value.close(promise: nil) }
    }

    private func forget() {
        reading?.cancel()
        writing?.cancel()
        reading = nil
        writing = nil
    }
}
