internal import HelpdeskEngine

extension StoreAccess {
    /// How often a busy daemon is asked again, a second apart.
    private static let patience = 60

    /// Asks until the daemon has room.
    /// - Parameters:
    ///   - command: what is to be run again later, for the message.
    ///   - ask: nil: it is busy.
    func patiently<Answer>(
        _ command: String, _ ask: () async throws -> Answer?
    ) async throws -> Answer {
        for _ in 0..<Self.patience {
            if let answer = try await ask() { return answer }
            guard await Pulse.wait(.seconds(1)) else { throw CancellationError() }
        }
        throw DaemonFailure(text: "the daemon is too busy; run the \(command) again later")
    }

    /// The text and the document of a part of a long command.
    func part(
        of command: String, _ request: AdministrationRequest
    ) async throws -> (text: String, document: String) {
        let reply = try await patiently(command) {
            let reply = try await perform(request)
            return reply.ending == .busy ? nil : reply
        }
        guard reply.ending == .done, let document = reply.document else {
            throw DaemonFailure(text: reply.text)
        }
        return (reply.text, document)
    }
}
