internal import ChannelKit
internal import ExecChannel

extension Kit {
    static let folderChecks: [Check] = [
        Check("README, sample and fixtures are there", .silver) { kit, _ in
            guard kit.folder.hasReadme else {
                return .failed("README.md is missing, or says next to nothing")
            }
            guard kit.folder.sample != nil else { return .failed("sample.toml is missing") }
            guard !kit.folder.fixtures.isEmpty else {
                return .failed(
                    "testcases holds no .json or .jsonl; `hamdeld channel run --record` makes one")
            }
            return .passed
        },
        Check("the sample loads", .silver) { kit, _ in
            guard let sample = kit.folder.sample else { return .failed("sample.toml is missing") }
            let faults = kit.faultsOfSample(sample)
            return faults.isEmpty ? .passed : .failed(faults.joined(separator: "\n"))
        },
    ]

    static let handshakeChecks: [Check] = [
        Check("says hello", .bronze) { kit, work in
            let conversation = kit.open(work)
            let hello = try await conversation.greet()
            _ = await conversation.stop()
            guard hello.version == 1 else {
                return .failed("expected \"protocol\": 1, got \(hello.version)")
            }
            guard hello.name != "unnamed" else { return .failed("adapter.name is missing") }
            return .passed
        },
        Check("says the same hello each time", .silver) { kit, work in
            let first = kit.open(work)
            let before = try await first.greet()
            _ = await first.stop()
            let second = kit.open(work)
            let after = try await second.greet()
            _ = await second.stop()
            return before.capabilities == after.capabilities && before.name == after.name
                && before.takesWebhooks == after.takesWebhooks && before.schema == after.schema
                ? .passed : .failed("two starts, two hellos: capabilities are data")
        },
        Check("takes version 1 where others are offered", .silver) { kit, work in
            let conversation = kit.open(work)
            let hello = try await conversation.greet(versions: [1, 98, 99])
            _ = await conversation.stop()
            return hello.version == 1 ? .passed : .failed("it chose \(hello.version)")
        },
        Check("gives up where only unknown versions are offered", .silver) { kit, work in
            let conversation = kit.open(work)
            try conversation.say(
                HostLine.hello(spool: work.spool.path, inbox: "kit", versions: [99]))
            do throws(KitFailure) {
                try await conversation.wait("end") { $0.ending != nil || $0.hello != nil }
            } catch {
                await conversation.kill()
                return .failed("it neither ended nor answered within 10 s")
            }
            defer { conversation.child.kill() }
            if let hello = conversation.hello {
                return .failed("it said hello with version \(hello.version), which was not offered")
            }
            return conversation.ending == .exited(0)
                ? .failed("it ended with 0, as if all were well") : .passed
        },
        Check("passes over what it does not know", .bronze) { kit, work in
            let conversation = kit.open(work)
            try conversation.say(
                raw:
                    #"{"type":"hello","protocol":[1],"inbox":"kit","spool":"\#(work.spool.path)","later":{"a":[1,{}]}}"#
            )
            try await conversation.wait("hello") { $0.hello != nil }
            try conversation.say(raw: #"{"type":"from-the-future","seq":1,"id":"x"}"#)
            try conversation.say(
                HostLine.start(
                    config: kit.folder.config(in: work.work), secrets: kit.secrets, cursor: nil,
                    credit: 4))
            try conversation.say(raw: #"{"type":"from-the-future"}"#)
            try conversation.say(raw: #"{"type":"ping","n":41,"later":true}"#)
            try await conversation.wait("pong") { $0.pongs.contains(41) }
            _ = await conversation.stop()
            return .passed
        },
        Check("answers pings", .bronze) { kit, work in
            let (conversation, _) = try await kit.started(work)
            for number in Int64(1)...5 {
                try conversation.say(HostLine.ping(number))
                try await conversation.wait("pong \(number)", within: .seconds(5)) {
                    $0.pongs.last == number
                }
            }
            _ = await conversation.stop()
            return conversation.pongs == [1, 2, 3, 4, 5]
                ? .passed : .failed("asked 1 to 5, answered \(conversation.pongs)")
        },
    ]

    static let configurationChecks: [Check] = [
        Check("says what is missing in its configuration", .silver) { kit, work in
            let schema = try await kit.schema(work)
            guard !schema.required.isEmpty else { return .skipped("it requires nothing") }
            for name in schema.required {
                var config = kit.folder.config(in: work.work)
                config[name] = nil
                try await kit.expectMisfit(config, kit.secrets, work, "without config.\(name)")
            }
            return .passed
        },
        Check("says what is of the wrong type in its configuration", .silver) { kit, work in
            let schema = try await kit.schema(work)
            let described = schema.kinds.keys.sorted()
            guard !described.isEmpty else {
                return kit.folder.config.isEmpty
                    ? .skipped("it has no configuration")
                    : .failed(
                        "config_schema describes no properties, so that nobody can check them")
            }
            for name in described {
                var config = kit.folder.config(in: work.work)
                config[name] = schema.kinds[name] == .boolean ? .text("perhaps") : .boolean(true)
                try await kit.expectMisfit(config, kit.secrets, work, "with a wrong config.\(name)")
            }
            return .passed
        },
        Check("says which secret is missing", .silver) { kit, work in
            guard !kit.secrets.isEmpty else { return .skipped("it has no secrets") }
            try await kit.expectMisfit(
                kit.folder.config(in: work.work), [:], work, "without its secrets")
            return .passed
        },
    ]

    private func schema(_ work: WorkFolder) async throws(KitFailure) -> ConfigSchema {
        let conversation = open(work)
        let hello = try await conversation.greet()
        _ = await conversation.stop()
        return hello.schema
    }

    /// Exit 78, or a word that the configuration must be mended, within 10 s.
    private func expectMisfit(
        _ config: [String: ChannelConfiguration.Value], _ secrets: [String: String],
        _ work: WorkFolder, _ what: String
    ) async throws(KitFailure) {
        let conversation = open(work)
        _ = try await conversation.greet()
        try conversation.say(
            HostLine.start(config: config, secrets: secrets, cursor: nil, credit: 4))
        do throws(KitFailure) {
            try await conversation.wait("word") {
                $0.ending != nil || $0.health.contains { $0.action == .fixConfiguration }
            }
        } catch {
            await conversation.kill()
            throw KitFailure(
                "started \(what), it neither ended with 78 nor said {\"type\":\"health\",\"state\":\"down\",\"action\":\"fix-config\"} within 10 s"
            )
        }
        let ending = conversation.ending
        await conversation.kill()
        guard ending == nil || ending == .exited(78) else {
            throw KitFailure(
                "started \(what), \(ending.map { "\($0)" } ?? ""); 78 says that it must not be started again"
            )
        }
    }
}
