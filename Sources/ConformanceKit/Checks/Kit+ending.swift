internal import ChannelKit
internal import ExecChannel
internal import FoundationEssentials

extension Kit {
    static let endingChecks: [Check] = [
        Check("stops within its grace", .bronze) { kit, work in
            let (conversation, _) = try await kit.started(work)
            try conversation.say(HostLine.ping(1))
            try await conversation.wait("pong") { $0.pongs.contains(1) }
            switch await conversation.stop(graceMilliseconds: 3_000) {
            case .exited(0): return .passed
            case nil: return .failed("it still ran 3 s after {\"type\":\"stop\",\"grace_ms\":3000}")
            case .some(let ending):
                return .failed("told to stop, \(ending); 0 says that all is well")
            }
        },
        Check("ends when its stdin does", .silver) { kit, work in
            let (conversation, _) = try await kit.started(work)
            try conversation.say(HostLine.ping(1))
            try await conversation.wait("pong") { $0.pongs.contains(1) }
            conversation.child.closeInput()
            do throws(KitFailure) {
                try await conversation.wait("end", within: .seconds(5)) { $0.ending != nil }
            } catch {
                await conversation.kill()
                return .failed(
                    "it still ran 5 s after the end of its stdin: the daemon is gone then")
            }
            return .passed
        },
        Check("leaves nothing running", .gold) { kit, work in
            let (conversation, _) = try await kit.started(work)
            try conversation.say(HostLine.ping(1))
            try await conversation.wait("pong") { $0.pongs.contains(1) }
            _ = await conversation.stop()
            let left = Kit.processes(marked: kit.mark)
            return left.isEmpty
                ? .passed
                : .failed("still there after its end, out of its process group: \(left)")
        },
    ]

    static let overallChecks: [Check] = [
        Check("nothing but JSON on stdout", .bronze) { kit, work in
            let (conversation, _) = try await kit.started(work)
            try conversation.say(HostLine.ping(1))
            try await conversation.wait("pong") { $0.pongs.contains(1) }
            _ = await conversation.stop()
            let junk = kit.transcript.said.first { $0.first != UInt8(ascii: "{") }
            if let junk {
                return .failed(
                    "logs belong on stderr: \(String(decoding: junk.prefix(200), as: UTF8.self))")
            }
            return .passed
        },
        Check("no line beyond 1 MiB", .bronze) { kit, _ in
            kit.transcript.overlong == 0
                ? .passed : .failed("\(kit.transcript.overlong) lines were longer")
        },
        Check("keeps its secrets", .bronze) { kit, _ in
            guard !kit.secrets.isEmpty else { return .skipped("it has no secrets") }
            let mask = SecretMask(kit.secrets.values)
            let places = [
                ("stdout", kit.transcript.said), ("stderr", kit.transcript.complaints),
                ("its arguments or environment", kit.transcript.surroundings),
            ]
            for (place, lines) in places where lines.contains(where: mask.isBroken) {
                return .failed("a secret stands on \(place)")
            }
            return .passed
        },
    ]

    /// Processes with our mark in their environment.
    private static func processes(marked mark: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.filter { name in
            guard name.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
                let environment = WorkFolder.bytes("/proc/\(name)/environ")
            else { return false }
            return String(decoding: environment, as: UTF8.self).contains(mark)
        }.map { name in
            let words = WorkFolder.bytes("/proc/\(name)/cmdline") ?? []
            return String(decoding: words.map { $0 == 0 ? 0x20 : $0 }, as: UTF8.self)
        }
    }
}
