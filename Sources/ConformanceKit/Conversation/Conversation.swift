internal import ChannelKit
internal import ExecChannel
internal import HelpdeskCore

/// One life of the adapter under test, spoken with line by line. What comes while something else is waited for is kept.
final class Conversation {
    /// How long anything may take; adapters in slow languages on busy machines included.
    static let patience = Duration.seconds(10)

    let child: ChildProcess
    let work: WorkFolder
    private let transcript: Transcript
    private let decoder: MessageDecoder
    private(set) var hello: AdapterHello?
    private(set) var ending: ChildProcess.Ending?
    private(set) var deliveries: [Delivery] = []
    private(set) var results: [AdapterResult] = []
    private(set) var health: [ChannelHealth] = []
    private(set) var pongs: [Int64] = []
    private(set) var replies: [String: WebhookReply] = [:]
    private var lastRequest = 0

    struct Delivery {
        let sequence: Int64
        let cursor: Cursor?
        let messages: [InboundMessage]
        let at: ContinuousClock.Instant
    }

    init(_ command: [String], in work: WorkFolder, mark: String, transcript: Transcript) {
        self.work = work
        self.transcript = transcript
        let spool = work.spool
        decoder = MessageDecoder(
            trust: .suggestionOnly,
            files: .spool { path, place throws(JSONFault) in try spool.read(path, at: place) })
        child = ChildProcess(
            ChildProcess.Command(
                words: command, environment: ExecEnvironment.variables() + [mark],
                folder: spool.path)
        ) { transcript.complain($0) }
        child.start()
    }

    /// A check that fails leaves nobody behind.
    deinit { child.kill() }

    // MARK: What we say

    func say(_ line: JSONOutput) throws(KitFailure) {
        guard case .accepted = child.write(line.bytes) else {
            throw KitFailure("the adapter does not read its stdin")
        }
    }

    func say(raw line: String) throws(KitFailure) {
        guard case .accepted = child.write(Array(line.utf8)) else {
            throw KitFailure("the adapter does not read its stdin")
        }
    }

    /// Says hello and waits for the adapter's.
    func greet(versions: [Int64] = HostLine.versions) async throws(KitFailure) -> AdapterHello {
        try say(HostLine.hello(spool: work.spool.path, inbox: "kit", versions: versions))
        try await wait("hello") { $0.hello != nil }
        guard let hello else { throw KitFailure("no hello came") }
        noteSurroundings()
        return hello
    }

    private func noteSurroundings() {
        guard let pid = child.pid else { return }
        for name in ["cmdline", "environ"] {
            if let bytes = WorkFolder.bytes("/proc/\(pid)/\(name)") { transcript.surround(bytes) }
        }
    }

    /// Hands on what the provider asked of us, and waits for the answers.
    func relay(_ requests: [WebhookRequest]) async throws(KitFailure) -> [WebhookReply] {
        var answers: [WebhookReply] = []
        for request in requests {
            lastRequest += 1
            let id = "k\(lastRequest)"
            let path = "out/\(id).body"
            guard await work.spool.write(request.body, as: path) else {
                throw KitFailure("the spool cannot be written")
            }
            try say(HostLine.webhook(id, request, bodyPath: work.spool.path + "/" + path))
            // A webhook may be answered only after its message was taken: it is acknowledged meanwhile.
            try await wait("webhook_reply") { conversation throws(KitFailure) in
                try conversation.acknowledge()
                return conversation.replies[id] != nil
            }
            if let reply = replies[id] { answers.append(reply) }
        }
        return answers
    }

    private var acknowledged = 0

    /// Acknowledges all deliveries that were not yet; the cursor that is committed now, where it moved.
    @discardableResult
    func acknowledge() throws(KitFailure) -> Cursor? {
        var cursor: Cursor?
        for delivery in deliveries[acknowledged...] {
            try say(HostLine.ack(delivery.sequence))
            cursor = delivery.cursor ?? cursor
        }
        acknowledged = deliveries.count
        return cursor
    }

    var messages: [InboundMessage] { deliveries.flatMap(\.messages) }

    // MARK: What we hear

    /// Reads until `isDone`; fails when the patience is over or the adapter ends before.
    func wait(
        _ what: String, within patience: Duration = patience,
        until isDone: (Conversation) throws(KitFailure) -> Bool
    ) async throws(KitFailure) {
        let deadline = ContinuousClock.now + patience
        while try !isDone(self) {
            guard ending == nil else {
                throw KitFailure(
                    "waited for \(what), but the adapter ended: \(ending.map { "\($0)" } ?? "")\n\(transcript.lastComplaints)"
                )
            }
            let left = deadline - .now
            guard left > .zero else {
                throw KitFailure("no \(what) within \(patience.components.seconds) s")
            }
            try await hear(within: min(left, .milliseconds(200)))
        }
    }

    /// Listens for so long, whatever comes.
    func listen(for span: Duration) async throws(KitFailure) {
        let deadline = ContinuousClock.now + span
        while ContinuousClock.now < deadline, ending == nil {
            try await hear(within: deadline - .now)
        }
    }

    private func hear(within patience: Duration) async throws(KitFailure) {
        switch await child.next(within: patience) {
        case nil: return
        case .ended(let ending): self.ending = ending
        case .overlong:
            transcript.sawOverlong()
            throw KitFailure("the adapter said a line of more than 1 MiB")
        case .line(let bytes):
            transcript.say(bytes)
            // What is no JSON is found by the check that looks at everything; here it is passed over, as the daemon does.
            guard bytes.first == UInt8(ascii: "{") else { return }
            do throws(JSONFault) {
                try keep(AdapterLine.read(bytes, now: Instant(milliseconds: 0)), bytes)
            } catch {
                throw KitFailure(
                    "the adapter said what cannot be read: \(error)\n\(String(decoding: bytes.prefix(500), as: UTF8.self))"
                )
            }
        }
    }

    private func keep(_ line: AdapterLine, _ bytes: [UInt8]) throws(JSONFault) {
        switch line {
        case .hello(let hello): self.hello = hello
        case .result(let result): results.append(result)
        case .health(let health): self.health.append(health)
        case .pong(let number): pongs.append(number)
        case .webhookReply(let request, let reply): replies[request] = reply
        case .receipt, .unknown: break
        case .deliver(let delivery):
            var messages: [InboundMessage] = []
            for (index, node) in delivery.messages.enumerated() {
                messages.append(try decoder.message(node, path: "messages[\(index)]", bytes))
            }
            deliveries.append(
                Delivery(
                    sequence: delivery.sequence, cursor: delivery.cursor, messages: messages,
                    at: .now))
        }
    }

    // MARK: Its end

    /// kill -9, as of a machine that loses power.
    func kill() async {
        child.kill()
        await drain(.seconds(10))
    }

    private func drain(_ patience: Duration) async {
        let deadline = ContinuousClock.now + patience
        while ending == nil, ContinuousClock.now < deadline {
            switch await child.next(within: .milliseconds(200)) {
            case .ended(let ending): self.ending = ending
            case .line(let line): transcript.say(line)
            case .overlong: transcript.sawOverlong()
            case nil: continue
            }
        }
    }

    /// Tells it to stop, and kills it when it does not; how it ended within the grace, or nil.
    func stop(graceMilliseconds: Int64 = 3_000) async -> ChildProcess.Ending? {
        guard ending == nil else { return ending }
        _ = child.write(HostLine.stop(graceMilliseconds: graceMilliseconds).bytes)
        await drain(.milliseconds(graceMilliseconds))
        let inTime = ending
        if inTime == nil { await kill() }
        return inTime
    }
}
