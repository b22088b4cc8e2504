extension HTTPTransfer {
    /// An answer, whole.
    public struct Response: Sendable, Equatable {
        public var status: Int
        /// In the order received; values as UTF-8, with U+FFFD for what is not.
        public var headers: [Header]
        public var body: [UInt8]

        public init(status: Int, headers: [Header], body: [UInt8]) {
            self.status = status
            self.headers = headers
            self.body = body
        }

        /// The first value of a header; `name` in any case.
        public func header(_ name: String) -> String? { headers.first(of: name) }
    }

    /// An answer whose body is still coming.
    public struct StreamingResponse: Sendable {
        public let status: Int
        public let headers: [Header]
        /// Chunks as they came (never empty), for one reader. Ends with nil, or throws a
        /// `TransportFailure`, or `.cancelled` when the reader's task is cancelled.
        public let body: AsyncThrowingStream<[UInt8], any Error>

        /// The first value of a header; `name` in any case.
        public func header(_ name: String) -> String? { headers.first(of: name) }
    }
}

extension [HTTPTransfer.Header] {
    fileprivate func first(of name: String) -> String? {
        let wanted = name.lowercased()
        return first { $0.name.lowercased() == wanted }?.value
    }
}
