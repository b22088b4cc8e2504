package import ChannelKit
internal import ExecChannel

/// The provider's side of an adapter in the kit: a small program that comes with the adapter. `put` makes a message arrive there as
/// a customer would; `sent` prints what has gone out to customers.
package struct Provider: Sendable {
    package struct Message: Sendable, Equatable {
        package var conversation: String
        package var sender: String
        package var name = "سارا"
        package var text: String
        /// Paths.
        package var files: [File] = []

        package init(_ party: AdapterFolder.Party, text: String) {
            conversation = party.conversation
            sender = party.address
            self.text = text
        }
    }

    package struct File: Sendable, Equatable {
        package let name: String
        package let path: String
    }

    package struct Sent: Sendable, Equatable {
        package let text: String
        package let conversation: String?
        package let files: [File]
        /// Labels of the answers that were offered with it.
        package let choices: [String]
    }

    let command: [String]
    let folder: String
    let work: String

    /// - Parameter work: what `{work}` in the command stands for.
    package init(command: [String], folder: String, work: String) {
        self.command = command
        self.folder = folder
        self.work = work
    }

    /// Requests that the provider makes to us: what `put` printed as `{"webhook":{…}}`.
    package func put(_ message: Message) async throws(KitFailure) -> [WebhookRequest] {
        let input = JSONOutput.object([
            ("conversation", .text(message.conversation)), ("sender", .text(message.sender)),
            ("name", .text(message.name)), ("text", .text(message.text)),
            (
                "attachments",
                .list(
                    message.files.map {
                        .object([
                            ("name", .text($0.name)), ("content_type", .text("image/png")),
                            ("path", .text($0.path)),
                        ])
                    })
            ),
        ]).bytes
        var requests: [WebhookRequest] = []
        for line in try await run("put", input) {
            do throws(JSONFault) {
                if let request = try Self.webhook(line) { requests.append(request) }
            } catch {
                throw KitFailure("the provider printed what cannot be read: \(error)")
            }
        }
        return requests
    }

    package func sent() async throws(KitFailure) -> [Sent] {
        var sent: [Sent] = []
        for line in try await run("sent", []) {
            do throws(JSONFault) {
                sent.append(try Self.sent(line))
            } catch {
                throw KitFailure("the provider printed what cannot be read: \(error)")
            }
        }
        return sent
    }

    private static func sent(_ line: [UInt8]) throws(JSONFault) -> Sent {
        let fields = try JSONFields(try JSONDocumentReader.read(line), path: "")
        var files: [File] = []
        for node in try fields.list("attachments", atMost: 100) {
            let file = try JSONFields(node, path: "attachments")
            files.append(
                File(
                    name: try file.text("name", atMost: 1_000) ?? "",
                    path: try file.text("path", atMost: 4_000) ?? ""))
        }
        let choices = try fields.list("choices", atMost: 100).map { node throws(JSONFault) in
            try JSONFields(node, path: "choices").text("label", atMost: 1_000) ?? ""
        }
        return Sent(
            text: try fields.text("text", atMost: 8 << 20) ?? "",
            conversation: try fields.text("conversation", atMost: 1_000), files: files,
            choices: choices)
    }

    private static func webhook(_ line: [UInt8]) throws(JSONFault) -> WebhookRequest? {
        let fields = try JSONFields(try JSONDocumentReader.read(line), path: "")
        guard let node = fields.node("webhook") else { return nil }
        let request = try JSONFields(node, path: "webhook")
        var headers: [(name: String, value: String)] = []
        if case .object(let members)? = request.node("headers")?.value {
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                if case .text(let text) = value.value { headers.append((name, text)) }
            }
        }
        return WebhookRequest(
            method: try request.text("method", atMost: 16) ?? "POST",
            path: try request.text("path", atMost: 4_000) ?? "", headers: headers,
            body: Array((try request.text("body", atMost: 1 << 20) ?? "").utf8))
    }

    private func run(_ verb: String, _ input: [UInt8]) async throws(KitFailure) -> [[UInt8]] {
        let words = command.map { $0.replacing("{work}", with: work) } + [verb]
        let complaints = Transcript()
        let child = ChildProcess(
            ChildProcess.Command(
                words: words, environment: ExecEnvironment.variables(), folder: folder)
        ) { complaints.complain($0) }
        child.start()
        if !input.isEmpty { _ = child.write(input) }
        child.closeInput()
        let deadline = ContinuousClock.now + .seconds(30)
        var lines: [[UInt8]] = []
        while ContinuousClock.now < deadline {
            switch await child.next(within: .seconds(1)) {
            case .line(let line): lines.append(line)
            case .ended(.exited(0)): return lines
            case .ended(let ending):
                throw KitFailure(
                    "the provider (\(words.joined(separator: " "))): \(ending); \(complaints.lastComplaints)"
                )
            case .overlong: throw KitFailure("the provider printed a line beyond 1 MiB")
            case nil: continue
            }
        }
        child.kill()
        throw KitFailure("the provider (\(words.joined(separator: " "))) took longer than 30 s")
    }
}
