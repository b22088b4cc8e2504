internal import ChannelKit
internal import CurlTransport
internal import FoundationEssentials
internal import HelpdeskCore
internal import HelpdeskEngine

/// Reaches the running daemon from another command.
struct ControlClient: Sendable {
    let socket: String
    private let transfer: HTTPTransfer

    init(socket: String, loop: CurlLoop) {
        self.socket = socket
        transfer = HTTPTransfer(loop: loop)
    }

    func perform(_ request: AdministrationRequest) async throws -> AdministrationReply {
        try await post("/administration", try JSONEncoder().encode(request))
    }

    func deliver(_ messages: [InboundMessage], to inbox: InboxID) async throws -> ControlDelivery {
        try await post("/deliver/\(inbox.rawValue)", try JSONEncoder().encode(messages))
    }

    func importMails(_ mails: [[UInt8]], to inbox: InboxID) async throws -> ControlDelivery {
        try await post("/mails/\(inbox.rawValue)", Data(MailFrames.joined(mails)))
    }

    /// As long as it takes: to verify a large store, or to copy it, takes minutes. A daemon that dies meanwhile closes the socket.
    private static let patience = TransferTimeouts(connect: .seconds(10), total: nil)

    private func post<Reply: Decodable>(_ path: String, _ body: Data) async throws -> Reply {
        let response = try await transfer.send(
            HTTPTransfer.Request(
                .post, "http://control\(path)", body: Array(body),
                route: .unixSocket(path: socket), timeouts: Self.patience))
        guard response.status == 200 else {
            throw DaemonFailure(
                text: "the daemon answered \(response.status) on its control socket")
        }
        return try JSONDecoder().decode(Reply.self, from: Data(response.body))
    }
}
