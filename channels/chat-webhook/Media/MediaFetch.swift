internal import ChannelKit
internal import Crypto
internal import CurlTransport
internal import HelpdeskCore

/// Brings the files of a request's messages from the provider, within its bounds: known hosts only, no more than so many
/// bytes and so much time for all of them together.
struct MediaFetch: Sendable {
    static let mostFiles = 32
    static let mostRedirects = 3
    private static let mostAnswerBytes = 256 * 1024

    struct Wanted: Sendable, Equatable {
        let id: String
        let url: String
        let name: String
        let type: String
        let label: String

        /// What stands in the message when the file cannot be had, and why.
        func placeholder(_ reason: String?) -> String {
            let what = name.isEmpty ? label : "\(label): \(name)"
            return reason.map { "[\(what); not fetched: \($0)]" } ?? "[\(what)]"
        }
    }

    struct Refusal: Error, Equatable {
        let reason: String
    }

    let inbox: PresetInbox
    let media: PresetMedia
    let transfer: HTTPTransfer
    let deadline: ContinuousClock.Instant

    init(_ inbox: PresetInbox, _ media: PresetMedia, _ transfer: HTTPTransfer) {
        self.inbox = inbox
        self.media = media
        self.transfer = transfer
        deadline = .now + .milliseconds(media.within.milliseconds)
    }

    func fetch(_ file: Wanted, atMost limit: Int) async throws(Refusal) -> InboundAttachment {
        var scope = inbox.secretScope
        scope.bind("file", texts: ["id": file.id, "url": file.url])
        let headers = media.headers.map {
            HTTPTransfer.Header($0.name, scope.header($0.value))
        }.filter { !$0.value.isEmpty && $0.value != "Bearer " }
        if file.url.isEmpty, let lookup = media.lookup {
            let answer = try await get(
                scope.url(lookup), headers, atMost: Self.mostAnswerBytes, redirects: 0)
            do throws(JSONFault) {
                scope.bind("answer", try JSONDocumentReader.read(answer.body))
            } catch {
                throw Refusal(reason: "the provider's answer is no JSON")
            }
        }
        let url = scope.url(media.url)
        guard !url.isEmpty else { throw Refusal(reason: "the provider names no address for it") }
        let response = try await get(
            url, headers, atMost: limit, redirects: Self.mostRedirects)
        guard !response.body.isEmpty else { throw Refusal(reason: "it is empty") }
        return attachment(file, scope, url, response)
    }

    private func get(
        _ url: String, _ headers: [HTTPTransfer.Header], atMost limit: Int, redirects: Int
    ) async throws(Refusal) -> HTTPTransfer.Response {
        var url = url
        var headers = headers
        for _ in 0...redirects {
            let reach: HTTPTransfer.Reach
            switch inbox.mediaHosts.judge(url) {
            case .trusted: reach = .anywhere
            case .publicOnly: reach = .publicAddresses
            case .refused(let reason): throw Refusal(reason: reason)
            }
            let response = try await send(url, headers, reach, atMost: limit)
            switch response.status {
            case 200..<300: return response
            case 301, 302, 303, 307, 308:
                guard let location = response.header("location"), location.contains("://") else {
                    throw Refusal(reason: "HTTP \(response.status) to nowhere")
                }
                // The secret is for the host it was made for.
                if MediaHosts.hostAndPort(ofURL: location) != MediaHosts.hostAndPort(ofURL: url) {
                    headers = []
                }
                url = location
            default: throw Refusal(reason: "HTTP \(response.status)")
            }
        }
        throw Refusal(reason: "too many redirects")
    }

    private func send(
        _ url: String, _ headers: [HTTPTransfer.Header], _ reach: HTTPTransfer.Reach,
        atMost limit: Int
    ) async throws(Refusal) -> HTTPTransfer.Response {
        let left = deadline - .now
        guard left > .zero else { throw Refusal(reason: "no time was left") }
        do throws(TransportFailure) {
            return try await transfer.send(
                HTTPTransfer.Request(
                    .get, url, headers: headers,
                    timeouts: TransferTimeouts(connect: min(left, .seconds(5)), total: left),
                    maximumResponseBytes: limit, reach: reach))
        } catch {
            throw Refusal(reason: Self.sentence(error))
        }
    }

    /// Without the transport's details: they may name inner hosts.
    private static func sentence(_ failure: TransportFailure) -> String {
        switch failure {
        case .responseTooLarge: "it is too large"
        case .deadlineExceeded, .silent, .cancelled: "it took too long"
        case .unreachable: "the provider could not be reached"
        case .untrusted: "the provider's certificate is not trusted"
        case .invalidRequest: "its address is not allowed"
        case .busy, .closed, .signInRefused, .interrupted: "the transfer failed"
        }
    }

    private func attachment(
        _ file: Wanted, _ scope: PresetScope, _ url: String, _ response: HTTPTransfer.Response
    ) -> InboundAttachment {
        let type = [
            file.type, media.type.map { scope.text($0) } ?? "",
            response.header("content-type") ?? "",
        ].first { !$0.isEmpty && !$0.hasPrefix("application/octet-stream") }
        let name = [file.name, media.name.map { scope.text($0) } ?? "", Self.lastPart(of: url)]
            .map(PlainWord.fileName).first { !$0.isEmpty }
        return InboundAttachment(
            name: name, contentType: PlainWord.bounded(type ?? "application/octet-stream", 255),
            size: Int64(response.body.count),
            sha256: BlobHash(
                rawValue: Hexadecimal.encoded(SHA256.hash(data: response.body))),
            body: .bytes(response.body))
    }

    private static func lastPart(of url: String) -> String {
        let path = url.utf8.prefix { $0 != 0x3F && $0 != 0x23 }
        return path.split(separator: 0x2F).dropFirst(2).last.map {
            String(decoding: $0, as: UTF8.self)
        } ?? ""
    }
}
