internal import ArgumentParser
internal import ChannelKit
internal import ConformanceKit
internal import Dispatch
internal import ExecChannel
internal import FoundationEssentials
internal import Glibc
internal import HelpdeskCore

/// `hamdeld channel run DIR`: the daemon's part is played by a person.
struct ChannelRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Talks with an adapter by hand; both directions are shown.",
        discussion: """
            What can be typed: `put TEXT` (a customer writes: the folder's provider is asked) · `send TEXT` (an agent answers) · \
            `ack` · `nack [MS]` · `ping` · `stop` · a whole line of the protocol that begins with {. \
            Without --manual each deliver line is acknowledged at once.
            """)
    @Argument(help: "The adapter's folder.", completion: .directory) var folder: String
    @Option(help: "Keeps what the adapter says as testcases/NAME.jsonl, secrets masked.")
    var record: String?
    @Flag(help: "Acknowledges nothing by itself.") var manual = false

    func run() async throws {
        let adapter: AdapterFolder
        do throws(KitFailure) {
            adapter = try AdapterFolder(folder)
        } catch {
            Terse.complain(error.description)
            throw ExitCode(EX_USAGE)
        }
        let parent =
            FileManager.default.temporaryDirectory.path
            + "/hamdel-run-\(Surroundings.random(4).map { String($0) }.joined())"
        defer { WorkFolder.remove(parent) }
        let desk = try await HandDesk(adapter, in: parent, mode: manual ? .manual : .acknowledging)
        await desk.run()
        if let record { try keep(desk.said, as: record, in: adapter) }
    }

    private func keep(_ lines: [String], as name: String, in adapter: AdapterFolder) throws {
        let plain = name.utf8.allSatisfy {
            ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x41 && $0 <= 0x5A) || ($0 >= 0x30 && $0 <= 0x39)
                || $0 == 0x2D || $0 == 0x5F
        }
        guard plain, !name.isEmpty else {
            throw ValidationError("a fixture's name has letters, digits, - and _")
        }
        let path = "\(adapter.path)/testcases/\(name).jsonl"
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: path))
        Terse.complain("\(lines.count) lines kept as \(path)")
    }
}

/// A desk whose only agent sits at this terminal.
private final class HandDesk {
    enum Mode { case manual, acknowledging }

    private let adapter: AdapterFolder
    private let work: WorkFolder
    private let mode: Mode
    private let child: ChildProcess
    private let mask: SecretMask
    private let typed = TypedLines()
    private(set) var said: [String] = []
    private var open: [Int64] = []
    private var hasStarted = false
    private var count: Int64 = 0

    init(_ adapter: AdapterFolder, in parent: String, mode: Mode) async throws {
        self.adapter = adapter
        self.mode = mode
        work = try await WorkFolder(in: parent, name: "run")
        mask = SecretMask(adapter.secrets.map { "run-secret-\($0)" })
        child = ChildProcess(
            ChildProcess.Command(
                words: adapter.command, environment: ExecEnvironment.variables(),
                folder: work.spool.path)
        ) { Terse.complain("   log  \(String(decoding: $0, as: UTF8.self))") }
    }

    func run() async {
        child.start()
        typed.start { [child] in child.nudge() }
        say(HostLine.hello(spool: work.spool.path, inbox: "run"))
        while true {
            switch await child.next(within: .seconds(3_600)) {
            case .line(let line): hear(line)
            case .overlong:
                Terse.say("   the adapter said a line beyond 1 MiB: it would be ended")
                child.kill()
            case .ended(let ending): return Terse.say("   \(ending)")
            case nil: break
            }
            while let line = typed.next() {
                guard let line else {
                    child.closeInput()
                    break
                }
                await obey(line)
            }
        }
    }

    private func say(_ line: JSONOutput) {
        let bytes = line.bytes
        Terse.say("→  \(mask.masked(bytes))")
        if child.write(bytes) == .refused { Terse.say("   the adapter does not listen") }
    }

    private func hear(_ bytes: [UInt8]) {
        let text = mask.masked(bytes)
        Terse.say("←  \(text)")
        said.append(text)
        do throws(JSONFault) {
            switch try AdapterLine.read(bytes, now: Instant(milliseconds: 0)) {
            case .hello where !hasStarted:
                hasStarted = true
                let secrets = Dictionary(
                    uniqueKeysWithValues: adapter.secrets.map { ($0, "run-secret-\($0)") })
                say(
                    HostLine.start(
                        config: adapter.config(in: work.work), secrets: secrets, cursor: nil,
                        credit: 16))
            case .deliver(let delivery):
                open.append(delivery.sequence)
                if mode == .acknowledging { acknowledge() }
            default: break
            }
        } catch {
            Terse.say("   that cannot be read: \(error)")
        }
    }

    private func acknowledge() {
        for sequence in open { say(HostLine.ack(sequence)) }
        open = []
    }

    private func obey(_ line: String) async {
        let (word, rest) = Self.split(line)
        switch word {
        case "": return
        case "ack": acknowledge()
        case "nack":
            for sequence in open {
                say(HostLine.nack(sequence, after: Int64(rest) ?? 1_000, reason: "by hand"))
            }
            open = []
        case "ping":
            count += 1
            say(HostLine.ping(count))
        case "stop": say(HostLine.stop(graceMilliseconds: 10_000))
        case "put": await put(rest)
        case "send": await send(rest)
        case _ where line.hasPrefix("{"):
            Terse.say("→  \(line)")
            _ = child.write(Array(line.utf8))
        default: Terse.say("   put TEXT · send TEXT · ack · nack [MS] · ping · stop · {…}")
        }
    }

    private func put(_ text: String) async {
        let provider = Provider(command: adapter.provider, folder: adapter.path, work: work.work)
        do throws(KitFailure) {
            for request in try await provider.put(Provider.Message(adapter.party, text: text)) {
                count += 1
                let path = "out/run-\(count).body"
                _ = await work.spool.write(request.body, as: path)
                say(
                    HostLine.webhook(
                        "run-\(count)", request, bodyPath: "\(work.spool.path)/\(path)"))
            }
        } catch {
            Terse.say("   \(error)")
        }
    }

    private func send(_ text: String) async {
        count += 1
        let message = OutboundMessage(
            delivery: DeliveryID(rawValue: count), ticket: TicketNumber(rawValue: 1),
            purpose: .reply,
            conversation: adapter.party.conversation,
            to: [
                .init(
                    address: IdentityAddress(kind: adapter.party.kind, value: adapter.party.address)
                )
            ],
            subject: nil, text: text, language: "en", messageID: "run.\(count)@hamdel.invalid",
            date: Surroundings.now())
        guard let prepared = try? OutgoingMessage.prepared(message, AdapterHello.presumed),
            let line = try? OutgoingMessage.line(prepared, attempt: 1, paths: [])
        else { return }
        Terse.say("→  \(String(decoding: line, as: UTF8.self))")
        _ = child.write(line)
    }

    private static func split(_ line: String) -> (String, String) {
        guard let blank = line.firstIndex(of: " ") else { return (line, "") }
        return (String(line[..<blank]), String(line[line.index(after: blank)...]))
    }
}
