internal import HelpdeskCore
internal import HelpdeskStore

/// Why a record was not taken; found out before anything of it was written.
enum ArchiveRejection: Error {
    case reason(String)
    /// It names what is neither here nor before it.
    case missing(String)

    var text: String {
        switch self {
        case .reason(let text): text
        case .missing(let id):
            "it names \(id.prefix(200)), which is not here: its line was missing or rejected"
        }
    }
}

/// How a line is read before anything is done with it, for taking and for looking alike.
struct ArchiveSight {
    static let longestID = 200

    let reader: StoreReader
    let own: String
    private let policy: DeskPolicy
    private let fallback: TeamID?

    init(_ reader: StoreReader, _ policy: DeskPolicy, fallback: TeamID?) throws(StoreError) {
        self.reader = reader
        self.policy = policy
        self.fallback = fallback
        own = try ArchiveNames.desk(reader) + "/"
    }

    func read(_ line: ArchiveBatch.Line) throws(ArchiveRejection) -> ArchiveRecord {
        guard line.text.utf8.count <= ArchiveBatch.longestLine else {
            throw .reason("the line is longer than \(ArchiveBatch.longestLine) bytes")
        }
        let record: ArchiveRecord
        do {
            record = try ArchiveRecord(line: Self.withoutNUL(line.text))
        } catch {
            throw .reason(Self.explain(error))
        }
        if let id = record.id {
            guard (1...Self.longestID).contains(id.utf8.count) else {
                throw .reason("an id has 1 to \(Self.longestID) bytes")
            }
        }
        return record
    }

    /// Whether the record is here already, or can never be.
    func standing(of record: ArchiveRecord) throws -> ArchiveOutcome.Result? {
        switch record {
        case .archive(let header):
            if let fault = header.fault { throw ArchiveRejection.reason(fault) }
            return .left
        case .end: return .left
        case .team: return .left
        case .agent(let agent): return try reader.agentExists(agent.login) ? .known : nil
        case .macro(let macro): return try reader.macro(macro.name) == nil ? nil : .known
        case .blob(let blob): return try reader.hasBlob(blob.sha256) ? .known : nil
        default:
            guard let id = record.id else { return .left }
            guard id.hasPrefix(own) else { return try reader.archived(id) == nil ? nil : .known }
            // Our own record: it is here, unless this is an older state of us.
            guard try isOurs(id.dropFirst(own.utf8.count)) else {
                throw ArchiveRejection.reason(
                    "this desk wrote the archive and has gone back since; restore a backup instead")
            }
            return .known
        }
    }

    /// By the counter of its kind: numbers are never given twice.
    private func isOurs(_ name: Substring) throws -> Bool {
        guard let letter = name.first, let number = Int64(name.dropFirst()) else { return false }
        return try reader.hasGiven(number, of: String(letter))
    }

    /// The team that a ticket belongs to here.
    func team(_ name: TeamID) throws(ArchiveRejection) -> (id: TeamID, isPrivate: Bool) {
        if let known = policy.teams[name] { return (name, known.privacy == .restricted) }
        guard let fallback else {
            throw .reason(
                "team \(name.rawValue.prefix(100)) is not configured here; configure it, or say --team NAME for such tickets"
            )
        }
        return (fallback, policy.teams[fallback]?.privacy == .restricted)
    }

    func look(_ line: ArchiveBatch.Line) throws(StoreError) -> ArchiveOutcome {
        do {
            let record = try read(line)
            let outcome = { (result: ArchiveOutcome.Result, needs: [String]) in
                ArchiveOutcome(
                    line: line.number, result, kind: record.kind, id: record.id, needs: needs)
            }
            if let standing = try standing(of: record) { return outcome(standing, []) }
            if case .ticket(let ticket) = record { _ = try team(ticket.team) }
            var needs: [String] = []
            for id in record.needs where try !id.hasPrefix(own) && reader.archived(id) == nil {
                needs.append(id)
            }
            return outcome(.taken, needs)
        } catch let rejection as ArchiveRejection {
            return ArchiveOutcome(line: line.number, .rejected, reason: rejection.text)
        } catch let fault as StoreError {
            throw fault
        } catch {
            throw .damaged("\(error)")
        }
    }

    /// U+0000 becomes U+2400 in text, as everywhere in the store.
    static func withoutNUL(_ line: String) -> String {
        let nul = Array("\\u0000".utf8)
        var bytes = Array(line.utf8)
        var place = 0
        while let found = bytes[place...].firstIndex(of: UInt8(ascii: "\\")) {
            if bytes[found...].starts(with: nul) {
                bytes.replaceSubrange(found..<(found + nul.count), with: Array("\\u2400".utf8))
            }
            place = min(found + 2, bytes.count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func explain(_ error: any Error) -> String {
        func place(_ context: DecodingError.Context) -> String {
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            return path.isEmpty ? "" : "\(path): "
        }
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            return "\(place(context))\(key.stringValue) is missing"
        case DecodingError.valueNotFound(_, let context):
            return "\(place(context))null where something must be"
        case DecodingError.typeMismatch(let type, let context):
            return "\(place(context))expected \(type)"
        case DecodingError.dataCorrupted(let context):
            return "\(place(context))\(context.debugDescription)"
        default: return "\(error)"
        }
    }
}

extension ArchiveHeader {
    /// Why this version cannot read the archive.
    public var fault: String? {
        guard format == Self.format else { return "\(format.prefix(40)) is no \(Self.format)" }
        guard version >= 1 else { return "version \(version) is none" }
        guard version <= Self.version else {
            return
                "the archive is of version \(version), this program reads up to \(Self.version): use a newer one"
        }
        return nil
    }
}
