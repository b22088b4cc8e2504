/// What a provider sent to `/in/{inbox}`: a POST, or a GET (messages in the query, or a question that proves the address ours).
public struct WebhookRequest: Sendable {
    public let method: String
    /// Below `/in/{inbox}`, with the query, so that signatures over the URL can be checked.
    public let path: String
    /// Names in lower case, in the order received.
    public let headers: [(name: String, value: String)]
    public let body: [UInt8]

    public init(
        method: String, path: String, headers: [(name: String, value: String)], body: [UInt8]
    ) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }

    /// The first value of a header; the name in lower case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }
}

public struct WebhookReply: Hashable, Sendable {
    public let status: Int
    public let contentType: String
    public let body: [UInt8]
    /// Seconds, for 429 and 503.
    public let retryAfter: Int?

    public init(
        status: Int, contentType: String = "application/json", body: [UInt8] = [],
        retryAfter: Int? = nil
    ) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.retryAfter = retryAfter
    }
}
