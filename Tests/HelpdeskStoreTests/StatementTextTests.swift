import Foundation
import Testing

/// Parameters are bound by place, `$n` is a name to SQLite: they agree only where each `$n` is first used in ascending order
/// (DESIGN "Store"). Read from the sources, so that no statement escapes by not being run.
@Suite struct StatementTextTests {
    private static var sources: [URL] {
        get throws {
            let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent().deletingLastPathComponent()
                .appendingPathComponent("Sources/HelpdeskStore")
            let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
            let found = (files?.allObjects ?? []).compactMap { $0 as? URL }
            return found.filter { $0.pathExtension == "swift" }
        }
    }

    @Test func everyStatementUsesItsParametersInAscendingOrder() throws {
        var literals = 0
        for source in try Self.sources {
            let text = try String(contentsOf: source, encoding: .utf8)
            for literal in Self.literals(text) {
                let numbers = Self.firstUses(literal)
                guard !numbers.isEmpty else { continue }
                literals += 1
                // What is put together from fragments has gaps here; `QueryPlanTests` sees it whole.
                let ascending =
                    literal.contains("\\(") || numbers[0] > 1
                    ? numbers.sorted() : Array(1..<numbers.count + 1)
                #expect(numbers == ascending, "\(source.lastPathComponent): \(literal)")
            }
        }
        #expect(literals > 100)
    }

    @Test func theScannerFindsASwap() {
        #expect(Self.literals("try a(\"x = $2 AND y = $1\")") == ["x = $2 AND y = $1"])
        #expect(Self.firstUses("x = $2 AND y = $1 AND z = $2") == [2, 1])
        #expect(Self.literals("a(\"\"\"\n  SELECT $1\n  \"\"\", [b], \"$3\")").count == 2)
    }

    /// What stands between quotation marks, one line or many; comments and escapes do not matter for statements.
    static func literals(_ text: String) -> [String] {
        var literals: [String] = []
        for (index, part) in text.components(separatedBy: "\"\"\"").enumerated() {
            if index % 2 == 1 {
                literals.append(part)
            } else {
                for line in part.components(separatedBy: "\n")
                where !line.drop(while: { $0 == " " }).hasPrefix("//") {
                    let pieces = line.components(separatedBy: "\"")
                    literals += pieces.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
                }
            }
        }
        return literals
    }

    /// The numbers after `$`, each where it stands first.
    static func firstUses(_ statement: String) -> [Int] {
        var numbers: [Int] = []
        for part in statement.components(separatedBy: "$").dropFirst() {
            guard let number = Int(part.prefix { ("0"..."9").contains($0) }) else { continue }
            if !numbers.contains(number) { numbers.append(number) }
        }
        return numbers
    }
}
