import Foundation
import Synchronization
import Testing

@testable import ExecChannel

@Suite("Children")
struct ChildProcessTests {
    private static func child(
        _ words: String..., environment: [String] = ["PATH=/usr/bin:/bin"],
        complain: @escaping @Sendable ([UInt8]) -> Void = { _ in }
    ) -> ChildProcess {
        let child = ChildProcess(
            ChildProcess.Command(words: words, environment: environment, folder: "/"),
            complain: complain)
        child.start()
        return child
    }

    private static func events(
        _ child: ChildProcess, within seconds: Int = 30
    ) async -> [ChildProcess.Event] {
        let deadline = ContinuousClock.now + .seconds(seconds)
        var events: [ChildProcess.Event] = []
        while ContinuousClock.now < deadline {
            guard let event = await child.next(within: .seconds(1)) else { continue }
            events.append(event)
            if case .ended = event { return events }
        }
        return events
    }

    @Test("what is written comes back, in order, megabytes of it, and it ends with its stdin")
    func echo() async {
        let child = Self.child("cat")
        let line = [UInt8](repeating: 0x61, count: 200_000)
        let count = 40
        async let found = Self.events(child)
        for _ in 0..<count {
            while child.write(line) == .refused { await Task.yield() }
        }
        child.closeInput()
        #expect(
            await found
                == [ChildProcess.Event](repeating: .line(line), count: count) + [
                    .ended(.exited(0))
                ])
        #expect(child.hasTaken(count))
        #expect(child.write(line) == .refused)
        #expect(await child.next(within: .seconds(5)) == nil, "nothing comes after the end")
    }

    @Test("one that talks is not read beyond the bound, and one that is deaf refuses")
    func bounds() async {
        let talker = Self.child("yes")
        for _ in 0..<200 where !talker.isTalking { try? await Task.sleep(for: .milliseconds(20)) }
        try? await Task.sleep(for: .milliseconds(200))
        let (lines, bytes) = talker.state.withLock { ($0.events.count, $0.eventBytes) }
        // One read may bring many short lines at once.
        #expect(
            lines <= ChildProcess.inboundLines + 16_384
                && bytes <= ChildProcess.inboundBytes + 32_768)
        talker.kill()
        #expect(await Self.events(talker).last == .ended(.signalled(9)))

        let deaf = Self.child("sleep", "1000")
        var taken = 0
        while case .accepted = deaf.write([UInt8](repeating: 1, count: 100_000)), taken < 1_000 {
            taken += 1
        }
        #expect(taken < 45)
        deaf.kill()
        #expect(await Self.events(deaf) == [.ended(.signalled(9))])
    }

    @Test("a line beyond the bound ends the talk")
    func overlong() async {
        let child = Self.child(
            "sh", "-c",
            "trap '' PIPE; head -c 3000000 /dev/zero | tr '\\0' x; echo; echo after; sleep 60")
        var events: [ChildProcess.Event] = []
        while events.last != .overlong, let event = await child.next(within: .seconds(20)) {
            events.append(event)
        }
        #expect(events == [.overlong])
        child.kill()
        #expect(await Self.events(child).last == .ended(.signalled(9)))
    }

    @Test("its whole group ends with it")
    func group() async throws {
        let child = Self.child("sh", "-c", "sleep 999 & echo $!; exit 3")
        guard case .line(let digits)? = await child.next(within: .seconds(20)) else {
            Issue.record("it said nothing")
            return
        }
        let grandchild = try #require(Int32(String(decoding: digits, as: UTF8.self)))
        #expect(await Self.events(child).last == .ended(.exited(3)))
        for _ in 0..<200 where kill(grandchild, 0) == 0 {
            try await Task.sleep(for: .milliseconds(20))
        }
        // Nobody of that number, or one that waits to be reaped by init.
        let state =
            (try? String(contentsOfFile: "/proc/\(grandchild)/stat", encoding: .utf8)) ?? "Z"
        #expect(kill(grandchild, 0) != 0 || state.contains(") Z"))
    }

    @Test("nothing of ours is in it: environment, files, signals, cores; and it stands back")
    func surroundings() async {
        setenv("HAMDEL_TEST_SECRET", "geheim", 1)
        let child = Self.child(
            "sh", "-c",
            "env | sort; ls /proc/self/fd | wc -l; grep SigIgn /proc/self/status; ulimit -c; nice",
            environment: ["PATH=/usr/bin:/bin", "A=b"])
        let lines = await Self.events(child).compactMap { event -> String? in
            if case .line(let bytes) = event { String(decoding: bytes, as: UTF8.self) } else { nil }
        }
        #expect(!lines.joined().contains("geheim"))
        #expect(lines.contains("A=b"))
        let ignored = lines.compactMap { line in
            line.hasPrefix("SigIgn:\t") ? UInt64(line.dropFirst(8), radix: 16) : nil
        }
        // 32 and 33 are the C library's own, which lets nobody change them: whoever started the tests may ignore them.
        #expect(ignored.map { $0 & ~(3 << 31) } == [0])
        // stdin, stdout, stderr, and the folder that ls reads.
        #expect(lines.contains("4"))
        #expect(lines.suffix(2).first == "0")
        #expect(Int(lines.last ?? "").map { $0 >= 5 } == true)
    }

    @Test("stderr comes line by line, in bounded pieces")
    func complaints() async {
        let heard = Mutex<[[UInt8]]>([])
        let child = Self.child(
            "sh", "-c",
            "echo one >&2; head -c 5000 /dev/zero | tr '\\0' x >&2; echo >&2; printf last >&2",
            complain: { line in heard.withLock { $0.append(line) } })
        #expect(await Self.events(child) == [.ended(.exited(0))])
        #expect(heard.withLock { $0.map(\.count) } == [3, 1_000, 4])
    }

    @Test("what cannot be started says why")
    func missing() async {
        let child = Self.child("/nonexistent/program")
        let events = await Self.events(child)
        guard case .ended(.notStarted(let reason))? = events.last else {
            Issue.record("\(events)")
            return
        }
        #expect(reason.contains("No such file"))
    }
}

@Suite("The spool")
struct SpoolFolderTests {
    @Test("plain files inside are read, everything else is refused")
    func paths() async throws {
        let base =
            FileManager.default.temporaryDirectory.path
            + "/hamdel-spool-\(UInt32.random(in: 0 ... .max))"
        let spool = SpoolFolder(path: base + "/spool")
        #expect(await spool.prepare() == nil)
        try Data("secret".utf8).write(to: URL(filePath: base + "/outside"))
        try Data("good".utf8).write(to: URL(filePath: spool.path + "/in/good"))
        try Data("twin".utf8).write(to: URL(filePath: spool.path + "/in/twin"))
        link(spool.path + "/in/twin", spool.path + "/in/twin2")
        symlink(base + "/outside", spool.path + "/in/link")
        symlink(base, spool.path + "/in/folder")
        mkfifo(spool.path + "/in/pipe", 0o600)
        #expect(try spool.read("in/good", at: "x") == Array("good".utf8))
        #expect(try spool.read(spool.path + "/in/good", at: "x") == Array("good".utf8))
        for path in [
            "", "/", ".", "..", "../outside", "in/../in/good", "in//good", "in/./good", "in/link",
            "in/folder/outside",
            "in/pipe", "in", "in/missing", "in/twin", base + "/outside", "/etc/passwd",
            "in/good\u{0}",
            String(repeating: "a/", count: 20) + "b", "in/" + String(repeating: "n", count: 300),
        ] {
            #expect(throws: (any Error).self, "\(path)") { try spool.read(path, at: "x") }
        }
        #expect(await spool.prepare() == nil, "it is emptied at a start")
        #expect(throws: (any Error).self) { try spool.read("in/good", at: "x") }
        #expect(FileManager.default.fileExists(atPath: base + "/outside"), "no link is followed")
        await spool.remove()
        #expect(!FileManager.default.fileExists(atPath: spool.path))
        try FileManager.default.removeItem(atPath: base)
    }
}
