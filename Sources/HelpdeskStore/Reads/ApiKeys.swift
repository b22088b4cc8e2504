public import HelpdeskCore

/// What is known of an `Idempotency-Key` when a request comes with it.
public enum APIKeyClaim: Hashable, Sendable {
    /// Never seen, or forgotten: the request is carried out now, and nobody else's with this key.
    case fresh
    /// It was answered, and the answer is gone: words were erased since.
    case answerForgotten
    /// The same request is being carried out.
    case running
    /// It was answered; the answer is given again.
    case answered(status: Int, body: String)
    /// The key came before with another request.
    case otherRequest
    /// The daemon died while it carried the request out, and the stream shows that it was.
    case carriedOutBeforeRestart
}

/// One request as its key stands for it.
public struct APIKeyRequest: Hashable, Sendable {
    public var agent: AgentID
    /// As the client chose it.
    public var key: CommandID
    /// SHA-256 over method, path and body, 32 bytes.
    public var fingerprint: [UInt8]

    public init(agent: AgentID, key: CommandID, fingerprint: [UInt8]) {
        self.agent = agent
        self.key = key
        self.fingerprint = fingerprint
    }
}

extension StoreTransaction {
    /// How long an answer is kept to be given again.
    public static let apiKeyLife = TimeSpan.hours(48)

    /// Takes the key for a request, or says what became of the request that came with it before. Forgets keys
    /// older than 48 hours, at most 1,000 at a time.
    /// - Parameter startedAt: when this process started; a request begun before that is not running any more.
    public func claimAPIKey(
        _ request: APIKeyRequest, startedAt: Instant
    ) throws(StoreError) -> APIKeyClaim {
        try forgetAPIKeys(olderThan: now - Self.apiKeyLife)
        guard let kept = try keptAPIKey(request) else {
            try execute(
                """
                INSERT INTO api_keys (agent, key, fingerprint, status, body, at)
                VALUES ($1, $2, $3, NULL, NULL, $4)
                """,
                [request.agent, request.key, request.fingerprint, now])
            return .fresh
        }
        guard kept.fingerprint == request.fingerprint else { return .otherRequest }
        if let status = kept.status {
            return kept.body.isEmpty
                ? .answerForgotten : .answered(status: status, body: kept.body)
        }
        guard kept.at < startedAt else { return .running }
        if try isCarriedOut(request, since: kept.at) { return .carriedOutBeforeRestart }
        try execute(
            "UPDATE api_keys SET at = $1 WHERE agent = $2 AND key = $3",
            [now, request.agent, request.key])
        return .fresh
    }

    /// Keeps the answer to a claimed request.
    public func keepAPIAnswer(
        to request: APIKeyRequest, status: Int, body: String
    ) throws(StoreError) {
        try execute(
            "UPDATE api_keys SET status = $1, body = $2 WHERE agent = $3 AND key = $4",
            [status, body, request.agent, request.key])
    }

    /// Forgets every answer that is kept to be given again, because any of them may hold the words that were erased.
    func forgetAPIAnswers() throws(StoreError) {
        try execute("UPDATE api_keys SET body = '' WHERE body IS NOT NULL", [])
    }

    /// Gives a claimed key back: nothing was done, the same request may come again.
    public func releaseAPIKey(_ request: APIKeyRequest) throws(StoreError) {
        try execute(
            "DELETE FROM api_keys WHERE agent = $1 AND key = $2 AND status IS NULL",
            [request.agent, request.key])
    }

    private struct KeptAPIKey {
        let fingerprint: [UInt8]
        let status: Int?
        let body: String
        let at: Instant
    }

    private func keptAPIKey(_ request: APIKeyRequest) throws(StoreError) -> KeptAPIKey? {
        try connection.first(
            "SELECT fingerprint, status, body, at FROM api_keys WHERE agent = $1 AND key = $2",
            [request.agent, request.key]
        ) { row throws(StoreError) in
            KeptAPIKey(
                fingerprint: try row.blob(0),
                status: row.optionalInteger(1).map { Int(clamping: $0) },
                body: row.optionalText(2) ?? "", at: try row.instant(3))
        }
    }

    private func forgetAPIKeys(olderThan limit: Instant) throws(StoreError) {
        guard try connection.exists("SELECT 1 FROM api_keys WHERE at < $1", [limit]) else { return }
        try execute(
            """
            DELETE FROM api_keys WHERE at < $1 AND (agent, key) IN
              (SELECT agent, key FROM api_keys WHERE at < $1 LIMIT 1000)
            """,
            [limit])
    }

    /// Reads the stream from its end; only after a crash in the middle of a request.
    private func isCarriedOut(
        _ request: APIKeyRequest, since: Instant
    ) throws(StoreError) -> Bool {
        try connection.exists(
            """
            SELECT 1 FROM events
            WHERE at >= $1 AND command = $2 AND actor_kind = 'agent' AND actor_id = $3
            """,
            [since, request.key, request.agent])
    }
}
