internal import ChannelKit
internal import ExecChannel
internal import HelpdeskCore

/// The conformance kit: puts an adapter through everything that the daemon relies on. Needs nothing but the adapter's folder.
package struct Kit {
    let folder: AdapterFolder
    /// Says what is wrong with a sample.toml; nothing when it loads.
    let faultsOfSample: @Sendable (String) -> [String]
    let parent: String
    let transcript = Transcript()
    /// Values of the adapter's secrets: no word that could come from anywhere else.
    let secrets: [String: String]
    /// A variable that tells the adapter's processes from all others.
    let mark: String
    let rounds: Int
    var random: any RandomNumberGenerator

    /// - Parameters:
    ///   - parent: a folder for what the checks write.
    ///   - nonce: 16 letters or digits that nobody could guess.
    ///   - rounds: kills of the longest check; 50 for a level that counts.
    package init(
        _ folder: AdapterFolder, in parent: String, nonce: String, rounds: Int,
        random: any RandomNumberGenerator,
        faultsOfSample: @escaping @Sendable (String) -> [String]
    ) {
        self.folder = folder
        self.faultsOfSample = faultsOfSample
        self.parent = parent
        self.rounds = rounds
        self.random = random
        secrets = Dictionary(
            uniqueKeysWithValues: folder.secrets.map { ($0, "kit-\($0)-\(nonce)") })
        mark = "HAMDEL_KIT=\(nonce)"
    }

    /// One thing that is looked at.
    struct Check: Sendable {
        let name: String
        let level: KitLevel
        /// Whatever it throws is why it failed.
        let run: @Sendable (inout Kit, WorkFolder) async throws -> KitOutcome

        init(
            _ name: String, _ level: KitLevel,
            _ run: @escaping @Sendable (inout Kit, WorkFolder) async throws -> KitOutcome
        ) {
            self.name = name
            self.level = level
            self.run = run
        }
    }

    static var checks: [Check] {
        folderChecks + handshakeChecks + configurationChecks + receivingChecks + deathChecks
            + sendingChecks + endingChecks + overallChecks
    }

    package static var names: [String] { checks.map(\.name) }

    /// - Parameter chosen: names, or parts of names; empty means all.
    package mutating func run(
        only chosen: [String] = [], say: (String) -> Void
    ) async -> KitReport {
        var report = KitReport()
        say("TAP version 13")
        let checks = Self.checks.filter { check in
            chosen.isEmpty || chosen.contains { check.name.contains($0) }
        }
        for (number, check) in checks.enumerated() {
            let outcome: KitOutcome
            do {
                let work = try await WorkFolder(in: parent, name: "\(number)")
                outcome = try await check.run(&self, work)
                WorkFolder.remove(work.path)
            } catch {
                outcome = .failed("\(error)")
            }
            say(report.add(KitResult(name: check.name, level: check.level, outcome: outcome)))
        }
        say(report.conclusion)
        return report
    }

    // MARK: For checks

    func open(_ work: WorkFolder) -> Conversation {
        Conversation(folder.command, in: work, mark: mark, transcript: transcript)
    }

    /// Greeted and started with the good configuration.
    func started(
        _ work: WorkFolder, cursor: Cursor? = nil, credit: Int = 64
    ) async throws(KitFailure) -> (Conversation, AdapterHello) {
        let conversation = open(work)
        let hello = try await conversation.greet()
        try start(conversation, work, cursor: cursor, credit: credit)
        return (conversation, hello)
    }

    func start(
        _ conversation: Conversation, _ work: WorkFolder, cursor: Cursor? = nil, credit: Int = 64
    ) throws(KitFailure) {
        try conversation.say(
            HostLine.start(
                config: folder.config(in: work.work), secrets: secrets, cursor: cursor,
                credit: credit))
    }

    func provider(_ work: WorkFolder) -> Provider {
        Provider(command: folder.provider, folder: folder.path, work: work.work)
    }

    /// Makes messages arrive at the provider, and hands on what it asks of us.
    func put(
        _ texts: [String], _ work: WorkFolder, _ conversation: Conversation
    ) async throws(KitFailure) {
        for text in texts {
            let requests = try await provider(work).put(
                Provider.Message(folder.party, text: text))
            for reply in try await conversation.relay(requests) where reply.status >= 300 {
                throw KitFailure("the adapter answered the provider's webhook with \(reply.status)")
            }
        }
    }

    func outbound(
        _ text: String, number: Int64 = 1, files: [OutboundMessage.Attachment] = [],
        choices: [OutboundMessage.Choice] = []
    ) -> OutboundMessage {
        OutboundMessage(
            delivery: DeliveryID(rawValue: number), ticket: TicketNumber(rawValue: 1),
            purpose: .reply, conversation: folder.party.conversation,
            to: [
                .init(
                    address: IdentityAddress(kind: folder.party.kind, value: folder.party.address),
                    name: "سارا")
            ],
            subject: nil, text: text, language: "fa", attachments: files,
            messageID: "kit.\(number)@hamdel.invalid", choices: choices,
            date: Instant(milliseconds: 1_795_239_000_000))
    }

    /// Says `send`, and the result of it.
    static func send(
        _ message: OutboundMessage, attempt: Int, to conversation: Conversation,
        as capabilities: ChannelCapabilities = AdapterHello.presumed
    ) async throws(KitFailure) -> SendResult {
        let prepared: PreparedMessage
        let line: [UInt8]
        do {
            prepared = try OutgoingMessage.prepared(message, capabilities)
            var paths: [String] = []
            for (index, file) in try OutgoingMessage.files(of: prepared).enumerated() {
                let path = "out/kit-\(index)"
                _ = await conversation.work.spool.write(file.bytes, as: path)
                paths.append(conversation.work.spool.path + "/" + path)
            }
            line = try OutgoingMessage.line(prepared, attempt: attempt, paths: paths)
        } catch {
            throw KitFailure("\(error)")
        }
        let id = OutgoingMessage.id(of: prepared)
        let before = conversation.results.filter { $0.id == id }.count
        guard case .accepted = conversation.child.write(line) else {
            throw KitFailure("the adapter does not read its stdin")
        }
        try await conversation.wait("result of \(id)", within: .seconds(20)) {
            $0.results.filter { $0.id == id }.count > before
        }
        guard let result = conversation.results.last(where: { $0.id == id }) else {
            throw KitFailure("no result")
        }
        return result.result
    }

    static func isAccepted(_ result: SendResult) -> Bool {
        switch result {
        case .sent, .queued: true
        default: false
        }
    }
}
