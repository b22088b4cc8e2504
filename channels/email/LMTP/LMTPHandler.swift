import ChannelKit
import HelpdeskCore
import NIOCore

/// Carries bytes between a connection and its `LMTPSession`, and keeps the time. Everything runs on the connection's
/// event loop; only the delivery itself runs elsewhere.
final class LMTPHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Stores a mail and says what to answer for each recipient; returns after commit.
    typealias Deliver = @Sendable (LMTPMail) async -> [LMTPOutcome]

    private var session: LMTPSession
    private let deliver: Deliver
    private let room: LMTPRoom
    private let onClose: @Sendable () -> Void
    /// What `room` counts of this connection.
    private var counted = 0
    private var idle: Scheduled<Void>?
    private var total: Scheduled<Void>?
    /// Why to hang up once the mail that is being stored has its answer.
    private var farewell: LMTPSession.HangUp?

    init(
        session: LMTPSession, deliver: @escaping Deliver,
        room: LMTPRoom, onClose: @escaping @Sendable () -> Void
    ) {
        self.session = session
        self.deliver = deliver
        self.room = room
        self.onClose = onClose
    }

    func channelActive(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        total = context.eventLoop.scheduleTask(in: .seconds(session.limits.totalSeconds)) {
            let (handler, context) = bound.value
            handler.hangUp(.tooLong, context: context)
        }
        perform(session.greeting(), context: context)
        restartIdle(context: context)
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        restartIdle(context: context)
        session.space = room.space
        perform(session.receive([UInt8](buffer.readableBytesView)), context: context)
        if count() == .crowded {
            session.putOff()
            count()
        }
    }

    /// Tells the room how much this connection holds now.
    @discardableResult private func count() -> LMTPRoom.Verdict {
        let change = session.held &- counted
        counted &+= change
        return room.add(change)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if session.wantsInput { context.read() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        idle?.cancel()
        total?.cancel()
        // A mail that is being stored is counted until it is.
        if session.wantsInput { leave() }
        onClose()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // The listener drains: a connection between two mails is told to go.
        if event is LMTPDrain {
            hangUp(.stopping, context: context)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func hangUp(_ reason: LMTPSession.HangUp, context: ChannelHandlerContext) {
        guard session.wantsInput else {
            farewell = reason
            return
        }
        perform(session.hangUp(reason), context: context)
    }

    private func leave() {
        room.add(0 &- counted)
        counted = 0
    }

    private func restartIdle(context: ChannelHandlerContext) {
        idle?.cancel()
        guard session.wantsInput else { return }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        idle = context.eventLoop.scheduleTask(in: .seconds(session.limits.idleSeconds)) {
            let (handler, context) = bound.value
            handler.hangUp(.idle, context: context)
        }
    }

    private func perform(_ actions: [LMTPSession.Action], context: ChannelHandlerContext) {
        for action in actions {
            switch action {
            case .reply(let bytes):
                var buffer = context.channel.allocator.buffer(capacity: bytes.count)
                buffer.writeBytes(bytes)
                context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
            case .deliver(let mail): start(mail, context: context)
            case .close: context.close(promise: nil)
            }
        }
    }

    private func start(_ mail: LMTPMail, context: ChannelHandlerContext) {
        idle?.cancel()
        let promise = context.eventLoop.makePromise(of: [LMTPOutcome].self)
        let deliver = deliver
        promise.completeWithTask { await deliver(mail) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        promise.futureResult.whenComplete { result in
            let (handler, context) = bound.value
            guard context.channel.isActive else { return handler.leave() }
            let outcomes = (try? result.get()) ?? []
            handler.perform(handler.session.finished(outcomes), context: context)
            handler.count()
            if let reason = handler.farewell { handler.hangUp(reason, context: context) }
            handler.restartIdle(context: context)
            if handler.session.wantsInput { context.read() }
        }
    }
}

/// Sent down every connection when the listener stops.
struct LMTPDrain: Sendable {}
