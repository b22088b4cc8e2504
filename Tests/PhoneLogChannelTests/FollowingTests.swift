import ChannelKit
import Foundation
import HelpdeskCore
import RandomKit
import Testing

@testable import PhoneLogChannel

@Suite("A log that grows is followed")
struct FollowingTests {
    private let folder: URL
    private var log: URL { folder.appending(path: "Master.csv") }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "log-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private static let now = Instant(milliseconds: 1_795_239_000_000)

    private static func row(_ number: Int, _ disposition: String = "NO ANSWER") -> String {
        #""","0912000\#(1000 + number)","2200","from-pstn","x","SIP/trunk-1","SIP/2200-1","Dial","",2026-11-21 05:00:00,,2026-11-21 05:00:09,9,0,\#(disposition),DOCUMENTATION,"1795.\#(number)","""#
            + "\n"
    }

    private func channel(_ values: [String: ChannelConfiguration.Value] = [:]) throws
        -> PhoneLogChannel
    {
        var all: [String: ChannelConfiguration.Value] = [
            "region": .text("IR"), "path": .text(log.path), "follow_from": .text("start"),
        ]
        for (key, value) in values { all[key] = value }
        return try PhoneLogChannel(
            configuration: ChannelConfiguration(
                inbox: InboxID(rawValue: "phones"), values: all, zone: .utc),
            secrets: ChannelSecrets(live: []))
    }

    private func append(_ text: String, to file: URL? = nil) throws {
        let file = file ?? log
        if !FileManager.default.fileExists(atPath: file.path) {
            try Data().write(to: file)
        }
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.utf8))
    }

    private func follower(
        _ host: CursorHost, path: String? = nil,
        _ values: [String: ChannelConfiguration.Value] = [:]
    ) throws -> PhoneLogFollower {
        PhoneLogFollower(
            try channel(values), path: path ?? log.path, from: host.cursor, host: host)
    }

    @Test(
        "rows come once their line is whole and nothing more follows; a restart goes on behind them"
    )
    func grows() async throws {
        let host = CursorHost(now: Self.now)
        var follower = try follower(host)
        try await follower.look()
        try append(Self.row(1) + Self.row(2) + Self.row(3).prefix(30))
        for _ in 0..<3 { try await follower.look() }
        #expect(host.numbers == ["+989120001001", "+989120001002"])
        try append(String(Self.row(3).dropFirst(30)))
        // A restart in the middle of it: the cursor stands before the half line.
        follower = try self.follower(host)
        for _ in 0..<3 { try await follower.look() }
        #expect(host.numbers == ["+989120001001", "+989120001002", "+989120001003"])
        #expect(host.duplicates == 0)
        for _ in 0..<3 { try await follower.look() }
        #expect(host.duplicates == 0)
    }

    @Test("a new inbox begins at the end of its log, unless all of it is wanted")
    func end() async throws {
        try append(Self.row(1) + Self.row(2) + "half a l")
        let host = CursorHost(now: Self.now)
        var follower = try follower(host, ["follow_from": .text("end")])
        try await follower.look()
        try append("ine\n" + Self.row(3))
        for _ in 0..<3 { try await follower.look() }
        #expect(host.numbers == ["+989120001003"])
        // The rest of the line that was being written is no row, and is kept as what it is.
        #expect(host.quarantined.count == 1)
        #expect(host.quarantined[0].contains("line 1"))
    }

    @Test(
        "rotation: what was added to the old file is read first, then the new one from its beginning"
    )
    func rotation() async throws {
        let host = CursorHost(now: Self.now)
        var follower = try follower(host)
        try append(Self.row(1))
        for _ in 0..<2 { try await follower.look() }
        try append(Self.row(2))
        try FileManager.default.moveItem(at: log, to: folder.appending(path: "Master.csv.1"))
        try append(Self.row(3) + Self.row(4))
        // Seen by a daemon that was down meanwhile.
        follower = try self.follower(host)
        for _ in 0..<3 { try await follower.look() }
        #expect(
            host.numbers == ["+989120001001", "+989120001002", "+989120001003", "+989120001004"])
        #expect(host.duplicates == 0)
    }

    @Test(
        "truncation: a log that was cut off is read from its beginning, even when it has grown past the old place"
    )
    func truncation() async throws {
        let host = CursorHost(now: Self.now)
        var follower = try follower(host)
        try append(Self.row(1) + Self.row(2))
        for _ in 0..<3 { try await follower.look() }
        try Data(Self.row(3).utf8).write(to: log, options: [])
        for _ in 0..<3 { try await follower.look() }
        #expect(host.numbers.last == "+989120001003")
        // copytruncate, and five rows before the next look.
        let handle = try FileHandle(forWritingTo: log)
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: Data((4...8).map { Self.row($0) }.joined().utf8))
        try handle.close()
        for _ in 0..<3 { try await follower.look() }
        #expect(host.numbers.count == 8)
        #expect(host.numbers.last == "+989120001008")
    }

    @Test("names of columns are known again after a restart")
    func names() async throws {
        let host = CursorHost(now: Self.now)
        let values: [String: ChannelConfiguration.Value] = ["preset": .text("generic")]
        try append("When,Caller,To,Start\n,09120001001,2200,2026-11-21 05:00:00\n")
        var follower = try follower(host, values)
        for _ in 0..<2 { try await follower.look() }
        try append(",09120001002,2200,2026-11-21 05:01:00\n")
        follower = try self.follower(host, values)
        for _ in 0..<2 { try await follower.look() }
        #expect(host.numbers == ["+989120001001", "+989120001002"])
    }

    @Test(
        "a folder: each file once, also those without an end to their last line; hidden and half-copied ones are left alone"
    )
    func watched() async throws {
        let host = CursorHost(now: Self.now)
        try append(Self.row(1), to: folder.appending(path: "a.csv"))
        try append(String(Self.row(2).dropLast()), to: folder.appending(path: "b.csv"))
        try append(Self.row(3), to: folder.appending(path: ".hidden.csv"))
        try append(Self.row(4), to: folder.appending(path: "c.csv.part"))
        var follower = try follower(host, path: folder.path)
        for _ in 0..<(PhoneLogFollower.patience + 3) { try await follower.look() }
        #expect(host.numbers == ["+989120001001", "+989120001002"])
        try append(Self.row(5), to: folder.appending(path: "d.csv"))
        follower = try self.follower(host, path: folder.path)
        for _ in 0..<3 { try await follower.look() }
        #expect(host.numbers == ["+989120001001", "+989120001002", "+989120001005"])
        #expect(host.duplicates == 0)
    }

    @Test(
        "a host that keeps nothing loses nothing; deaths at every step neither lose nor double a call"
    )
    func deaths() async throws {
        let host = CursorHost(now: Self.now)
        let seed: UInt64 = 4242
        var random = SeededRandom(seed: seed)
        var expected = 0
        var kills = 0
        var follower = try follower(host)
        for round in 0..<60 {
            let count = Int(random.next() % 4)
            for _ in 0..<count {
                try append(Self.row(expected))
                expected += 1
            }
            if random.next() % 7 == 0 {
                let rotated = folder.appending(path: "Master.csv.\(round)")
                if FileManager.default.fileExists(atPath: log.path) {
                    try FileManager.default.moveItem(at: log, to: rotated)
                }
            }
            if random.next() % 3 == 0 { host.refuseNext(.busy(retryAfter: .seconds(1))) }
            if random.next() % 3 == 0 { host.dieAfterNext() }
            do {
                for _ in 0..<3 { try await follower.look() }
            } catch {
                // The process is gone: what it held is gone with it.
                kills += 1
                follower = try self.follower(host)
            }
        }
        host.live()
        follower = try self.follower(host)
        for _ in 0..<4 { try await follower.look() }
        let wanted = (0..<expected).map { "+98912000\(1000 + $0)" }
        #expect(Set(host.numbers) == Set(wanted), "seed \(seed)")
        #expect(host.numbers.count == expected, "seed \(seed)")
        print(
            "followed log: \(expected) rows, \(kills) deaths and refusals, seed \(seed): 0 lost, 0 doubled"
        )
    }
}
