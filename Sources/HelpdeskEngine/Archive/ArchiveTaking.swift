internal import FoundationEssentials
internal import HelpdeskCore
internal import HelpdeskStore

/// Takes records in, within one transaction. Everything a record needs is found before its first event is written, so that a
/// rejected one leaves nothing.
struct ArchiveTaking {
    let desk: Desk
    let transaction: StoreTransaction
    let sight: ArchiveSight
    var reader: StoreReader { transaction.reader }

    init(
        _ desk: Desk, _ transaction: StoreTransaction, fallback: TeamID?
    ) throws(StoreError) {
        self.desk = desk
        self.transaction = transaction
        sight = try ArchiveSight(transaction.reader, desk.policy, fallback: fallback)
    }

    func take(_ line: ArchiveBatch.Line) throws -> ArchiveOutcome {
        do {
            let record = try sight.read(line)
            let result = try sight.standing(of: record) ?? take(record)
            return ArchiveOutcome(line: line.number, result, kind: record.kind, id: record.id)
        } catch let rejection as ArchiveRejection {
            return ArchiveOutcome(line: line.number, .rejected, reason: rejection.text)
        }
    }

    private func take(_ record: ArchiveRecord) throws -> ArchiveOutcome.Result {
        switch record {
        case .archive, .end, .team: return .left
        case .agent(let agent): try take(agent)
        case .macro(let macro): try take(macro)
        case .blob(let blob): try take(blob)
        case .customer(let customer): try take(customer)
        case .customerMerged(let merge): return try take(merge, .one)
        case .customerUnmerged(let merge): return try take(merge, .several)
        case .ticket(let ticket): try take(ticket)
        case .message(let message): try take(message)
        case .reply(let reply): try take(reply)
        case .note(let note): try take(note)
        case .change(let change): return try take(change)
        case .delivery(let delivery): try take(delivery)
        case .survey(let survey): try take(survey)
        case .surveyAnswer(let answer): try take(answer)
        case .surveyWords(let words): try take(words)
        case .recovery(let recovery): try take(recovery)
        case .recoveryTaken(let taken): try take(taken)
        case .recoveryDone(let done): try take(done)
        }
        return .taken
    }

    // MARK: what records are here

    /// What a record became here.
    func local<ID: RawRepresentable>(
        _ id: String, as type: ID.Type = ID.self
    ) throws -> ID where ID.RawValue == Int64 {
        guard let found = try reader.archived(id), let local = ID(rawValue: found.local) else {
            throw ArchiveRejection.missing(id)
        }
        return local
    }

    /// The same of what may be missing.
    func optional<ID: RawRepresentable>(
        _ id: String?, as type: ID.Type = ID.self
    ) throws -> ID? where ID.RawValue == Int64 {
        guard let id, let found = try reader.archived(id) else { return nil }
        return ID(rawValue: found.local)
    }

    func keep(_ id: String, _ kind: ArchiveNames.Kind, made local: Int64) throws {
        try transaction.keepArchived(
            id, kind: kind.rawValue, ArchivedRecord(local: local, origin: .made))
    }

    /// When it happened: nothing happens in the future.
    func past(_ time: ArchiveTime) -> Instant { min(time.instant, transaction.now) }

    func actor(_ actor: ArchivedActor) throws -> Actor {
        switch actor.kind {
        case "customer":
            guard let id = actor.id else {
                throw ArchiveRejection.reason("by: a customer without an id")
            }
            return .customer(try local(id))
        default:
            guard let known = Actor(kind: actor.kind, id: actor.id) else {
                throw ArchiveRejection.reason("by: \(actor.kind.prefix(40)) is nobody that acts")
            }
            return known
        }
    }

    func keep(
        _ text: String?, as kind: ContentKind, of customer: CustomerID?
    ) throws -> ContentRef? {
        guard let text else { return nil }
        return try transaction.keep(text, as: kind, of: customer, salt: desk.salt())
    }

    @discardableResult
    func append(
        _ event: DomainEvent, ticket: TicketNumber? = nil, customer: CustomerID?, by actor: Actor,
        at past: Instant
    ) throws -> RecordedEvent {
        try transaction.append(
            event, ticket: ticket, customer: customer, by: actor, past: past)
    }

    // MARK: what is beside customers and tickets

    /// Nobody gets in by an archive: who is not here is disabled, and without a token.
    private func take(_ agent: ArchivedAgent) throws {
        guard TagWord.isFine(agent.login.rawValue) else {
            throw ArchiveRejection.reason("login: expected a word of 1 to 64 bytes without blanks")
        }
        try transaction.add(
            AgentRecord(
                login: agent.login, name: agent.name, email: agent.email, role: .agent,
                capacity: 10, timezone: nil, extension: nil, unixUser: nil,
                teams: agent.teams.filter { desk.policy.teams[$0] != nil }, skills: [:],
                languages: agent.languages))
        try transaction.disable(agent.login)
    }

    private func take(_ archived: ArchivedMacro) throws {
        guard let macro = archived.macro else {
            throw ArchiveRejection.reason("no macro can be like this; see Docs of macros")
        }
        guard try reader.macros().count < StoreReader.maximumMacros else {
            throw ArchiveRejection.reason("there are \(StoreReader.maximumMacros) macros already")
        }
        let content = try transaction.keep(json: macro, as: .macro, of: nil, salt: desk.salt())
        try append(
            .desk(.macroSet(MacroSet(macro: macro.name, teams: macro.teams, content: content))),
            customer: nil, by: archived.by.map { .agent($0) } ?? .operator, at: past(archived.at))
    }

    private func take(_ blob: ArchivedBlob) throws {
        guard let bytes = Data(base64Encoded: blob.bytes) else {
            throw ArchiveRejection.reason("bytes: expected Base64")
        }
        guard (0...ArchivedBlob.largest).contains(blob.size),
            (0...blob.size).contains(blob.start), blob.start + Int64(bytes.count) <= blob.size
        else { throw ArchiveRejection.reason("the piece does not fit into \(blob.size) bytes") }
        try transaction.keepPiece([UInt8](bytes), at: blob.start, of: blob.sha256)
        guard blob.start + Int64(bytes.count) == blob.size else { return }
        guard let whole = try transaction.takePieces(of: blob.sha256, size: blob.size) else {
            throw ArchiveRejection.reason("a piece before this one is missing")
        }
        guard Digest.blob(whole) == blob.sha256 else {
            throw ArchiveRejection.reason(
                "the bytes are not those of sha256 \(blob.sha256.rawValue.prefix(64))")
        }
        try transaction.keep(blob: whole, hash: blob.sha256)
    }
}
