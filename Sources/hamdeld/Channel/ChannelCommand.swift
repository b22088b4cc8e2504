internal import ArgumentParser
internal import ChannelKit
internal import ConformanceKit
internal import ExecChannel
internal import FoundationEssentials
internal import Glibc
internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import HelpdeskEngine

struct ChannelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "channel",
        abstract: "For integrators: makes, runs and tests adapters; watches inboxes.",
        subcommands: [
            List.self, New.self, ChannelRunCommand.self, Test.self, Tail.self, Check.self,
        ])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The kinds of channel, and the presets of each.")
        @Flag(help: "As JSON.") var json = false

        func run() throws {
            let rows = ChannelCatalogue.rows
            guard json else {
                for row in rows {
                    Terse.say("\(row.kind)\t\(row.meaning)")
                    for preset in row.presets { Terse.say("\(row.kind)/\(preset)") }
                }
                return
            }
            let output = JSONOutput.object([
                (
                    "channels",
                    .list(
                        rows.map {
                            .object([
                                ("kind", .text($0.kind)), ("meaning", .text($0.meaning)),
                                ("presets", .list($0.presets.map(JSONOutput.text))),
                            ])
                        })
                )
            ])
            Terse.say(String(decoding: output.bytes, as: UTF8.self))
        }
    }

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes an adapter's folder that passes the kit: README, sample, test cases.")
        @Argument(help: "Its name: letters, digits, - and _.") var name: String
        @Flag(help: "In which language; a preset needs none.") var language:
            ChannelTemplate.Language
        @Option(name: .customLong("in"), help: "Where the folder goes.", completion: .directory)
        var parent = "."

        func run() throws {
            let isName =
                name.utf8.count <= 64 && name.utf8.first.map { $0 >= 0x61 && $0 <= 0x7A } == true
                && name.utf8.allSatisfy {
                    ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D
                        || $0 == 0x5F
                }
            guard isName else {
                throw ValidationError("a name begins with a small letter and has a-z, 0-9, - and _")
            }
            let folder = "\(parent)/\(name)"
            guard !FileManager.default.fileExists(atPath: folder) else {
                Terse.complain("\(folder) is there already")
                throw ExitCode(EX_USAGE)
            }
            for file in ChannelTemplate(name: name, language: language).files {
                let path = "\(folder)/\(file.path)"
                let place = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
                    .joined(separator: "/")
                try FileManager.default.createDirectory(
                    atPath: place, withIntermediateDirectories: true)
                try Data(file.text.utf8).write(to: URL(filePath: path))
                if file.isProgram { chmod(path, 0o755) }
            }
            Terse.say(folder)
            Terse.complain(language.next(folder))
        }
    }

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "The conformance kit: TAP, and the level in the last line. Exit 0 from bronze up.",
            discussion: """
                DIR is an adapter's folder: of an adapter in any language, of a preset, or of one that comes with the program. \
                What a level needs, and what a check wants: Docs/Adapter-Guide.md.
                """)
        @Argument(help: "The adapter's folder.", completion: .directory) var folder: String
        @Option(help: "Of a channel that comes with the program: only this preset's test cases.")
        var preset: String?
        @Option(help: "Only checks whose name holds this; may be repeated.") var check: [String] =
            []
        @Option(help: "Kills of the longest check.") var rounds = 50

        func run() async throws {
            let door = try ChannelDoor(AdapterFolder.absolute(folder))
            let level = try await door.test(
                preset: preset, only: check, rounds: min(max(rounds, 1), 10_000)
            ) {
                Terse.say($0)
            }
            if level < .bronze { throw ExitCode(1) }
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reaches out for each inbox and says how it stands. Exit 1 when one is down.",
            discussion:
                "An adapter of channel exec is started for it, and takes nothing in; not beside a daemon that runs it."
        )
        @OptionGroup var config: ConfigurationOption
        @Argument(help: "One inbox; without it, all of them.") var inbox: String?

        func run() async throws {
            let loaded = try config.load()
            let channels: Channels
            do {
                channels = try Channels(
                    loaded.configuration, environment: Surroundings.environment)
            } catch let failure as ConfigurationFailure {
                Terse.complain(failure.text)
                throw ExitCode(EX_CONFIG)
            }
            let wanted = channels.adapters.keys.sorted().filter {
                inbox == nil || $0.rawValue == inbox
            }
            guard !wanted.isEmpty else {
                Terse.complain("inbox \(inbox ?? "") is not configured")
                throw ExitCode(5)
            }
            var isDown = false
            for id in wanted {
                guard let adapter = channels.adapters[id] else { continue }
                let health = await Self.health(of: adapter, id, loaded)
                isDown = isDown || health.state == .down
                let action = health.action.map { " (\($0.rawValue))" } ?? ""
                Terse.say(
                    "\(id.rawValue)\t\(health.state.rawValue)\t\(health.detail ?? "")\(action)")
            }
            if isDown { throw ExitCode(1) }
        }

        private static func health(
            of adapter: any ChannelAdapter, _ id: InboxID, _ loaded: LoadedConfiguration
        ) async -> ChannelHealth {
            guard let exec = adapter as? ExecChannel else { return await adapter.check() }
            let client = ChannelControl(loaded)
            if let running = await client.health(of: id) { return running }
            return await exec.probe { Terse.complain("\(id.rawValue): \($0.text)") }
        }
    }

    struct Tail: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What passes through the running daemon's inboxes, with bodies masked.")
        @OptionGroup var config: ConfigurationOption
        @Argument(help: "One inbox; without it, all of them.") var inbox: String?
        @Flag(help: "What passed lately, and no more.") var once = false

        func run() async throws {
            let client = ChannelControl(try config.load())
            var last = 0
            repeat {
                guard let entries = await client.traffic(after: last, of: inbox) else {
                    Terse.complain("the daemon does not answer at its control socket")
                    throw ExitCode(EX_UNAVAILABLE)
                }
                for entry in entries {
                    let time = WireTime.text(Instant(milliseconds: entry.at))
                    let arrow =
                        switch entry.direction {
                        case .incoming: "→"
                        case .outgoing: "←"
                        case .word: "·"
                        }
                    Terse.say("\(time)  \(entry.inbox)  \(arrow)  \(entry.outcome)  \(entry.text)")
                    last = max(last, entry.number)
                }
                if entries.isEmpty, !once {
                    guard await Pulse.wait(.milliseconds(500)) else { return }
                }
                if once, entries.count < 200 { return }
            } while true
        }
    }
}

extension ChannelTemplate.Language: EnumerableFlag {}

/// What kinds of channel this program has.
enum ChannelCatalogue {
    struct Row {
        let kind: String
        let meaning: String
        let presets: [String]
    }

    static let rows = [
        Row(kind: "email", meaning: "mail by LMTP, a pipe or IMAP; answers by SMTP", presets: []),
        Row(
            kind: "chat-webhook", meaning: "chats and SMS by webhooks, each provider as data",
            presets: [
                "generic", "telegram", "whatsapp", "twilio", "kavenegar", "slack", "mattermost",
            ]),
        Row(
            kind: "phone-log", meaning: "calls from a phone system's log",
            presets: [
                "asterisk", "freepbx", "issabel", "freeswitch", "freeswitch-json", "3cx", "generic",
            ]),
        Row(kind: "exec", meaning: "a program of your own, in any language", presets: []),
    ]
}
