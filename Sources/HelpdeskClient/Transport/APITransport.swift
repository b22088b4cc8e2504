/// Carries requests to the daemon. The seam between what is asked and how it travels: tests put a table there.
public protocol APITransport: Sendable {
    /// Sends one request and waits for the whole answer. Any status is an answer.
    func send(_ request: APIRequest) async throws(ClientFailure) -> APIResponse

    /// Sends one request whose answer has no end, and hands over its chunks. Ends when the daemon ends it, throws a
    /// `ClientFailure` when the connection breaks. For a status other than 200 the body is not the stream: the
    /// caller reads it as an error.
    func stream(_ request: APIRequest) async throws(ClientFailure) -> APIStream
}

/// An answer whose body is still coming.
public struct APIStream: Sendable {
    public var status: Int
    public var headers: [APIRequest.Header]
    /// For one reader; letting go of it ends the request.
    public var chunks: AsyncThrowingStream<[UInt8], any Error>

    public init(
        status: Int, headers: [APIRequest.Header], chunks: AsyncThrowingStream<[UInt8], any Error>
    ) {
        self.status = status
        self.headers = headers
        self.chunks = chunks
    }
}
