/// Names a transfer between the tasks that ask for it and curl's thread.
struct TransferID: Hashable, Sendable {
    let number: UInt64
}

/// What the receiver of body bytes wants next.
enum BodyVerdict {
    case taken
    /// Keep these bytes and stop reading until `CurlLoop.resume`.
    case pause
    /// Give the transfer up.
    case stop
}

/// What libcurl lets us watch of a dialogue.
enum WireEvent {
    /// Lines of commands we sent. May hold secrets: never to be logged.
    case commandSent
    /// Lines the server answered.
    case replyReceived
    /// Bytes of the upload as they went to the socket.
    case uploadSent
}

/// How a transfer ended, as libcurl tells it.
struct TransferEnding {
    enum Verdict {
        case finished
        case failed(TransportFailure)
    }

    let verdict: Verdict
    /// Connections opened for it: 0 means that a pooled one was used. (Nothing known: 0.)
    let newConnections: Int
}

/// One transfer, as curl's thread drives it.
///
/// `prepare` and the four byte callbacks run on curl's thread only, must not block and must not call
/// back into the loop. `ended` is called exactly once, on curl's thread or on the submitting one.
protocol Transfer: AnyObject, Sendable {
    var timeouts: TransferTimeouts { get }
    func prepare(_ handle: EasyHandle) throws(TransportFailure)
    func received(headLine: UnsafeRawBufferPointer) -> BodyVerdict
    func received(body: UnsafeRawBufferPointer) -> BodyVerdict
    /// Copies the next bytes of the upload; returns how many, 0 at its end.
    func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int
    func observed(_ event: WireEvent, _ bytes: UnsafeRawBufferPointer)
    func ended(_ ending: TransferEnding)
}

extension Transfer {
    func received(headLine: UnsafeRawBufferPointer) -> BodyVerdict { .taken }
    func received(body: UnsafeRawBufferPointer) -> BodyVerdict { .taken }
    func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int { 0 }
    func observed(_ event: WireEvent, _ bytes: UnsafeRawBufferPointer) {}
}
