import ChannelKit
import Foundation
import HelpdeskCore
import HelpdeskStore
import RandomKit
import TestKit
import Testing

@testable import HelpdeskEngine

/// What another desk's archive does to this one, record by record. The whole way, from outside, is Tests/EndToEnd/test_archive.py.
@Suite("An archive") struct ArchiveTests {
    private static func lively() async throws -> TestDesk {
        let desk = try await TestDesk()
        for adapter in desk.adapters.values { adapter.always(.sent(externalID: nil)) }
        let raw = Array("Message-ID: <m1@e>\r\n\r\nHello\r\n".utf8)
        let number = try await desk.ticket(
            .mail(from: "sara@e.ir", id: "m1@e", subject: "سلام", text: "Hello", raw: raw)
        ).ticket
        try await desk.reply("It is on its way.", to: number)
        try await desk.runOutbox()
        try await desk.reply("Done", to: number, then: .close(.solved))
        try await desk.runOutbox()
        desk.clock.advance(by: .minutes(90))
        _ = try await desk.ticket(.mail(from: "nima@e.ir", id: "m2@e", text: "Another thing"))
        return desk
    }

    private static func archive(of desk: TestDesk) async throws -> [String] {
        var lines: [String] = []
        var place = ArchivePlace.beginning
        while place.part != .end {
            let page = try await ArchiveExport(desk.desk, program: "test").page(from: place)
            lines += page.lines
            place = page.next
        }
        return lines
    }

    private static func take(
        _ lines: [String], into desk: TestDesk, _ mode: ArchiveBatch.Mode = .take
    ) async throws -> [ArchiveOutcome] {
        var outcomes: [ArchiveOutcome] = []
        for start in stride(from: 0, to: lines.count, by: ArchiveBatch.most) {
            let part = lines[start..<min(start + ArchiveBatch.most, lines.count)]
            outcomes += try await ArchiveImport(desk.desk).take(
                ArchiveBatch(
                    lines: part.enumerated().map {
                        .init(number: start + $0.offset + 1, text: $0.element)
                    }, mode: mode, team: nil))
        }
        return outcomes
    }

    @Test("comes in once, with its own times, and the stream's own time goes on")
    func twoTimes() async throws {
        let old = try await Self.lively()
        let new = try await TestDesk(seed: 8)
        new.clock.advance(by: .days(30))
        let lines = try await Self.archive(of: old)
        let outcomes = try await Self.take(lines, into: new)
        #expect(outcomes.filter { $0.result == .rejected } == [])
        let wanted = try await old.desk.read { reader throws(StoreError) in
            try reader.ticket(TicketNumber(rawValue: 1), viewer: .system)?.ticket.closedAt
        }
        let closed = try await new.desk.read { reader throws(StoreError) in
            try reader.ticket(TicketNumber(rawValue: 1), viewer: .system)?.ticket.closedAt
        }
        #expect(closed == wanted && wanted != nil)
        #expect(
            try new.count(
                "SELECT COUNT(*) FROM events WHERE past IS NOT NULL AND at < $1",
                [new.now.milliseconds]) == 0)
        #expect(try new.store.verify().isIntact)
        let position = new.store.writer.position
        #expect(try await Self.take(lines, into: new).allSatisfy { $0.result != .taken })
        #expect(new.store.writer.position == position)
        // Nothing is due and nothing waits.
        try await new.runOutbox()
        #expect(new.adapters.values.allSatisfy { $0.sent.isEmpty })
        // A third desk is told the same records by the same names.
        let third = try await TestDesk(seed: 9)
        third.clock.advance(by: .days(60))
        _ = try await Self.take(try await Self.archive(of: new), into: third)
        let names = { (lines: [String]) in
            Set(lines.filter { $0.contains("/t") || $0.contains("/m") })
        }
        #expect(names(try await Self.archive(of: third)) == names(lines))
    }

    @Test("that is broken in any byte breaks nothing else", .timeLimit(.minutes(5)))
    func hostileLines() async throws {
        let seed =
            ProcessInfo.processInfo.environment["HAMDEL_SEED"].flatMap(UInt64.init)
            ?? UInt64.random(in: 1...(.max))
        print("seed \(seed)")
        var random = SeededRandom(seed: seed)
        let lines = try await Self.archive(of: try await Self.lively())
        let desk = try await TestDesk(seed: 8)
        var rejected = 0
        for _ in 0..<60 {
            let torn = lines.map { Self.broken($0, &random) }
            rejected += try await Self.take(torn, into: desk).count { $0.result == .rejected }
        }
        #expect(rejected > 100)
        let report = try desk.store.verify()
        #expect(report.isIntact, "seed \(seed): \(report.differences.prefix(3))")
        // Mail still comes in.
        _ = try await desk.ticket(.mail(from: "new@e.ir", id: "n@e", text: "Hello"))
    }

    /// A third as it is; of the others a byte is another, a member is another's, or the number is one that no desk has.
    private static func broken(_ line: String, _ random: inout SeededRandom) -> String {
        var bytes = Array(line.utf8)
        switch Int.random(in: 0..<6, using: &random) {
        case 0, 1: return line
        case 2, 3:
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
                    in: 0x20...0x7E, using: &random)
            }
        case 4: bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
        default:
            let huge = ["9223372036854775807", "-1", "0", "1e400", "null", "\"x\""].randomElement(
                using: &random)
            return line.replacingOccurrences(
                of: #":\d+"#, with: ":" + (huge ?? "0"), options: .regularExpression)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        "names no file that is not in the mail",
        arguments: [(14, 8, true), (13, 8, false), (0, 8, false)])
    func ranges(_ start: Int, _ length: Int, _ isRight: Bool) async throws {
        let desk = try await TestDesk()
        let raw = Array("Subject: x\r\n\r\naGVsbG8=".utf8)
        let (mail, file) = (Digest.blob(raw).rawValue, Digest.blob(Array("hello".utf8)).rawValue)
        let by = #""by":{"kind":"customer","id":"z/c"}"#
        let at = #""at":"2021-01-01T00:00:00Z""#
        let lines = [
            #"{"type":"customer","id":"z/c",\#(at),"vip":false,"blocked":false,"segments":[],"attributes":{},"identities":[]}"#,
            #"{"type":"ticket","id":"z/t","number":5,\#(at),\#(by),"customer":"z/c","team":"support","private":false,"inbox":"support-mail","channel":"email","origin":"live","class":"regular","status":"new","priority":"normal"}"#,
            #"{"type":"blob","id":"z/b","sha256":"\#(mail)","size":\#(raw.count),"start":0,"bytes":"\#(Data(raw).base64EncodedString())"}"#,
            #"{"type":"message","id":"z/m",\#(at),\#(by),"ticket":"z/t","inbox":"support-mail","channel":"email","kind":"message","author":"customer","sender":"verified","automatic":"no","origin":"live","words":{"text":"x","files":[{"type":"text/plain"}]},"raw":"\#(mail)","attachments":[{"sha256":"\#(file)","size":5,"start":\#(start),"length":\#(length),"encoding":"base64"}],"fingerprint":"f","threading":{"rule":"none","outcome":"opened"}}"#,
        ]
        let results = try await Self.take(lines, into: desk).map(\.result)
        #expect(results == [.taken, .taken, .taken, isRight ? .taken : .rejected])
        #expect(try desk.store.verify().isIntact)
    }

    @Test("wakes nobody with a snooze that is over, and keeps one that is not")
    func snoozes() async throws {
        let old = try await Self.lively()
        let number = TicketNumber(rawValue: 2)
        try await old.perform(.snooze(old.now + .days(2)), on: number)
        let lines = try await Self.archive(of: old)
        #expect(lines.contains { $0.contains("\"snoozed\"") })
        let early = try await TestDesk(seed: 8)
        early.clock.advance(by: .days(1))
        let late = try await TestDesk(seed: 9)
        late.clock.advance(by: .days(3))
        #expect(
            try await Self.take(lines, into: late).filter { $0.result == .left }.map(\.kind)
                .contains(.change))
        _ = try await Self.take(lines, into: early)
        #expect(try early.row(number).ticket.snoozedUntil == old.now + .days(2))
        #expect(try late.row(number).ticket.snoozedUntil == nil)
    }
}
