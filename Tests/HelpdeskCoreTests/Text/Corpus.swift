import Foundation
import RandomKit

/// Test cases kept outside the repository: in `$HAMDEL_CORPORA`, or in `shared/corpora` beside the package.
enum Corpus {
    static let folder: URL = {
        if let named = ProcessInfo.processInfo.environment["HAMDEL_CORPORA"] {
            return URL(fileURLWithPath: named)
        }
        return URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("shared/corpora")
    }()

    static func isPresent(_ set: String) -> Bool {
        FileManager.default.fileExists(atPath: file(set).path)
    }

    /// One line of a set's `cases.jsonl`.
    struct Case {
        let id: String
        let kind: String
        let isOptional: Bool
        let input: [String: Any]
        let expect: [String: Any]
        let extras: [String: Any]
    }

    static func cases(of set: String, kinds: Set<String>) throws -> [Case] {
        let lines = try String(contentsOf: file(set), encoding: .utf8).split(separator: "\n")
        return try lines.compactMap { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
            guard let fields = object as? [String: Any], let id = fields["id"] as? String,
                let kind = fields["kind"] as? String, kinds.contains(kind)
            else { return nil }
            let isMarked = [fields["optional"], fields["peer_xfail"]].contains {
                $0 as? Bool == true
            }
            return Case(
                id: id, kind: kind, isOptional: isMarked,
                input: fields["input"] as? [String: Any] ?? [:],
                expect: fields["expect"] as? [String: Any] ?? [:], extras: fields)
        }
    }

    private static func file(_ set: String) -> URL {
        folder.appendingPathComponent(set).appendingPathComponent("cases.jsonl")
    }
}

/// The seed of this run: `$HAMDEL_SEED` to repeat one, otherwise a fresh one, printed.
func testSeed(_ name: String) -> UInt64 {
    let seed = SeededRandom.freshSeed()
    print("\(name): HAMDEL_SEED=\(seed)")
    return seed
}
