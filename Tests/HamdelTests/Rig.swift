import ArgumentParser
import HelpdeskAPI
import HelpdeskClient
import HelpdeskCore
import Synchronization
import Terminal

@testable import hamdel

/// The world of one command: a daemon that answers from a table, and a sink that keeps what was printed.
final class Rig: APITransport, CommandSink {
    private struct State {
        var answers: [String: (status: Int, body: [UInt8])] = [:]
        var stream: [String] = []
        var requests: [APIRequest] = []
        var printed: [UInt8] = []
        var complaints = ""
    }

    private let state = Mutex(State())
    let audience: CommandContext.Audience
    let environment: [String: String]
    let input: FakeInput

    init(
        _ answers: [String: String] = [:], audience: CommandContext.Audience = .program,
        environment: [String: String] = [:], input: FakeInput = FakeInput()
    ) {
        self.audience = audience
        self.environment = environment
        self.input = input
        for (request, answer) in answers { self.answer(request, answer) }
    }

    /// `request` as in `GET /tickets`; without a status in front the answer is 200.
    func answer(_ request: String, _ body: String, status: Int = 200) {
        state.withLock { $0.answers[request] = (status, Array(body.utf8)) }
    }

    func stream(_ texts: [String]) { state.withLock { $0.stream = texts } }

    var requests: [String] {
        state.withLock { state in
            state.requests.map { request in
                let body = request.body.map { " " + String(decoding: $0, as: UTF8.self) } ?? ""
                return "\(request.method.rawValue) \(request.target)\(body)"
            }
        }
    }

    var headers: [[APIRequest.Header]] { state.withLock { $0.requests.map(\.headers) } }
    var printed: String { state.withLock { String(decoding: $0.printed, as: UTF8.self) } }
    var complaints: String { state.withLock { $0.complaints } }

    func send(_ request: APIRequest) async throws(ClientFailure) -> APIResponse {
        let answer = state.withLock { state in
            state.requests.append(request)
            return state.answers["\(request.method.rawValue) \(request.target)"]
        }
        guard let answer else {
            let problem = API.Problem(
                type: "about:blank", title: "no such thing", status: 404, code: "not_found")
            return APIResponse(status: 404, body: (try? WireJSON.encode(problem)) ?? [])
        }
        return APIResponse(status: answer.status, body: answer.body)
    }

    func stream(_ request: APIRequest) async throws(ClientFailure) -> APIStream {
        let texts = state.withLock { state in
            state.requests.append(request)
            defer { state.stream = [] }
            return state.stream
        }
        guard !texts.isEmpty else { throw .configuration("the stream is over") }
        return APIStream(
            status: 200, headers: [],
            chunks: AsyncThrowingStream { continuation in
                for text in texts { continuation.yield(Array(text.utf8)) }
                continuation.finish()
            })
    }

    func print(_ bytes: [UInt8]) throws { state.withLock { $0.printed += bytes } }
    func complain(_ text: String) { state.withLock { $0.complaints += text } }

    var context: CommandContext {
        CommandContext(
            client: HelpdeskClient(transport: self, newKey: { "key" }), environment: environment,
            audience: audience, input: input, sink: self,
            // Sunday 2026-11-22 10:00 in Tehran, where clocks are 3:30 ahead.
            now: { Instant(milliseconds: 1_795_329_000_000) }, offset: { _ in 12_600 })
    }

    /// Parses and runs, as typed after `hamdel`.
    func run(_ words: String...) async throws {
        let command = try await Hamdel.asyncParseAsRoot(words)
        guard let command = command as? any DeskCommand else {
            throw ValidationError("no command: \(words)")
        }
        try await command.run(in: context)
    }
}

struct FakeInput: CommandInput {
    var isTerminal = false
    var text = ""
    var files: [String: [UInt8]] = [:]

    func readAll(limit: Int) throws -> [UInt8] { Array(text.utf8) }

    func readFile(_ path: String, limit: Int) throws -> [UInt8] {
        guard let bytes = files[path] else { throw ClientFailure.configuration("no \(path)") }
        return bytes
    }
}
