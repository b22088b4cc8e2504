internal import ArgumentParser
internal import ChannelKit
internal import CurlTransport
internal import EmailChannel
internal import Glibc
internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore
internal import NIOPosix

/// Reaches the store for one command: through the running daemon's control socket, or, with no daemon running, by opening it
/// under the exclusive lock (CONTRACT "hamdeld").
struct StoreAccess: Sendable {
    let loaded: LoadedConfiguration
    private let door: Door

    private enum Door: Sendable {
        case daemon(ControlClient)
        case own(DeskAssembly)
    }

    /// Runs `body` with access, and closes the store behind it.
    static func with<Value: Sendable>(
        _ loaded: LoadedConfiguration, _ body: (StoreAccess) async throws -> Value
    ) async throws -> Value {
        let path: String
        do throws(StoreError) {
            path = try StorePath.of(loaded.configuration)
        } catch {
            Terse.complain(error.text)
            throw ExitCode(EX_CONFIG)
        }
        umask(0o077)
        try Privileges.becomeOwner(of: path)
        guard let lock = try StoreLock(path: path) else {
            let loop = CurlLoop(name: "control")
            let client = ControlClient(
                socket: loaded.configuration.control.socket, loop: loop)
            let access = StoreAccess(loaded: loaded, door: .daemon(client))
            defer { _ = loop }
            do {
                return try await body(access)
            } catch let failure as TransportFailure {
                Terse.complain(
                    "a daemon holds \(path), but its control socket \(client.socket) does not answer: \(failure)"
                )
                throw ExitCode(EX_UNAVAILABLE)
            }
        }
        let assembly = try DeskAssembly(loaded, environment: Surroundings.environment)
        let value: Value
        do {
            value = try await body(StoreAccess(loaded: loaded, door: .own(assembly)))
        } catch {
            await assembly.desk.store.close()
            throw error
        }
        await assembly.desk.store.close()
        _ = consume lock
        return value
    }

    func perform(_ request: AdministrationRequest) async throws -> AdministrationReply {
        switch door {
        case .daemon(let client): return try await client.perform(request)
        case .own(let assembly):
            try await assembly.keepTeams()
            return await Administration(
                assembly.desk, reread: assembly.channels.rereading, tryPolicy: assembly.trying
            ).perform(request)
        }
    }

    func deliver(
        _ messages: [InboundMessage], to inbox: InboxID
    ) async throws -> ControlDelivery {
        switch door {
        case .daemon(let client): return try await client.deliver(messages, to: inbox)
        case .own(let assembly):
            do throws(DeliveryRefusal) {
                return ControlDelivery(
                    outcomes: try await Intake(assembly.desk).deliver(
                        InboundBatch(messages: messages), to: inbox))
            } catch {
                return ControlDelivery(refusal: error)
            }
        }
    }

    /// Old mails, in order and in one transaction; one outcome for each.
    func importMails(_ mails: [[UInt8]], to inbox: InboxID) async throws -> ControlDelivery {
        switch door {
        case .daemon(let client): return try await client.importMails(mails, to: inbox)
        case .own(let assembly):
            return await MailImport(desk: assembly.desk, reading: assembly.channels.rereading)
                .deliver(mails, to: inbox)
        }
    }
}

extension DeskAssembly {
    func keepTeams() async throws {
        do throws(DeskFailure) {
            try await desk.keepTeams()
        } catch {
            throw DaemonFailure(text: error.text)
        }
    }
}

extension AdministrationReply {
    /// Prints the reply and exits as CONTRACT says.
    func conclude(json: Bool) throws {
        switch ending {
        case .done, .partly:
            Terse.say(json ? document ?? text : text)
            if ending == .partly { throw ExitCode(7) }
        case .notFound:
            Terse.complain(text)
            throw ExitCode(5)
        case .conflict:
            Terse.complain(text)
            throw ExitCode(6)
        case .invalid:
            Terse.complain(text)
            throw ExitCode(EX_USAGE)
        case .misconfigured:
            Terse.complain(text)
            throw ExitCode(EX_CONFIG)
        case .failed:
            Terse.complain(text)
            throw ExitCode(1)
        case .busy:
            Terse.complain(text)
            throw ExitCode(EX_TEMPFAIL)
        }
    }
}
