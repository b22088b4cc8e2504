internal import ChannelKit
internal import CurlTransport
internal import FoundationEssentials
internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import HelpdeskEngine

/// Asks the running daemon about its inboxes, over the control socket.
struct ChannelControl: Sendable {
    private let loop = CurlLoop(name: "control")
    private let socket: String

    init(_ loaded: LoadedConfiguration) { socket = loaded.configuration.control.socket }

    struct Health: Codable, Sendable {
        let state: String
        let detail: String?
        let action: String?
    }

    /// Nil when no daemon answers, or it has no such inbox.
    func health(of inbox: InboxID) async -> ChannelHealth? {
        guard let health: Health = await get("/inboxes/\(inbox.rawValue)/health"),
            let state = ChannelHealth.State(rawValue: health.state)
        else { return nil }
        return ChannelHealth(
            state: state, detail: health.detail,
            action: health.action.flatMap(ChannelHealth.Action.init))
    }

    /// Nil when no daemon answers.
    func traffic(after number: Int, of inbox: String?) async -> [Traffic.Entry]? {
        await get("/traffic?after=\(number)\(inbox.map { "&inbox=\($0)" } ?? "")")
    }

    private func get<Value: Decodable>(_ path: String) async -> Value? {
        do throws(TransportFailure) {
            let response = try await HTTPTransfer(loop: loop).send(
                HTTPTransfer.Request(
                    .get, "http://control\(path)", route: .unixSocket(path: socket),
                    timeouts: TransferTimeouts(connect: .seconds(5), total: .seconds(20)),
                    maximumResponseBytes: 4 << 20))
            guard response.status == 200 else { return nil }
            return try? JSONDecoder().decode(Value.self, from: Data(response.body))
        } catch {
            return nil
        }
    }
}
