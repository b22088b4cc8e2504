import CurlTransport

/// One signed-in connection and its commands, one after the other. Used by one task.
final class IMAPSession {
    /// What the server said of the folder that is open.
    struct Folder: Equatable {
        var name: String
        var validity: UInt32
        /// Nil when the server did not say, or when mail came since it did.
        var next: UInt32?
        var mails: Int
        /// Sequence numbers moved since this was cleared.
        var wasExpunged = false
        /// Something came since this was cleared.
        var hasNews = false
    }

    struct Completion {
        let code: IMAPResponse.Code?
        let text: String
    }

    /// How commands went over this connection; tests and `doctor` look.
    struct Traffic: Equatable {
        var commands = 0
        var bytesReceived = 0
        var bytesSent = 0
    }

    let patience: IMAPPatience
    var folder: Folder?
    private(set) var capabilities: Set<String> = []
    private(set) var traffic = Traffic()
    private let channel: any IMAPChannel
    private let limits: IMAPResponseReader.Limits
    private var reader: IMAPResponseReader
    private var waiting: [IMAPResponse] = []
    private var taken = 0
    private var lastTag = 0
    private var lastWords = ""

    init(_ channel: any IMAPChannel, patience: IMAPPatience, literalBytes: Int) {
        self.channel = channel
        self.patience = patience
        var limits = IMAPResponseReader.Limits()
        limits.literalBytes = literalBytes
        self.limits = limits
        reader = IMAPResponseReader(limits: limits)
    }

    deinit { channel.close() }

    /// The first command. libcurl swallows what came in one piece with the server's "signed in", so a line may begin in its
    /// middle here: what cannot be read is passed over, and the capabilities are asked for again.
    func begin() async throws(IMAPFault) {
        let tag = try await send("CAPABILITY")
        let deadline = ContinuousClock.now + patience.command
        // A line broken by libcurl's reading is one, at most.
        var unreadable = 0
        while true {
            do throws(IMAPFault) {
                if try await finish(tag, "CAPABILITY", by: deadline, onResponse: { _ in }) != nil {
                    return
                }
            } catch .malformed(let detail) {
                unreadable += 1
                guard unreadable == 1 else { throw .malformed(detail) }
                reader = IMAPResponseReader(limits: limits)
                waiting = []
                taken = 0
            }
        }
    }

    func can(_ capability: String) -> Bool { capabilities.contains(capability) }

    /// Sends one command and reads on until its completion. Untagged responses go to `onResponse`, in order.
    ///
    /// - Parameter bytes: how much mail is expected, for the time it may take.
    @discardableResult
    func perform(
        _ command: String, arguments: [UInt8] = [], expecting bytes: Int = 0,
        onResponse: (IMAPResponse) -> Void = { _ in }
    ) async throws(IMAPFault) -> Completion {
        let tag = try await send(command, arguments)
        let deadline = ContinuousClock.now + patience.command + .seconds(bytes / patience.slowest)
        let name = String(command.prefix { $0 != " " })
        while true {
            if let done = try await finish(tag, name, by: deadline, onResponse: onResponse) {
                return done
            }
        }
    }

    /// Writes a command; gives its tag.
    func send(_ command: String, _ arguments: [UInt8] = []) async throws(IMAPFault) -> String {
        lastTag += 1
        let tag = "h\(lastTag)"
        try await write(Array("\(tag) \(command)".utf8) + arguments + Array("\r\n".utf8))
        traffic.commands += 1
        return tag
    }

    func write(_ bytes: [UInt8]) async throws(IMAPFault) {
        traffic.bytesSent += bytes.count
        do throws(TransportFailure) {
            try await channel.send(bytes, within: patience.command)
        } catch {
            throw .transport(error)
        }
    }

    /// Takes responses in until one completes the command; nil when more must be read.
    func finish(
        _ tag: String, _ command: String, by deadline: ContinuousClock.Instant,
        onResponse: (IMAPResponse) -> Void
    ) async throws(IMAPFault) -> Completion? {
        guard let response = try await next(by: deadline) else {
            throw .tooSlow(command: command)
        }
        guard case .tagged(let other, let status, let code, let text) = response else {
            note(response)
            onResponse(response)
            return nil
        }
        guard other == tag else { throw .malformed("an answer to a command that was not given") }
        noteCode(code)
        guard status == .ok else {
            throw .refused(command: command, code: code?.name, text: text)
        }
        return Completion(code: code, text: text)
    }

    /// The next response; nil when none came in time.
    func next(by deadline: ContinuousClock.Instant) async throws(IMAPFault) -> IMAPResponse? {
        while taken == waiting.count {
            waiting = []
            taken = 0
            let left = deadline - .now
            guard left > .zero else { return nil }
            let reception: SecuredConnection.Reception
            do throws(TransportFailure) {
                reception = try await channel.receive(within: left)
            } catch {
                throw .transport(error)
            }
            switch reception {
            case .silence: return nil
            case .ended: throw .ended(lastWords)
            case .bytes(let bytes):
                traffic.bytesReceived += bytes.count
                waiting = try reader.read(bytes)
            }
        }
        taken += 1
        return waiting[taken - 1]
    }

    /// What every response tells of the folder, whichever command it came with.
    func note(_ response: IMAPResponse) {
        switch response {
        case .capability(let words): capabilities = Set(words)
        case .exists(let count):
            if count > folder?.mails ?? 0 {
                folder?.hasNews = true
                folder?.next = nil
            }
            folder?.mails = count
        case .expunge:
            let left = max(0, (folder?.mails ?? 0) - 1)
            folder?.mails = left
            folder?.wasExpunged = true
        case .vanished:
            folder?.wasExpunged = true
            folder?.hasNews = true
        case .status(let status, let code, let text):
            noteCode(code)
            if status == .bye { lastWords = text }
        case .continuation, .tagged, .fetch, .other: break
        }
    }

    private func noteCode(_ code: IMAPResponse.Code?) {
        guard let code, code.name == "CAPABILITY" else { return }
        capabilities = Set(IMAPResponse.words(Array(code.argument.utf8)))
    }
}
