import Foundation
import HelpdeskCore
import Testing

@testable import HelpdeskEngine

/// Docs/Archive.md and the code say the same: every example is read and written again as it stands, and every member of the code
/// stands in some example.
@Suite("The archive's document") struct ArchiveDocumentTests {
    private static func examples() throws -> [String] {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Docs/Archive.md").standardized
        let text = try String(contentsOf: path, encoding: .utf8)
        return text.split(separator: "\n").filter { $0.hasPrefix("{\"") }.map(String.init)
    }

    /// Members without a value left out, in the order of their names.
    private static func plain(_ value: Any) -> Any {
        if let object = value as? [String: Any] {
            return object.compactMapValues { $0 is NSNull ? nil : plain($0) }
        }
        if let list = value as? [Any] { return list.map(plain) }
        return value
    }

    private static func normal(_ line: String) throws -> String {
        let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
        let data = try JSONSerialization.data(
            withJSONObject: plain(value), options: [.sortedKeys, .withoutEscapingSlashes])
        return String(decoding: data, as: UTF8.self)
    }

    @Test("every example is read, and written as it stands")
    func examplesAreRead() throws {
        let examples = try Self.examples()
        var kinds: Set<ArchiveRecord.Kind> = []
        for example in examples {
            let record = try ArchiveRecord(line: example)
            kinds.insert(record.kind)
            #expect(try Self.normal(record.line()) == Self.normal(example))
        }
        #expect(kinds == Set(ArchiveRecord.Kind.allCases))
        #expect(examples.count > 30)
    }

    @Test("every member of the code stands in an example")
    func membersAreShown() throws {
        var members: Set<String> = []
        var shown: Set<String> = []
        for example in try Self.examples() {
            let record = try ArchiveRecord(line: example)
            Self.collect(record.body, record.kind.rawValue, into: &members)
            let value = try JSONSerialization.jsonObject(with: Data(example.utf8))
            Self.collect(value, json: record.kind.rawValue, into: &shown)
        }
        #expect(Set(members.map(Self.kind)).subtracting(shown.map(Self.kind)) == [])
        #expect(members.count > 150)
    }

    @Test("every kind of change stands in the table")
    func changesAreShown() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Docs/Archive.md").standardized
        let text = try String(contentsOf: path, encoding: .utf8)
        let table = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.joined()
        for what in ArchivedChange.What.allCases {
            #expect(table.contains("`\(what.rawValue)`"), "\(what.rawValue)")
        }
    }

    /// What several records have in common is shown once.
    private static func kind(_ member: String) -> String {
        for (path, same) in [
            ("reply.words", "message.words"), ("note.words", "message.words"),
            ("customer_unmerged", "customer_merged"),
        ] where member.hasPrefix(path) {
            return same + member.dropFirst(path.count)
        }
        return member
    }

    /// Paths of members, by looking at the values: `message.words.mail.id`.
    private static func collect(_ value: Any, _ path: String, into members: inout Set<String>) {
        guard String(reflecting: type(of: value)).hasPrefix("HelpdeskEngine.Archive"),
            !(value is ArchiveTime)
        else { return }
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .struct else { return }
        for child in mirror.children {
            guard let label = child.label else { continue }
            let member = "\(path).\(name(label))"
            members.insert(member)
            for part in parts(child.value) { collect(part, member, into: &members) }
        }
    }

    /// What stands within an optional or a list.
    private static func parts(_ value: Any) -> [Any] {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional, .collection: return mirror.children.flatMap { parts($0.value) }
        default: return [value]
        }
    }

    private static func name(_ label: String) -> String {
        switch label {
        case "isPrivate": return "private"
        case "ticketClass": return "class"
        default:
            return label.reduce(into: "") { text, character in
                text += character.isUppercase ? "_\(character.lowercased())" : String(character)
            }
        }
    }

    private static func collect(_ value: Any, json path: String, into shown: inout Set<String>) {
        if let list = value as? [Any] {
            for part in list { collect(part, json: path, into: &shown) }
        } else if let object = value as? [String: Any] {
            for (name, part) in object {
                shown.insert("\(path).\(name)")
                collect(part, json: "\(path).\(name)", into: &shown)
            }
        }
    }

    @Test(
        "U+0000 becomes its picture, and nothing else does",
        arguments: [
            (#"{"a":"x\u0000y"}"#, #"{"a":"x\u2400y"}"#),
            (#"{"a":"\\u0000"}"#, #"{"a":"\\u0000"}"#),
            (#"{"a":"\\\u0000"}"#, #"{"a":"\\\u2400"}"#),
            (#"{"a":"\"#, #"{"a":"\"#),
        ])
    func noNUL(_ line: String, _ wanted: String) {
        #expect(ArchiveSight.withoutNUL(line) == wanted)
    }
}
