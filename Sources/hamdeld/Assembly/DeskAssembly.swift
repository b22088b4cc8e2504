internal import ChannelKit
internal import CurlTransport
internal import EmailChannel
internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore
internal import NIOPosix

/// A desk put together from a configuration: what `serve` runs, and what an offline command uses.
struct DeskAssembly: Sendable {
    let loaded: LoadedConfiguration
    let desk: Desk
    let channels: Channels

    var configuration: Configuration { loaded.configuration }

    /// Opens, creates and migrates the store; blocks. The caller holds the store's lock.
    init(_ loaded: LoadedConfiguration, environment: [String: String]) throws {
        self.loaded = loaded
        channels = try Channels(loaded.configuration, environment: environment)
        let surroundings = Surroundings.desk
        let store: Store
        do throws(StoreError) {
            store = try Store(
                path: try StorePath.of(loaded.configuration), now: surroundings.now(),
                seed: StoreSeed(signingKey: surroundings.random(32)))
            desk = try Desk(
                store: store,
                policy: PolicyAssembly(
                    configuration: loaded.configuration, adapters: channels.adapters
                ).policy(),
                adapters: channels.adapters, environment: surroundings)
        } catch {
            throw DaemonFailure(text: error.text)
        }
    }

    /// Puts a new configuration in force; the store and the sockets stay as they are.
    func reload(
        _ loaded: LoadedConfiguration, environment: [String: String], keeping earlier: Channels
    ) throws -> Channels {
        let channels = try Channels(
            loaded.configuration, environment: environment, keeping: earlier)
        desk.reload(
            policy: PolicyAssembly(
                configuration: loaded.configuration, adapters: channels.adapters
            ).policy(), adapters: channels.adapters)
        return channels
    }
}

enum StorePath {
    static func of(_ configuration: Configuration) throws(StoreError) -> String {
        switch configuration.store.location {
        case .sqlite(let path): return path
        case .postgres:
            throw .cannotOpen(
                path: "postgres",
                reason: "this version stores in SQLite; set [store] url = \"sqlite:…\"")
        }
    }
}
