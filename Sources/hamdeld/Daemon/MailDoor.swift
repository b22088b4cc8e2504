internal import EmailChannel
internal import Glibc
internal import HelpdeskConfiguration
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle

/// The LMTP listener as a service of the daemon: open while an inbox takes mail, opened anew when a reload changes where.
struct MailDoor: Service {
    let inboxes: InboxHosts
    let activated: ActivatedSockets
    let measuring: SelfMeasuring
    let logger: Logger

    func run() async throws {
        let threads = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        // The daemon does not start without its door; one that a reload asks for and that cannot be opened is said, and
        // mended by the next reload.
        var place = doorway
        var door: Door?
        if let place { door = try await open(place, on: threads) }
        for await _ in inboxes.changesForMailDoor.rings.cancelOnGracefulShutdown() {
            guard doorway != place else { continue }
            await door?.close()
            door = nil
            place = doorway
            guard let wanted = place else { continue }
            do {
                door = try await open(wanted, on: threads)
                logger.info("mail comes in", metadata: ["lmtp": "\(wanted.lmtp.socket)"])
            } catch {
                place = nil
                logger.error(
                    "no mail can come in: \(error)",
                    metadata: [LogEvent.key: "\(LogEvent.mailDoorClosed.rawValue)"])
            }
        }
        await door?.close()
        try? await threads.shutdownGracefully()
    }

    /// A listener that serves.
    private struct Door {
        let serving: Task<Void, Never>
        /// The file that is ours to remove; nil where systemd made it.
        let socket: String?

        /// Mails under way get their answers first.
        func close() async {
            serving.cancel()
            await serving.value
            if let socket { unlink(socket) }
        }
    }

    /// What the door depends on.
    private struct Doorway: Equatable {
        let lmtp: LMTPConfiguration
        let messageSize: Int
        let freeSpace: Int
    }

    private var doorway: Doorway? {
        guard !inboxes.mail.directory.isEmpty else { return nil }
        let configuration = inboxes.configuration
        return Doorway(
            lmtp: configuration.lmtp, messageSize: configuration.limits.messageSize,
            freeSpace: configuration.limits.freeSpace)
    }

    /// Returns when the sockets are bound.
    private func open(
        _ doorway: Doorway, on threads: MultiThreadedEventLoopGroup
    ) async throws -> Door {
        let lmtp = doorway.lmtp
        let inherited = activated.take(lmtp.socket)
        let spaceNeeded = max(doorway.freeSpace, doorway.messageSize / 2 * 3)
        let listener = LMTPListener(
            configuration: LMTPListener.Configuration(
                hostName: Self.hostName(), socketPath: lmtp.socket,
                inherited: inherited, socketMode: lmtp.mode.bits,
                tcp: lmtp.listen.map { ($0.host, $0.port) },
                limits: LMTPLimits(messageBytes: doorway.messageSize),
                spaceNeeded: Int64(spaceNeeded)),
            group: threads, directory: { [inboxes] in inboxes.mail.directory },
            freeSpace: { [inboxes] in inboxes.freeSpace() },
            deliver: { [inboxes, measuring] mail in
                await measuring.measuringMail { await inboxes.mail.deliver(mail) }
            })
        let (bound, signal) = AsyncThrowingStream<Void, any Error>.makeStream()
        let serving = Task {
            do {
                try await listener.run { _ in
                    // The mail server's group may hand over mail; a missing group is said at the API socket.
                    if inherited == nil, let id = Surroundings.group(lmtp.group) {
                        chown(lmtp.socket, uid_t.max, id)
                    }
                    signal.finish()
                }
            } catch {
                signal.finish(throwing: error)
            }
        }
        for try await _ in bound {}
        return Door(serving: serving, socket: inherited == nil ? lmtp.socket : nil)
    }

    private static func hostName() -> String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
        return String(
            decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
