import HelpdeskClient
import Testing

struct EventStreamParserTests {
    private static let stream =
        "\u{FEFF}:heartbeat\r\n\r\nid: 7\r\nevent: event\r\ndata: {\"a\":1}\r\n\r\n"
        + "data: one\ndata:two\ndata\n\nid\nevent: resync\rdata:  x\r\rretry: 1500\nretry: 1x\n"
        + "unknown: y\ndata: سلام\nid: a\u{0}b\n\n\n\nevent: lost\n\ndata: unfinished"

    private static let events = [
        ServerSentEvent(type: "event", data: Array("{\"a\":1}".utf8), lastID: "7"),
        ServerSentEvent(type: "message", data: Array("one\ntwo\n".utf8), lastID: "7"),
        ServerSentEvent(type: "resync", data: Array(" x".utf8), lastID: ""),
        ServerSentEvent(type: "message", data: Array("سلام".utf8), lastID: ""),
    ]

    @Test func `a stream gives the same events however it is cut in two`() throws {
        let bytes = Array(Self.stream.utf8)
        for cut in 0...bytes.count {
            var parser = EventStreamParser()
            var events = try parser.feed(Array(bytes[..<cut]))
            events += try parser.feed(Array(bytes[cut...]))
            #expect(events == Self.events, "cut at \(cut)")
            #expect(parser.retryMilliseconds == 1_500, "cut at \(cut)")
        }
    }

    @Test func `a stream gives the same events byte by byte`() throws {
        var parser = EventStreamParser()
        var events: [ServerSentEvent] = []
        for byte in Self.stream.utf8 { events += try parser.feed([byte]) }
        #expect(events == Self.events)
    }

    @Test func `an endless line or event is given up, not kept`() throws {
        let chunk = [UInt8](repeating: UInt8(ascii: "a"), count: 65_536)
        var line = EventStreamParser()
        #expect(throws: EventStreamParser.Fault.tooLong) {
            for _ in 0...64 { _ = try line.feed(chunk) }
        }
        var event = EventStreamParser()
        #expect(throws: EventStreamParser.Fault.tooLong) {
            for _ in 0...64 { _ = try event.feed(Array("data:".utf8) + chunk + [0x0A]) }
        }
    }

    @Test func `heartbeats alone cost nothing and say nothing`() throws {
        var parser = EventStreamParser()
        for _ in 0..<100_000 { #expect(try parser.feed(Array(":\n\n".utf8)).isEmpty) }
    }
}
