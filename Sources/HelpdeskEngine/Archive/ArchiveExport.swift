internal import Crypto
internal import FoundationEssentials
internal import HelpdeskCore
internal import HelpdeskStore

/// How far an archive is written: handed back for the next page, so that nobody keeps anything meanwhile.
public struct ArchivePlace: Codable, Hashable, Sendable {
    public enum Part: String, Codable, Hashable, Sendable { case beginning, customers, events, end }

    public var part: Part
    /// The last customer or event that is done.
    var after: Int64
    /// Lines of the next event that are done: its bytes stand before it.
    var skip: Int
    /// The last event that is told of; what comes later is for the next archive.
    var through: Int64
    /// Lines so far.
    var lines: Int

    public static let beginning = ArchivePlace(
        part: .beginning, after: 0, skip: 0, through: 0, lines: 0)
}

/// A part of an archive: whole lines, and where the next part begins.
public struct ArchivePage: Sendable {
    public var lines: [String]
    public var next: ArchivePlace
}

/// Writes everything of the customers' that the desk holds as an archive, page by page while the desk works on. What the desk
/// worked out for itself (clocks, promises, routing, notices) and what is still on its way is left out (Docs/Archive.md).
public struct ArchiveExport: Sendable {
    /// Of one page, in bytes of its lines; the line that reaches it is the last.
    static let pageBytes = 4 << 20
    static let pageEvents = 500
    static let pageCustomers = 200

    let desk: Desk
    /// What writes it, for the header.
    let program: String

    public init(_ desk: Desk, program: String) {
        self.desk = desk
        self.program = program
    }

    public func page(from place: ArchivePlace) async throws(DeskFailure) -> ArchivePage {
        let (now, program, policy) = (desk.now, program, desk.policy)
        return try await desk.read { reader throws(StoreError) in
            var writing = try ArchiveWriting(reader: reader, place: place, now: now)
            switch place.part {
            case .beginning: try writing.begin(program: program, policy: policy)
            case .customers: try writing.customers()
            case .events: try writing.events()
            case .end: break
            }
            return ArchivePage(lines: writing.lines, next: writing.place)
        }
    }
}

/// Names records: what an archive brought keeps the name it had there.
struct ArchiveNames {
    enum Kind: String {
        case customer = "c"
        case identity = "i"
        case ticket = "t"
        case message = "m"
        case delivery = "d"
        case survey = "s"
        case recovery = "r"
        /// Anything else that happened, by its position.
        case change = "e"
    }

    let desk: String
    private let reader: StoreReader
    private let holdsArchives: Bool

    init(_ reader: StoreReader) throws(StoreError) {
        self.reader = reader
        desk = try Self.desk(reader)
        holdsArchives = try reader.holdsArchives()
    }

    /// By which this desk is known in archives: of its first signing key, so that a restored backup is the same desk.
    static func desk(_ reader: StoreReader) throws(StoreError) -> String {
        guard let key = try reader.signingKeys().first else {
            throw .damaged("there is no signing key")
        }
        let hash = SHA256.hash(data: Array("hamdel archive".utf8) + key.secret)
        return Hexadecimal.text(hash.prefix(6))
    }

    func of(_ kind: Kind, _ local: Int64) throws(StoreError) -> String {
        if holdsArchives, let known = try reader.archiveRecord(kind: kind.rawValue, local: local) {
            return known
        }
        return "\(desk)/\(kind.rawValue)\(local)"
    }

    func of(_ id: CustomerID) throws(StoreError) -> String { try of(.customer, id.rawValue) }
    func of(_ id: IdentityID) throws(StoreError) -> String { try of(.identity, id.rawValue) }
    func of(_ number: TicketNumber) throws(StoreError) -> String {
        try of(.ticket, number.rawValue)
    }
    func of(_ id: MessageID) throws(StoreError) -> String { try of(.message, id.rawValue) }
    func of(_ id: DeliveryID) throws(StoreError) -> String { try of(.delivery, id.rawValue) }
    func of(_ id: InvitationID) throws(StoreError) -> String { try of(.survey, id.rawValue) }
    func of(_ id: RecoveryID) throws(StoreError) -> String { try of(.recovery, id.rawValue) }
    func of(_ position: Position) throws(StoreError) -> String {
        try of(.change, position.rawValue)
    }

    func of(_ actor: Actor) throws(StoreError) -> ArchivedActor {
        switch actor {
        case .customer(let customer):
            ArchivedActor(kind: actor.kind, id: try of(customer))
        case .agent(let agent): ArchivedActor(kind: actor.kind, id: agent.rawValue)
        case .bot, .system, .operator: ArchivedActor(kind: actor.kind)
        }
    }
}

/// One page under way, over one snapshot.
struct ArchiveWriting {
    let reader: StoreReader
    let names: ArchiveNames
    let now: Instant
    var place: ArchivePlace
    private(set) var lines: [String] = []
    private var bytes = 0

    init(reader: StoreReader, place: ArchivePlace, now: Instant) throws(StoreError) {
        self.reader = reader
        self.place = place
        self.now = now
        names = try ArchiveNames(reader)
    }

    var isFull: Bool { bytes >= ArchiveExport.pageBytes }

    mutating func write(_ record: ArchiveRecord) throws(StoreError) {
        let line: String
        do {
            line = try record.line()
        } catch {
            throw .damaged("a record of kind \(record.kind.rawValue): \(error)")
        }
        bytes += line.utf8.count
        lines.append(line)
        place.lines += 1
    }

    /// The header, and what is few: agents, teams, macros.
    mutating func begin(program: String, policy: DeskPolicy) throws(StoreError) {
        try write(
            .archive(
                ArchiveHeader(
                    format: ArchiveHeader.format, version: ArchiveHeader.version,
                    source: names.desk, written: ArchiveTime(now), program: program)))
        for setup in policy.teams.values.sorted(by: { $0.team.id < $1.team.id }) {
            let name = setup.team.id
            try write(
                .team(
                    ArchivedTeam(
                        id: "team/\(name.rawValue)", name: name,
                        isPrivate: setup.privacy == .restricted)))
        }
        try agents()
        for entry in try reader.macros() {
            try write(.macro(ArchivedMacro(entry)))
        }
        place.part = .customers
        place.through = try reader.lastPosition().rawValue
    }

    private mutating func agents() throws(StoreError) {
        var last: AgentID?
        repeat {
            let page = try reader.agents(after: last, limit: 500, viewer: .system)
            for agent in page.rows {
                try write(
                    .agent(
                        ArchivedAgent(
                            id: "agent/\(agent.login.rawValue)", login: agent.login,
                            name: agent.name, email: agent.email, role: agent.role,
                            teams: agent.teams, languages: agent.languages)))
            }
            last = page.next
        } while last != nil
    }

    mutating func customers() throws(StoreError) {
        let page = try reader.archivableCustomers(
            after: CustomerID(rawValue: place.after), limit: ArchiveExport.pageCustomers)
        for customer in page {
            try write(.customer(try ArchivedCustomer(customer, names)))
            place.after = customer.id.rawValue
            if isFull { return }
        }
        guard page.count < ArchiveExport.pageCustomers else { return }
        place.part = .events
        place.after = 0
    }

    mutating func events() throws(StoreError) {
        let page = try reader.archivableEvents(
            after: Position(rawValue: place.after), through: Position(rawValue: place.through),
            limit: ArchiveExport.pageEvents)
        for event in page {
            if let recorded = try event.recorded() {
                try tell(recorded)
                if isFull, place.skip > 0 { return }
            }
            place.after = event.position.rawValue
            if isFull { return }
        }
        guard page.count < ArchiveExport.pageEvents else { return }
        try write(.end(ArchiveEnd(records: place.lines)))
        place.part = .end
    }

    /// The bytes that records need, piece by piece, then the records. A page that is full in between ends there, and the place
    /// says how many pieces are written.
    private mutating func tell(_ recorded: RecordedEvent) throws(StoreError) {
        let telling = ArchiveTelling(reader: reader, names: names, now: now)
        let records = try telling.records(of: recorded)
        var place = 0
        for hash in records.flatMap(\.blobs) {
            guard let size = try reader.size(of: hash) else { continue }
            var start: Int64 = 0
            repeat {
                if place >= self.place.skip {
                    let piece = try reader.piece(
                        of: hash, from: start, length: ArchivedBlob.piece)
                    try write(
                        .blob(
                            ArchivedBlob(
                                id: "blob/\(hash.rawValue)/\(start)", sha256: hash, size: size,
                                start: start, bytes: Data(piece).base64EncodedString())))
                    self.place.skip += 1
                    if isFull { return }
                }
                place += 1
                start += Int64(ArchivedBlob.piece)
            } while start < size
        }
        self.place.skip = 0
        for record in records { try write(record) }
    }
}

extension ArchiveRecord {
    /// Bytes that must be there before it, each once.
    var blobs: [BlobHash] {
        var hashes: [BlobHash] = []
        func add(_ hash: BlobHash?) {
            if let hash, !hashes.contains(hash) { hashes.append(hash) }
        }
        switch self {
        case .message(let message):
            guard message.words != nil else { return [] }
            add(message.raw)
            for file in message.attachments where file.start == nil { add(file.sha256) }
        case .reply(let reply):
            guard reply.words != nil else { return [] }
            add(reply.raw)
            for file in reply.attachments where file.start == nil { add(file.sha256) }
        case .note(let note):
            if note.words != nil { add(note.raw) }
        default: break
        }
        return hashes
    }
}
