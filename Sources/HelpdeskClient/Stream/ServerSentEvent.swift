/// One event of a `text/event-stream` (WHATWG HTML, section 9.2).
public struct ServerSentEvent: Hashable, Sendable {
    /// `message` where the stream named none.
    public var type: String
    public var data: [UInt8]
    /// The last id the stream gave, here or before.
    public var lastID: String

    public init(type: String, data: [UInt8], lastID: String) {
        self.type = type
        self.data = data
        self.lastID = lastID
    }
}
