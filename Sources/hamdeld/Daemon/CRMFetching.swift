internal import CurlTransport
internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import HelpdeskServer
internal import Logging

/// Asks the CRM over HTTP, with the configured token and time limit. A failure is told on the card and in the log.
struct CRMFetching: Sendable {
    /// Of an answer; more is refused.
    private static let maximumBytes = 256 * 1024
    private static let loop = CurlLoop(name: "crm")

    private let headers: [HTTPTransfer.Header]
    private let timeouts: TransferTimeouts
    private let logger: Logger

    init(_ crm: CRMConfiguration, logger: Logger) {
        self.logger = logger
        var headers = [HTTPTransfer.Header("Accept", "application/json")]
        if let source = crm.token {
            let environment = Surroundings.environment
            let resolver = SecretResolver(
                credentialsFolder: environment["CREDENTIALS_DIRECTORY"], environment: environment)
            switch resolver.resolve(source) {
            case .success(let resolved):
                let token = String(decoding: resolved.secret.bytes, as: UTF8.self)
                headers.append(HTTPTransfer.Header("Authorization", "Bearer \(token)"))
            case .failure(let problem):
                logger.error("the token of [crm] cannot be read; asking without: \(problem)")
            }
        }
        self.headers = headers
        let limit = Duration.milliseconds(crm.timeout.milliseconds)
        timeouts = TransferTimeouts(connect: limit, total: limit)
    }

    func fetch(_ url: String) async -> Result<CRMDesk.Answer, CRMDesk.Failure> {
        do throws(TransportFailure) {
            let response = try await HTTPTransfer(loop: Self.loop).send(
                HTTPTransfer.Request(
                    .get, url, headers: headers, timeouts: timeouts,
                    maximumResponseBytes: Self.maximumBytes))
            return .success(CRMDesk.Answer(status: response.status, body: response.body))
        } catch {
            logger.warning("a look-up in the CRM failed", metadata: ["error": "\(error)"])
            return .failure(CRMDesk.Failure(text: "\(error)"))
        }
    }
}
