import HelpdeskAPI
import HelpdeskClient
import HelpdeskCore
import Synchronization
import Testing

struct LiveStreamTests {
    private static func event(_ position: Int64) -> API.Event {
        API.Event(
            position: Position(rawValue: position), id: "e\(position)", type: "ticket_opened",
            schema: 1, at: Timestamp(Instant(milliseconds: 0)), actor: .init(kind: "system"),
            data: [:])
    }

    private static func text(_ position: Int64) throws -> String {
        let data = String(decoding: try WireJSON.encode(event(position)), as: UTF8.self)
        return "id: \(position)\nevent: event\ndata: \(data)\n\n"
    }

    /// Runs until the transport has no more streams, and returns what was delivered.
    private static func items(_ transport: FakeTransport, after: Int64?) async -> [LiveItem] {
        let client = HelpdeskClient(transport: transport)
        let stream = LiveStream(client, sleep: { _ in }, chance: { 1 })
        var items: [LiveItem] = []
        do {
            try await stream.run(after: after.map(Position.init(rawValue:))) { items.append($0) }
        } catch {}
        return items
    }

    @Test(arguments: [
        (LiveStream.Reader.program, nil, "/stream"), (.program, 4, "/stream?after=4"),
        (.screen, nil, "/stream?screen=open"), (.screen, 4, "/stream?after=4&screen=open"),
    ])
    func `only a screen says that its agent is there`(
        reader: LiveStream.Reader, after: Int64?, target: String
    ) async {
        let transport = FakeTransport(streams: [])
        let stream = LiveStream(
            HelpdeskClient(transport: transport), for: reader, sleep: { _ in }, chance: { 1 })
        try? await stream.run(after: after.map(Position.init(rawValue:))) { _ in
            throw ClientFailure.cancelled
        }
        #expect(transport.requests.first?.target == target)
    }

    @Test func `after a break it goes on from the last position, waiting longer each time`()
        async throws
    {
        let broken = ClientFailure.interrupted("gone")
        let nobody = ClientFailure.unreachable("nobody")
        let transport = FakeTransport(streams: [
            .success(APIStream([try Self.text(4), try Self.text(6)], failure: broken)),
            .failure(nobody), .failure(nobody),
            .success(APIStream([try Self.text(7)])),
        ])
        let items = await Self.items(transport, after: 3)
        #expect(
            items == [
                .connected, .event(Self.event(4)), .event(Self.event(6)),
                .waiting(.init(milliseconds: 250), because: broken),
                .waiting(.init(milliseconds: 500), because: nobody),
                .waiting(.init(milliseconds: 1_000), because: nobody),
                .connected, .event(Self.event(7)),
                .waiting(
                    .init(milliseconds: 250),
                    because: .interrupted("the daemon ended the stream")),
            ])
        #expect(
            transport.requests.map(\.target) == [
                "/stream?after=3", "/stream?after=6", "/stream?after=6", "/stream?after=6",
                "/stream?after=7",
            ])
        #expect(
            transport.requests.map { $0.headers.first { $0.name == "Last-Event-ID" }?.value }
                == ["3", "6", "6", "6", "7"])
    }

    @Test func `without a position it begins now`() async {
        let transport = FakeTransport()
        _ = await Self.items(transport, after: nil)
        #expect(transport.requests.map(\.target) == ["/stream"])
        #expect(transport.requests.first?.headers == [.init("Accept", "text/event-stream")])
    }

    @Test func `a gap is told, and so is an event that cannot be read`() async throws {
        let transport = FakeTransport(streams: [
            .success(
                APIStream([
                    "event: resync\ndata: {\"position\":90}\n\n",
                    "id: 91\nevent: event\ndata: {\"from\":\"the future\"}\n\n",
                    "event: something_new\ndata: {}\n\n", try Self.text(92),
                ]))
        ])
        let items = await Self.items(transport, after: 1)
        #expect(
            Array(items.prefix(4)) == [
                .connected, .resync(Position(rawValue: 90)), .resync(Position(rawValue: 91)),
                .event(Self.event(92)),
            ])
        #expect(transport.requests.last?.target == "/stream?after=92")
    }

    @Test(arguments: [(401, 1), (403, 1), (404, 1), (503, 2), (429, 2), (500, 2)])
    func `a refusal ends it, a busy daemon does not`(status: Int, requests: Int) async {
        let transport = FakeTransport(streams: [.success(APIStream(["no"], status: status))])
        let items = await Self.items(transport, after: nil)
        #expect(transport.requests.count == requests)
        #expect(!items.contains(.connected))
    }

    @Test func `what the reader throws ends it`() async throws {
        struct Enough: Error {}
        let transport = FakeTransport(streams: [.success(APIStream([try Self.text(1)]))])
        let stream = LiveStream(HelpdeskClient(transport: transport), sleep: { _ in })
        await #expect(throws: Enough.self) {
            try await stream.run(after: nil) { if case .event = $0 { throw Enough() } }
        }
    }

    @Test func `waits double up to their bound, and spread`() {
        var steady = Backoff(first: .init(milliseconds: 100), longest: .init(milliseconds: 450))
        #expect(
            (0..<5).map { _ in steady.next(chance: 1).milliseconds } == [100, 200, 400, 450, 450])
        steady.reset()
        #expect(steady.next(chance: 0).milliseconds == 50)
        var long = Backoff(first: .days(10_000_000), longest: .hours(1))
        for _ in 0..<200 { #expect(long.next(chance: 2) == .hours(1)) }
    }
}
