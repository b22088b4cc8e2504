internal import Logging
internal import ServiceLifecycle
internal import UnixSignals

/// SIGHUP: the configuration is read again.
struct Reloading: Service {
    let daemon: Daemon
    let notifier: SystemdNotifier
    let logger: Logger

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        for await _ in signals.cancelOnGracefulShutdown() {
            await daemon.reload()
        }
    }
}
