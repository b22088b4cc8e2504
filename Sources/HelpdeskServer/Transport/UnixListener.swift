internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import ServiceLifecycle
internal import Synchronization

/// The server on the unix socket, and its name in the file system.
struct UnixListener: Service {
    let file: SocketFile
    let responder: DeskResponder
    let connection: HTTP1Channel.Configuration
    let configuration: ApplicationConfiguration
    let logger: Logger

    func run() async throws {
        let (file, logger) = (file, logger)
        let kept = KeptFailure()
        let application = Application(
            responder: responder, server: .http1(configuration: connection),
            configuration: configuration,
            onServerRunning: { channel in
                do throws(SocketFile.Failure) {
                    if case .daemonsOwn(let reason) = try file.putInPlace() {
                        logger.warning("\(reason); members of that group cannot open it")
                    }
                    logger.info("listening", metadata: ["socket": "\(file.path)"])
                } catch {
                    kept.value = error
                    channel.close(promise: nil)
                }
            }, logger: logger)
        defer { file.remove() }
        try await application.run()
        if let failure = kept.value { throw failure }
    }
}

/// What went wrong while a server was starting, for whoever runs it.
private final class KeptFailure: Sendable {
    private let failure = Mutex<SocketFile.Failure?>(nil)

    var value: SocketFile.Failure? {
        get { failure.withLock { $0 } }
        set { failure.withLock { $0 = newValue } }
    }
}
