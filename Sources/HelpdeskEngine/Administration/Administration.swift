public import ChannelKit
internal import FoundationEssentials
public import HelpdeskCore
internal import HelpdeskStore

/// Performs what `hamdeld`'s commands ask. Ops stand at the machine and see everything.
public struct Administration: Sendable {
    /// Reads raw bytes of an inbox again, as its adapter does.
    public typealias Rereading =
        @Sendable (InboxID, [UInt8]) async -> Result<InboundMessage, QuarantineReason>

    /// The policy that would hold with some sections replaced, or what is wrong with them, a line each.
    public typealias Trying = @Sendable (PolicyTrial) -> Result<DeskPolicy, PolicyTrialFailure>

    public struct PolicyTrialFailure: Error {
        public let text: String
        public init(text: String) { self.text = text }
    }

    let desk: Desk
    private let reread: Rereading
    private let tryPolicy: Trying

    public init(_ desk: Desk, reread: @escaping Rereading, tryPolicy: @escaping Trying) {
        self.desk = desk
        self.reread = reread
        self.tryPolicy = tryPolicy
    }

    public func perform(_ request: AdministrationRequest) async -> AdministrationReply {
        do throws(DeskFailure) {
            switch request {
            case .addAgent(let profile):
                return AdministrationReply(.done, try await AgentDirectory(desk).add(profile))
            case .listAgents:
                return try await listAgents()
            case .makeToken(let agent, let name, let scope):
                return AdministrationReply(
                    .done,
                    try await AgentDirectory(desk).token(for: agent, name: name, scope: scope))
            case .listTokens(let agent):
                return try await listTokens(agent)
            case .revokeToken(let agent, let id):
                try await AgentDirectory(desk).revoke(id, of: agent)
                return AdministrationReply(.done, "token \(id) of \(agent.rawValue) ended")
            case .disableAgent(let agent):
                try await AgentDirectory(desk).disable(agent)
                return AdministrationReply(
                    .done, "\(agent.rawValue) is disabled; their tokens ended")
            case .resumeNotices(let agent):
                try await AgentDirectory(desk).resumeNotices(to: agent)
                return AdministrationReply(
                    .done, "notifications go to \(agent.rawValue) by mail again")
            case .setSignatures(let agent, let signatures):
                try await AgentDirectory(desk).setSignatures(signatures, of: agent)
                return AdministrationReply(.done, "\(agent.rawValue) signs anew")
            case .listQuarantine:
                return try await listQuarantine()
            case .showQuarantine(let id):
                return try await showQuarantine(id)
            case .replayQuarantine(let id):
                return try await replay(id)
            case .dropQuarantine(let id):
                try await QuarantineDesk(desk).resolve(
                    id, as: .dropped, message: nil, by: .operator)
                return AdministrationReply(.done, "quarantine entry \(id.rawValue) dropped")
            case .listOutbox(let state):
                return try await listOutbox(state)
            case .changeOutbox(let id, let action):
                try await OutboxDesk(desk).perform(action, on: id, by: .operator)
                return AdministrationReply(.done, "outbox entry \(id.rawValue): \(action.rawValue)")
            case .showState:
                return try await showState()
            case .previewRetention(let policy):
                return try await previewRetention(policy)
            case .verify:
                return try await verify()
            case .reconcile(let inbox, let marks):
                return try await reconcile(inbox, marks)
            case .showCursor(let inbox):
                return try await showCursor(inbox)
            case .dryRunRouting(let days, let trial):
                guard let trial else { return try await dryRun(days, desk.policy) }
                switch tryPolicy(trial) {
                case .success(let policy): return try await dryRun(days, policy)
                case .failure(let failure): return AdministrationReply(.misconfigured, failure.text)
                }
            case .importCustomers(let rows):
                let outcomes = try await CustomerImport(desk).take(rows)
                return AdministrationReply(
                    .done, "\(outcomes.count) rows", document: Self.json(outcomes))
            case .exportArchive(let place, let program):
                let page = try await ArchiveExport(desk, program: program).page(from: place)
                return AdministrationReply(
                    .done, page.lines.joined(separator: "\n"), document: Self.json(page.next))
            case .importArchive(let batch):
                let outcomes = try await ArchiveImport(desk).take(batch)
                return AdministrationReply(
                    .done, "\(outcomes.count) lines", document: Self.json(outcomes))
            case .webhook(let request):
                return try await perform(request)
            }
        } catch {
            return Self.reply(error)
        }
    }

    /// Reads a quarantined mail again; what is readable now becomes a ticket.
    private func replay(_ id: QuarantineID) async throws(DeskFailure) -> AdministrationReply {
        let entry = try await QuarantineDesk(desk).raw(id)
        switch await reread(entry.inbox, entry.bytes) {
        case .failure(let reason):
            return AdministrationReply(
                .failed, "quarantine entry \(id.rawValue) still cannot be read: \(reason.detail)")
        case .success(let message):
            let outcomes: [DeliveryOutcome]
            do throws(DeliveryRefusal) {
                outcomes = try await Intake(desk).deliver(
                    InboundBatch(messages: [message]), to: entry.inbox)
            } catch {
                throw .conflict("not delivered: \(error)")
            }
            switch outcomes.first {
            case .ticketed(let message, let ticket), .duplicate(let message, let ticket):
                try await QuarantineDesk(desk).resolve(
                    id, as: .replayed, message: message, by: .operator)
                return AdministrationReply(
                    .done, "quarantine entry \(id.rawValue) is in ticket \(ticket.rawValue) now")
            case .quarantined, nil:
                return AdministrationReply(
                    .failed, "quarantine entry \(id.rawValue) still cannot be stored")
            }
        }
    }

    static func reply(_ failure: DeskFailure) -> AdministrationReply {
        let ending: AdministrationReply.Ending =
            switch failure {
            case .notFound: .notFound
            case .conflict, .changedMeanwhile, .macroChangedMeanwhile, .draftChangedMeanwhile,
                .gone:
                .conflict
            case .invalid, .rejected, .outbound, .forbidden: .invalid
            case .busy, .stopped: .busy
            case .store: .failed
            }
        return AdministrationReply(ending, failure.text)
    }
}
