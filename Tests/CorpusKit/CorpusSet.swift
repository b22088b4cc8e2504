import FoundationEssentials

/// One set of real test material of peers beside the repository (never in it): `$HAMDEL_CORPORA`, or
/// `../shared/corpora` from the package root. Its README and KINDS pages say what a case is.
public struct CorpusSet: Sendable {
    public let name: String
    let folder: String

    public struct Case: Sendable {
        public let id: String
        public let kind: String
        public let fields: JSONValue
        public let expect: JSONValue
        let folder: String

        /// Peers disagree, or it is one peer's policy: reported, never a failure (KINDS).
        public var isOptional: Bool {
            fields["optional"]?.boolean == true || fields["peer_xfail"]?.boolean == true
        }

        /// The bytes of the file that `input` names.
        public func bytes() -> [UInt8]? {
            fields["input"]?.text.flatMap { CorpusSet.bytes("\(folder)/\($0)") }
        }

        /// The bytes of another file of the set.
        public func bytes(of path: String) -> [UInt8]? { CorpusSet.bytes("\(folder)/\(path)") }
    }

    public static func bytes(_ path: String) -> [UInt8]? {
        (try? Data(contentsOf: URL(filePath: path))).map { [UInt8]($0) }
    }

    /// Nil where the material is not there.
    public static let root: String? = {
        let given = ProcessInfo.processInfo.environment["HAMDEL_CORPORA"]
        let package = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let beside = package.deletingLastPathComponent().path + "/shared/corpora"
        for path in [given, beside].compactMap({ $0 })
        where FileManager.default.fileExists(atPath: path + "/KINDS.md") {
            return path
        }
        return nil
    }()

    /// Sets whose names begin so, in order.
    public static func all(_ prefixes: [String]) -> [CorpusSet] {
        guard let root, let names = try? FileManager.default.contentsOfDirectory(atPath: root)
        else { return [] }
        return names.sorted().filter { name in prefixes.contains { name.hasPrefix($0) } }
            .map { CorpusSet(name: $0, folder: "\(root)/\($0)") }
    }

    public static func named(_ name: String) -> CorpusSet? {
        all([name]).first { $0.name == name }
    }

    /// None for a set that has only files.
    public func cases() -> [Case] {
        guard let bytes = Self.bytes(folder + "/cases.jsonl") else { return [] }
        return bytes.split(separator: 0x0A).compactMap { line in
            guard
                let fields = try? JSONDecoder().decode(JSONValue.self, from: Data(line)),
                let id = fields["id"]?.text, let kind = fields["kind"]?.text
            else { return nil }
            return Case(
                id: id, kind: kind, fields: fields, expect: fields["expect"] ?? .null,
                folder: folder)
        }
    }

    /// Every file of the set, for what asks only that nothing breaks.
    public func files() -> [(name: String, bytes: [UInt8])] {
        guard let names = try? FileManager.default.subpathsOfDirectory(atPath: folder + "/files")
        else { return [] }
        return names.sorted().compactMap { name in
            Self.bytes("\(folder)/files/\(name)").map { (name, $0) }
        }
    }
}
