import HTTPTypes
import HelpdeskAPI
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import Hummingbird
import TestKit
import Testing

@testable import HelpdeskServer

/// One client of the stream: what it got so far.
private final class StreamClient: Sendable {
    let box = PieceBox()
    private let task: Task<Void, any Error>

    init(_ response: Response) {
        let writer = PieceWriter(box: box)
        task = Task { try await response.body.write(writer) }
    }

    /// Waits until as many frames with an id have arrived, and says which they are.
    func frames(_ count: Int) async -> [String] {
        for await _ in box.arrivals where names.count >= count { break }
        return names
    }

    /// Type of event and position of every frame.
    var names: [String] {
        String(decoding: box.bytes, as: UTF8.self).components(parted: "\n\n").compactMap { frame in
            let lines = frame.components(parted: "\n")
            guard let id = lines.first(where: { $0.hasPrefix("id: ") }) else { return nil }
            let name = lines.first { $0.hasPrefix("event: ") }.map { $0.dropFirst(7) } ?? ""
            let data = lines.first { $0.hasPrefix("data: ") }.map { $0.dropFirst(6) } ?? ""
            let type = (try? JSONReader.value(of: Array(data.utf8)))?["type"]?.text
            return "\(id.dropFirst(4)) \(type ?? String(name))"
        }
    }

    func end() async {
        task.cancel()
        _ = await task.result
    }
}

extension String {
    fileprivate func components(parted by: String) -> [String] {
        split(separator: by).map { String($0) }
    }
}

@Suite struct StreamScenarioTests {
    let server: ServerUnderTest

    init() async throws { server = try await ServerUnderTest() }

    private func connect(
        _ agent: AgentID = .nima, _ query: String = "", last: String? = nil
    ) async throws -> StreamClient {
        // The pump does not run here; a turn of it is what follows every commit.
        await server.server.streamPump.carry()
        var headers = ["Authorization": "Bearer \(try await server.token(agent))"]
        headers["Last-Event-ID"] = last
        let response = try await server.answer(.get, "/api/v1/stream\(query)", "", headers)
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == "text/event-stream")
        #expect(response.headers[.accelBuffering] == "no")
        return StreamClient(response)
    }

    private func mail(_ id: String, to inbox: InboxID = .supportMail) async throws -> TicketNumber {
        try await server.desk.ticket(.mail(from: "\(id)@example.ir", id: id), to: inbox).ticket
    }

    @Test func whatHappenedBeforeComesFirstAndThenWhatHappens() async throws {
        _ = try await mail("m1")
        let stored = try server.desk.types()
        let client = try await connect(.nima, "?after=0")
        let expected = stored.enumerated().map { "\($0.offset + 1) \($0.element)" }
        #expect(await client.frames(stored.count) == expected)
        _ = try await mail("m2")
        await server.server.streamPump.carry()
        let all = try server.desk.types()
        #expect(
            await client.frames(all.count)
                == all.enumerated().map { "\($0.offset + 1) \($0.element)" })
        await client.end()
    }

    @Test func aReconnectGoesOnWhereItStopped() async throws {
        _ = try await mail("m1")
        let last = server.desk.position.rawValue
        _ = try await mail("m2")
        let client = try await connect(.nima, "?after=0", last: "\(last)")
        let names = await client.frames(1)
        #expect(names.first?.hasPrefix("\(last + 1) ") == true)
        await client.end()
    }

    @Test func aPlaceFromAnotherHistoryIsAResync() async throws {
        _ = try await mail("m1")
        let client = try await connect(.nima, "?after=999999")
        #expect(await client.frames(1) == ["\(server.desk.position.rawValue) resync"])
        await client.end()
    }

    @Test func aPrivateTeamsTicketIsSkippedAndOneThatMovesThereLeaves() async throws {
        let client = try await connect(.leila)
        let member = try await connect(.hami)
        _ = await client.box.arrivals.first { _ in true }
        _ = await member.box.arrivals.first { _ in true }
        let start = server.desk.position.rawValue
        let open = try await mail("m1")
        _ = try await mail("p1", to: .peopleMail)
        try await server.desk.perform(.transfer(.people, brief: nil), on: open)
        await server.server.streamPump.carry()
        let events = try server.desk.events(after: Position(rawValue: start))
        let types = try server.desk.types(after: Position(rawValue: start))
        let moved = try #require(types.lastIndex(of: "ticket_transferred"))
        let seen = await client.frames(1)
        #expect(seen.contains("\(Int(start) + moved + 1) ticket_hidden"))
        #expect(seen.filter { $0.hasSuffix("ticket_hidden") }.count == 1)
        #expect(!seen.contains { $0.hasSuffix("ticket_transferred") })
        let hidden = Set(events.filter { $0.ticket != nil }.map { "\($0.position.rawValue)" })
        let leaked = seen.filter { !$0.hasSuffix("ticket_hidden") }
            .filter { hidden.contains($0.components(parted: " ")[0]) }
        #expect(leaked == [], "both tickets are out of sight now")
        let whole = await member.frames(types.count)
        #expect(whole.contains("\(Int(start) + moved + 1) ticket_transferred"))
        await client.end()
        await member.end()
    }

    @Test func theBeatIsAComment() async throws {
        let client = try await connect()
        var arrivals = client.box.arrivals.makeAsyncIterator()
        _ = await arrivals.next()
        // The client may not wait yet; beats go on until one arrives.
        let beats = Task {
            while !Task.isCancelled {
                server.server.streamPump.feed.beat()
                await Task.yield()
            }
        }
        let piece = try #require(await arrivals.next())
        beats.cancel()
        #expect(String(decoding: piece, as: UTF8.self) == ": still here\n\n")
        await client.end()
    }

    @Test func theDrainEndsEveryStream() async throws {
        let client = try await connect()
        server.server.streamPump.feed.finish()
        for await _ in client.box.arrivals {}
        await client.end()
    }

    @Test func anAgentHasABoundedNumberOfStreams() async throws {
        let server = try await ServerUnderTest(
            limits: ServerLimits(
                apiPerMinute: 0, webhookPerSecond: 0, surveyPostsPerMinute: 0, streamsPerAgent: 0))
        #expect(try await server.ask(.get, "/stream").problem == "429 rate_limited")
    }

    @Test func withNobodyListeningNothingIsRead() async throws {
        _ = try await mail("m1")
        let pump = server.server.streamPump
        await pump.carry()
        #expect(pump.feed.position == server.desk.position)
        #expect(
            pump.feed.next(after: StreamPlace(position: .start, glance: 0), for: .nima)
                == .behind(server.desk.position))
    }
}
