internal import CoreMetrics
internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore

/// What every handler of the API works with. Handlers are in extensions, one file per kind of thing; `operations` is
/// the list of all of them.
struct DeskAPI: Sendable {
    typealias Operation = @Sendable (DeskRequest) async throws -> DeskAnswer

    let desk: Desk
    let settings: ServerSettings
    let feed: StreamFeed
    let attention: AttentionBook
    let metrics: ServerMetrics

    var now: Instant { desk.environment.now() }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (StoreReader) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        try await desk.store.read(body)
    }

    /// Every handler by the id of its route in `APIRoute.all`.
    var operations: [String: Operation] {
        var operations: [String: Operation] = [:]
        for part in [
            ticketOperations, actionOperations, customerOperations, messageOperations,
            deskOperations, surveyOperations, reportOperations, noticeOperations, workOperations,
            privacyOperations, draftOperations,
        ] {
            operations.merge(part) { first, _ in first }
        }
        return operations
    }
}
