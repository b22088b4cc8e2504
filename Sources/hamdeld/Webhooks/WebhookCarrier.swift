internal import ChatWebhookChannel
internal import CurlTransport
internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskServer
internal import HelpdeskStore
internal import Synchronization

/// Posts events to the endpoints of the configuration, signed. Their addresses are ops' own, so private ones are fine;
/// redirects are not followed.
final class WebhookCarrier: EventCarrier {
    /// Of an answer; nothing in it is read but for the status.
    private static let maximumBytes = 64 * 1024
    private static let loop = CurlLoop(name: "webhooks")

    private struct Way {
        let url: String
        let signing: WebhookSigning
        let timeouts: TransferTimeouts
    }

    private let ways = Mutex<[String: Way]>([:])

    init(_ configuration: Configuration, environment: [String: String]) throws {
        try replace(configuration, environment: environment)
    }

    /// Puts a new configuration in force; throws before anything is changed.
    func replace(_ configuration: Configuration, environment: [String: String]) throws {
        var ways: [String: Way] = [:]
        var problems: [String] = []
        func add(_ name: String, _ url: String, _ secrets: [SecretSource], _ timeout: TimeSpan) {
            let resolver = SecretResolver(
                credentialsFolder: environment["CREDENTIALS_DIRECTORY"], environment: environment)
            var keys: [[UInt8]] = []
            for source in secrets {
                switch resolver.resolve(source) {
                case .success(let resolved): keys.append(resolved.secret.bytes)
                case .failure(let problem): problems.append("webhook \(name): \(problem)")
                }
            }
            guard keys.count == secrets.count else { return }
            guard let signing = WebhookSigning(secrets: keys) else {
                problems.append(
                    "webhook \(name): the secret is empty, or whsec_ with something that is not base64"
                )
                return
            }
            let limit = Duration.milliseconds(timeout.milliseconds)
            ways[name] = Way(
                url: url, signing: signing,
                timeouts: TransferTimeouts(connect: min(limit, .seconds(10)), total: limit))
        }
        for endpoint in configuration.webhooksOut {
            add(endpoint.name, endpoint.url, endpoint.secrets, endpoint.timeout)
        }
        if let webhook = configuration.notify.webhook {
            add(WebhookOutConfiguration.noticeEndpoint, webhook.url, webhook.secrets, .seconds(15))
        }
        guard problems.isEmpty else {
            throw ConfigurationFailure(text: problems.joined(separator: "\n"))
        }
        let complete = ways
        self.ways.withLock { $0 = complete }
    }

    func carry(
        _ event: StoredEvent, as sight: EventAudience.Sight, to endpoint: String
    ) async -> ForwardingAnswer {
        guard let way = ways.withLock({ $0[endpoint] }) else {
            return .refused(detail: "no such endpoint is configured any more", after: nil)
        }
        let body = EventDocument.bytes(of: event, as: sight)
        let proof = way.signing.headers(
            id: "evt_\(event.position.rawValue)", body: body, at: Surroundings.now())
        let request = HTTPTransfer.Request(
            .post, way.url,
            headers: [
                HTTPTransfer.Header("Content-Type", "application/json"),
                HTTPTransfer.Header("User-Agent", "hamdeld/\(Hamdeld.version)"),
            ] + proof.map { HTTPTransfer.Header($0.name, $0.value) }, body: body,
            timeouts: way.timeouts, maximumResponseBytes: Self.maximumBytes)
        do throws(TransportFailure) {
            return Self.answer(try await HTTPTransfer(loop: Self.loop).send(request))
        } catch {
            return .refused(detail: "\(error)", after: nil)
        }
    }

    private static func answer(_ response: HTTPTransfer.Response) -> ForwardingAnswer {
        switch response.status {
        case 200..<300: return .taken
        case 410: return .gone(detail: "410 Gone")
        default:
            // RFC 9110 section 10.2.3; a date there is not understood, and the usual wait holds.
            let seconds = response.header("retry-after").flatMap { Int64($0) }
            let after = seconds.flatMap { (1...86_400).contains($0) ? TimeSpan.seconds($0) : nil }
            return .refused(detail: "answered \(response.status)", after: after)
        }
    }
}
