internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Reading of bodies, never more than is allowed.
enum BodyReading {
    static func bytes(of request: Request, upTo limit: Int) async throws -> [UInt8] {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw DeskProblem.tooLarge(limit: limit)
        }
        if let encoding = request.headers[.contentEncoding], encoding != "identity" {
            throw DeskProblem(
                415, .invalid,
                "Content-Encoding \(encoding) is not taken; send the bytes as they are")
        }
        var bytes: [UInt8] = []
        for try await buffer in request.body {
            guard bytes.count + buffer.readableBytes <= limit else {
                throw DeskProblem.tooLarge(limit: limit)
            }
            bytes += buffer.readableBytesView
        }
        return bytes
    }
}
