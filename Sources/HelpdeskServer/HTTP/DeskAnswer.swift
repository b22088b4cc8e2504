internal import HTTPTypes
internal import HelpdeskAPI
internal import HelpdeskCore
internal import Hummingbird

/// What a handler answers, before it is HTTP.
struct DeskAnswer: Sendable {
    enum Body: Sendable {
        case bytes([UInt8])
        /// Written piece by piece until `write` returns; what a live stream is.
        case pieces(@Sendable (inout any ResponseBodyWriter) async throws -> Void)
    }

    var status: Int
    var contentType: String
    var headers: [(HTTPField.Name, String)] = []
    var body: Body

    init(status: Int = 200, contentType: String, bytes: [UInt8]) {
        self.status = status
        self.contentType = contentType
        body = .bytes(bytes)
    }

    init(
        contentType: String,
        pieces: @escaping @Sendable (inout any ResponseBodyWriter) async throws -> Void
    ) {
        status = 200
        self.contentType = contentType
        body = .pieces(pieces)
    }

    /// A document of the API.
    static func document(
        _ document: some Encodable, status: Int = 200, version: Int64? = nil
    ) throws -> DeskAnswer {
        var answer = DeskAnswer(
            status: status, contentType: "application/json",
            bytes: try WireJSON.encode(document))
        if let version { answer.headers.append((.eTag, EntityTag.text(version))) }
        return answer
    }

    /// Nobody may keep API answers, and no browser may guess what they are.
    func response() -> Response {
        var fields = HTTPFields()
        fields[.contentType] = contentType
        fields[.cacheControl] = "no-store"
        fields[.xContentTypeOptions] = "nosniff"
        for (name, value) in headers { fields[name] = value }
        let body: ResponseBody =
            switch body {
            case .bytes(let bytes):
                bytes.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
            case .pieces(let write): ResponseBody(write)
            }
        return Response(status: .init(code: status), headers: fields, body: body)
    }
}

/// Versions of tickets as entity tags (RFC 9110 section 8.8.3): strong, `"17"`.
enum EntityTag {
    static func text(_ version: Int64) -> String { "\"\(version)\"" }

    /// What `If-Match` asks for. `*` and a missing header ask for nothing; a weak or foreign tag matches no version.
    static func version(ifMatch: String?) throws(DeskProblem) -> Int64? {
        guard let ifMatch, ifMatch != "*" else { return nil }
        let bytes = Array(ifMatch.utf8)
        guard bytes.count >= 3, bytes.first == UInt8(ascii: "\""),
            bytes.last == UInt8(ascii: "\""),
            let version = Int64(String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self))
        else {
            throw .malformed("If-Match", "a version in quotes, like \"17\", was expected")
        }
        return version
    }
}
