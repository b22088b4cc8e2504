public import HelpdeskAPI
public import HelpdeskCore

extension HelpdeskClient {
    public func me() async throws(ClientFailure) -> API.Me {
        try await document(API.Me.self, .get, "/me")
    }

    public func agents() async throws(ClientFailure) -> API.Page<API.Agent> {
        try await document(API.Page<API.Agent>.self, .get, "/agents?limit=500")
    }

    public func teams() async throws(ClientFailure) -> API.Page<API.Team> {
        try await document(API.Page<API.Team>.self, .get, "/teams?limit=500")
    }

    public func inboxes() async throws(ClientFailure) -> API.Page<API.Inbox> {
        try await document(API.Page<API.Inbox>.self, .get, "/inboxes?limit=500")
    }

    /// Nil: by shift.
    public func setPresence(
        of agent: AgentID, _ presence: Presence?
    ) async throws(ClientFailure) -> API.Agent {
        let path = "/agents/\(PercentEncoding.segment(agent.rawValue))/presence"
        return try await document(
            API.Agent.self, .put, path, body: API.PresenceRequest(presence: presence))
    }

    public func search(
        _ words: String, limit: Int? = nil, cursor: String? = nil
    ) async throws(ClientFailure) -> API.Page<API.SearchHit> {
        let query = PercentEncoding.query([
            ("q", words), ("limit", limit.map { String($0) }), ("cursor", cursor),
        ])
        return try await document(API.Page<API.SearchHit>.self, .get, "/search" + query)
    }

    /// Open and taken ones; the earliest due first.
    public func recoveries() async throws(ClientFailure) -> API.Page<API.Recovery> {
        try await document(API.Page<API.Recovery>.self, .get, "/recoveries")
    }

    public func takeRecovery(_ id: RecoveryID) async throws(ClientFailure) -> API.Recovery {
        try await document(API.Recovery.self, .post, "/recoveries/\(id.rawValue)/take")
    }

    public func finishRecovery(
        _ id: RecoveryID, outcome: String
    ) async throws(ClientFailure) -> API.Recovery {
        try await document(
            API.Recovery.self, .post, "/recoveries/\(id.rawValue)/done",
            body: API.RecoveryDoneRequest(outcome: outcome))
    }

    /// A file for a reply, at most what the daemon takes.
    public func upload(
        name: String, contentType: String, bytes: [UInt8]
    ) async throws(ClientFailure) -> API.Attachment {
        let query = PercentEncoding.query([("name", name)])
        let answer = try await self.bytes(
            .post, "/attachments" + query, body: bytes, contentType: contentType)
        return try Self.decode(API.Attachment.self, answer)
    }

    public func attachment(_ id: AttachmentID) async throws(ClientFailure) -> [UInt8] {
        try await bytes(.get, "/attachments/\(id.rawValue)")
    }
}
