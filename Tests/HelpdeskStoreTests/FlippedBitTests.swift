import Foundation
import HelpdeskCore
import RandomKit
import Testing

@testable import HelpdeskStore

/// Reliability I10: one bit flips in a random place of the file; `verify` names it, or it stood where nothing is stored. What is
/// stored is judged without our code: every row of every table, read by SQLite alone.
@Suite("one flipped bit") struct FlippedBitTests {
    /// 40 places usually, 1,000 under `HAMDEL_FULL`.
    private static let places =
        ProcessInfo.processInfo.environment["HAMDEL_FULL"] == "1" ? 1_000 : 40

    /// Beside the stream there is no second truth for these: people, tokens, cursors, keys of requests. A bit that leaves a
    /// well-formed row there is not known to be wrong (Docs/Operations.md says so).
    private static let unwitnessed: Set<String> = [
        "meta", "counters", "signing_keys", "teams", "agents", "agent_teams", "agent_skills",
        "agent_languages", "agent_signatures", "tokens", "delivery_recipients", "inbox_cursors",
        "request_keys", "api_keys", "uploads", "agent_notice_settings", "forwarding_cursors",
        "forwarding_letters", "provider_ids", "archive_records", "archive_pieces",
    ]

    private enum Verdict: Hashable { case named, nothingStored, unwitnessed, missed }

    @Test func isNamedWhereverSomethingIsStored() async throws {
        let seed =
            ProcessInfo.processInfo.environment["HAMDEL_SEED"].flatMap(UInt64.init)
            ?? UInt64.random(in: 1...(.max))
        print("seed \(seed)")
        var random = SeededRandom(seed: seed)
        var desk = try RandomDesk(seed: 11)
        for _ in 0..<60 { try desk.step() }
        let full = try FullDesk().desk
        for source in [desk.desk, full] {
            let file = source.folder.appendingPathComponent("sound.db").path
            try source.store.backup(to: file)
            let sound = try Data(contentsOf: URL(fileURLWithPath: file))
            let before = try #require(try Self.rows(file))
            #expect(try Verifier(path: file).run().isIntact)
            var verdicts: [Verdict: Int] = [:]
            for _ in 0..<(Self.places / 2) {
                let bit = Int.random(in: 0..<(sound.count * 8), using: &random)
                let verdict = try Self.flip(bit, of: sound, before, in: source.folder)
                verdicts[verdict, default: 0] += 1
                #expect(verdict != .missed, "seed \(seed): bit \(bit % 8) of byte \(bit / 8)")
            }
            print(
                "\(sound.count) bytes: \(verdicts[.named] ?? 0) named, "
                    + "\(verdicts[.nothingStored] ?? 0) where nothing is stored, "
                    + "\(verdicts[.unwitnessed] ?? 0) in tables without a second truth")
        }
    }

    private static func flip(
        _ bit: Int, of sound: Data, _ before: [String: [[SQLValue]]], in folder: URL
    ) throws -> Verdict {
        let place = folder.appendingPathComponent("flipped.db")
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: place.path + suffix)
        }
        var bytes = sound
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        try bytes.write(to: place)
        do {
            guard try Verifier(path: place.path).run().isIntact else { return .named }
        } catch {
            // The file cannot be opened or read at all, which is said too.
            return .named
        }
        guard let after = try rows(place.path) else { return .missed }
        let changed = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
        if changed.isEmpty { return .nothingStored }
        guard !changed.isSubset(of: unwitnessed) else { return .unwitnessed }
        print("bit \(bit % 8) of byte \(bit / 8) changed \(changed.sorted()) unseen")
        return .missed
    }

    /// Every row of every table in the order of its key; nil where SQLite cannot read it.
    private static func rows(_ path: String) throws -> [String: [[SQLValue]]]? {
        try? SQLiteDatabase(path: path).read { connection throws(StoreError) in
            let tables = try connection.all(
                """
                SELECT name FROM sqlite_master
                WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name
                """
            ) { row throws(StoreError) in try row.text(0) }
            var result: [String: [[SQLValue]]] = [:]
            for table in tables {
                result[table] = try connection.all("SELECT * FROM \(table)") {
                    row throws(StoreError) in
                    var values: [SQLValue] = []
                    for column in 0..<row.count { values.append(row.value(column)) }
                    return values
                }
            }
            return result
        }
    }

    @Test func aChangedEventIsNamedWhereNoProjectionShowsIt() throws {
        let desk = try FullDesk().desk
        try desk.execute(
            "UPDATE events SET at = at + 1 WHERE type = 'acknowledgement_skipped' OR position = 3")
        let differences = try desk.store.verify().differences
        #expect(differences.contains { $0.kind == .changedEvent && $0.key == "3" })
    }

    @Test func changedBytesThatWaitToBeSentAreNamed() throws {
        let desk = try FullDesk().desk
        try desk.write {
            try $0.keep(
                PreparedBytes(
                    conversation: nil, envelopeSender: "a@desk", recipients: ["b@x.ir"],
                    bytes: Array("Hello".utf8)), for: DeliveryID(rawValue: 1))
        }
        #expect(try desk.store.verify().isIntact)
        try desk.execute("UPDATE prepared SET bytes = $1", [Array("Hallo".utf8)])
        #expect(try desk.store.verify().differences.map(\.kind) == [.changedPrepared])
    }
}
