public import HelpdeskAPI
public import HelpdeskCore

/// What a live stream tells.
public enum LiveItem: Hashable, Sendable {
    case connected
    case event(API.Event)
    /// Who looks at a ticket now; no event of the stream.
    case attention(API.Attention)
    /// Something was missed that cannot be made up: read again what is shown, then go on from here.
    case resync(Position)
    /// Not connected; it is tried again after this wait.
    case waiting(TimeSpan, because: ClientFailure)
}

/// The daemon's events as they happen, without gaps: after a broken connection it goes on from the last position
/// seen.
public struct LiveStream: Sendable {
    private let client: HelpdeskClient
    private let reader: Reader
    private let sleep: @Sendable (TimeSpan) async throws -> Void
    private let chance: @Sendable () -> Double

    /// Who looks at it: while a screen's stream is open, its agent is there for chats (`[routing] screen_grace`).
    public enum Reader: Hashable, Sendable { case screen, program }

    public init(
        _ client: HelpdeskClient, for reader: Reader = .program,
        sleep: @escaping @Sendable (TimeSpan) async throws -> Void = Self.realSleep,
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
    ) {
        self.client = client
        self.reader = reader
        self.sleep = sleep
        self.chance = chance
    }

    @Sendable public static func realSleep(_ span: TimeSpan) async throws {
        try await Task.sleep(for: .milliseconds(max(0, span.milliseconds)))
    }

    /// Delivers until the task is cancelled, `deliver` throws, or the daemon refuses for good (not signed in, not
    /// allowed). The stream waits while `deliver` works. `after` nil: from now on.
    public func run(
        after: Position?, deliver: (LiveItem) async throws -> Void
    ) async throws {
        var position = after
        var backoff = Backoff()
        while !Task.isCancelled {
            var failure = ClientFailure.interrupted("the daemon ended the stream")
            do {
                try await follow(&position, &backoff, deliver)
            } catch let error as ClientFailure {
                failure = error
            } catch let fault as EventStreamParser.Fault {
                failure = .notUnderstood("an event is too long: \(fault)")
            }
            guard failure.mayPass else { throw failure }
            let wait = backoff.next(chance: chance())
            try await deliver(.waiting(wait, because: failure))
            try await sleep(wait)
        }
        throw ClientFailure.cancelled
    }

    /// One connection, from its beginning to its end.
    private func follow(
        _ position: inout Position?, _ backoff: inout Backoff,
        _ deliver: (LiveItem) async throws -> Void
    ) async throws {
        let query = PercentEncoding.query([
            ("after", position.map { String($0.rawValue) }),
            ("screen", reader == .screen ? "open" : nil),
        ])
        var request = APIRequest(.get, "/stream" + query)
        request.headers.append(.init("Accept", "text/event-stream"))
        if let position {
            request.headers.append(.init("Last-Event-ID", String(position.rawValue)))
        }
        let stream = try await client.transport.stream(request)
        guard stream.status == 200 else { throw try await Self.refusal(stream) }
        try await deliver(.connected)
        var parser = EventStreamParser()
        for try await chunk in stream.chunks {
            for event in try parser.feed(chunk) {
                guard let item = try Self.item(event) else { continue }
                switch item {
                case .event(let event): position = event.position
                case .resync(let place): position = place
                case .connected, .waiting, .attention: break
                }
                backoff.reset()
                try await deliver(item)
            }
        }
    }

    /// Nil for a kind of message that a newer daemon sends.
    static func item(_ event: ServerSentEvent) throws(ClientFailure) -> LiveItem? {
        switch event.type {
        case "event", "message", "ticket_hidden":
            if let known = try? WireJSON.decode(API.Event.self, from: event.data) {
                return .event(known)
            }
            // Never a silent gap, and never the same stumbling block for ever.
            guard let place = Int64(event.lastID) else {
                throw .notUnderstood("an event of the stream")
            }
            return .resync(Position(rawValue: place))
        case "attention":
            // Of a newer daemon, perhaps: nothing depends on it.
            return (try? WireJSON.decode(API.Attention.self, from: event.data))
                .map(LiveItem.attention)
        case "resync":
            return .resync(try HelpdeskClient.decode(Resync.self, event.data).position)
        default:
            return nil
        }
    }

    private struct Resync: Decodable { let position: Position }

    private static func refusal(_ stream: APIStream) async throws -> ClientFailure {
        var body: [UInt8] = []
        for try await chunk in stream.chunks {
            body += chunk
            if body.count > 65_536 { break }
        }
        return HelpdeskClient.problem(
            APIResponse(status: stream.status, headers: stream.headers, body: body))
    }
}

extension ClientFailure {
    /// Whether time alone may put it right.
    var mayPass: Bool {
        switch self {
        case .unreachable, .interrupted, .notUnderstood: true
        case .problem(let problem, _): problem.status >= 500 || problem.status == 429
        case .configuration, .local, .cancelled: false
        }
    }
}
