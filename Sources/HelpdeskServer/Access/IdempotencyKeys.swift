internal import Crypto
internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore
internal import Hummingbird

/// `Idempotency-Key`: the same request with the same key is carried out once and answered the same again for 48 hours. The key
/// is taken before the request is carried out and the answer kept after it, each durably.
struct IdempotencyKeys: Sendable {
    static let maximumLength = 255
    /// Longer answers are not kept: the key stays taken, a repetition is told so.
    static let maximumAnswer = 1_048_576

    let desk: Desk
    /// Requests begun before this are not running any more.
    let startedAt: Instant

    /// Nil without the header.
    static func command(_ header: String?) throws(DeskProblem) -> CommandID? {
        guard let header else { return nil }
        guard !header.isEmpty, header.utf8.count <= maximumLength,
            header.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else {
            throw .malformed(
                "Idempotency-Key", "1 to \(maximumLength) printable ASCII characters were expected")
        }
        return CommandID(rawValue: header)
    }

    /// What the key stands for: method, path and body. The body stays out of the path by its length.
    func request(
        _ agent: AgentID, _ command: CommandID, _ request: Request, _ desk: DeskRequest
    ) -> APIKeyRequest {
        var hash = SHA256()
        hash.update(data: Array("\(request.method.rawValue) \(request.uri.string)\n".utf8))
        hash.update(data: desk.body)
        return APIKeyRequest(agent: agent, key: command, fingerprint: Array(hash.finalize()))
    }

    func answer(
        to request: APIKeyRequest, _ operation: @Sendable () async throws -> DeskAnswer
    ) async throws -> DeskAnswer {
        let startedAt = startedAt
        let claim = try await write { transaction in
            try transaction.claimAPIKey(request, startedAt: startedAt)
        }
        switch claim {
        case .fresh: break
        case .answered(let status, let body): return try KeptAnswer.answer(status, body)
        case .answerForgotten:
            throw DeskProblem(
                409, .conflict,
                "this request was carried out, and its answer is kept no longer; look at the ticket, do not send it again"
            )
        case .running:
            throw DeskProblem(
                409, .conflict, "a request with this Idempotency-Key is being carried out",
                retryAfter: 1)
        case .otherRequest:
            throw DeskProblem.invalid(
                "Idempotency-Key", "came before with another request; take a new key")
        case .carriedOutBeforeRestart:
            throw DeskProblem(
                409, .conflict,
                "this request was carried out before the daemon restarted; look at the ticket, do not send it again"
            )
        }
        do {
            let answer = try await operation()
            try await keep(answer, for: request)
            return answer
        } catch {
            // Nothing was done: the same request may come again.
            try await write { transaction in try transaction.releaseAPIKey(request) }
            throw error
        }
    }

    private func keep(_ answer: DeskAnswer, for request: APIKeyRequest) async throws {
        let status = answer.status
        let body = KeptAnswer.text(of: answer)
        try await write { transaction in
            // What was begun under this key is sent now.
            try transaction.end(draft: request.key, of: request.agent, .sent)
            guard let body else { return }
            try transaction.keepAPIAnswer(to: request, status: status, body: body)
        }
    }

    private func write<Value: Sendable>(
        _ body: @escaping @Sendable (StoreTransaction) throws -> Value
    ) async throws(DeskFailure) -> Value {
        do throws(CommandFailure<Never>) {
            return try await desk.store.writer.submit(
                at: desk.environment.now(), failing: Never.self, body)
        } catch {
            switch error {
            case .busy: throw .busy
            case .stopped: throw .stopped
            case .store(let failure): throw .store(failure)
            }
        }
    }
}

/// An answer as it is kept: what a repetition must see again.
private struct KeptAnswer: Codable {
    var type: String
    var tag: String?
    var body: String

    static func text(of answer: DeskAnswer) -> String? {
        guard case .bytes(let bytes) = answer.body, bytes.count <= IdempotencyKeys.maximumAnswer
        else { return nil }
        let kept = KeptAnswer(
            type: answer.contentType, tag: answer.headers.first { $0.0 == .eTag }?.1,
            body: String(decoding: bytes, as: UTF8.self))
        return (try? WireJSON.encode(kept)).map { String(decoding: $0, as: UTF8.self) }
    }

    static func answer(_ status: Int, _ text: String) throws -> DeskAnswer {
        let kept = try WireJSON.decode(KeptAnswer.self, from: Array(text.utf8))
        var answer = DeskAnswer(
            status: status, contentType: kept.type, bytes: Array(kept.body.utf8))
        answer.headers.append((.idempotencyReplayed, "true"))
        if let tag = kept.tag { answer.headers.append((.eTag, tag)) }
        return answer
    }
}
