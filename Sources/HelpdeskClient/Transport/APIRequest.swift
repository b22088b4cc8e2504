public import HelpdeskAPI

/// One request to the API, before it is put on a connection.
public struct APIRequest: Hashable, Sendable {
    public var method: APIRoute.Method
    /// Below `/api/v1`, encoded, with its query: `/tickets?status=open`.
    public var target: String
    public var headers: [Header]
    public var body: [UInt8]?

    public struct Header: Hashable, Sendable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(
        _ method: APIRoute.Method, _ target: String, headers: [Header] = [], body: [UInt8]? = nil
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }
}

/// A whole answer.
public struct APIResponse: Hashable, Sendable {
    public var status: Int
    public var headers: [APIRequest.Header]
    public var body: [UInt8]

    public init(status: Int, headers: [APIRequest.Header] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first value of a header; `name` in lower case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name }?.value
    }
}

/// Percent-encoding (RFC 3986 section 2).
public enum PercentEncoding {
    /// Keeps unreserved characters only, so that the result is one path segment or one query value.
    public static func segment(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }

    /// `?a=1&b=2`, without the parameters that are nil; empty when none is left.
    public static func query(_ parameters: [(name: String, value: String?)]) -> String {
        let parts = parameters.compactMap { parameter in
            parameter.value.map { "\(segment(parameter.name))=\(segment($0))" }
        }
        return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
    }
}
