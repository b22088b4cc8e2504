import Glibc
import Testing

@testable import Terminal

/// Rows of Unicode's own conformance test, where the shared corpora are at hand.
@Suite(.enabled(if: BidiCorpus.isThere, "no corpora beside the package: bidi rows not tested"))
struct BidiCorpusTests {
    @Test("Levels and order of whole rows are Unicode's")
    func wholeRows() throws {
        let rows = BidiCorpus.lines("files/BidiCharacterTest-sample.txt").filter {
            !$0.hasPrefix("#")
        }
        var failures: [String] = []
        for row in rows {
            let fields = row.split(separator: ";")
            try #require(fields.count == 5, "\(row)")
            let scalars = fields[0].split(separator: " ").compactMap {
                UInt32($0, radix: 16).flatMap(Unicode.Scalar.init)
            }
            let base: BaseDirection =
                switch fields[1] {
                case "0": .fixed(.leftToRight)
                case "1": .fixed(.rightToLeft)
                default: .automatic
                }
            let paragraph = BidiParagraph(scalars, base: base)
            let expected = fields[3].split(separator: " ").map { Int8($0) }
            if !BidiCorpus.agrees(paragraph, scalars, expected, order: fields[4]) {
                failures.append(row)
            }
        }
        #expect(rows.count > 1_000)
        #expect(failures == [])
    }

    @Test("First-strong directions are Unicode's")
    func directions() throws {
        let cases = BidiCorpus.lines("cases.jsonl")
        var failures: [String] = []
        for line in cases {
            let points = try #require(BidiCorpus.value("codepoints", in: line))
            let direction = try #require(BidiCorpus.value("direction", in: line))
            let scalars = points.split(separator: " ").compactMap {
                UInt32($0, radix: 16).flatMap(Unicode.Scalar.init)
            }
            let found = BidiParagraph(scalars, base: .automatic).direction
            if (found == .rightToLeft) != (direction == "rtl") { failures.append(line) }
        }
        #expect(cases.count > 50)
        #expect(failures == [])
    }

    @Test("Whole rows survive the field: hostile controls marked, everything else in order")
    func throughTheField() {
        let layout = FieldLayout()
        for line in BidiCorpus.lines("cases.jsonl") {
            let points = BidiCorpus.value("codepoints", in: line) ?? ""
            var view = String.UnicodeScalarView()
            for point in points.split(separator: " ") {
                if let scalar = UInt32(point, radix: 16).flatMap(Unicode.Scalar.init) {
                    view.append(scalar)
                }
            }
            let safe = Sanitizer.singleLine(String(view))
            let shown = layout.line(safe, columns: 100)
            #expect(shown.width == WidthPolicy.sum.width(of: safe), "\(line)")
            #expect(Safety.problem(in: shown.text) == nil, "\(line)")
        }
    }
}

enum BidiCorpus {
    private static let folder: String = {
        let root = getenv("HAMDEL_CORPORA").map { String(cString: $0) } ?? "../shared/corpora"
        return root + "/text-bidi"
    }()

    static let isThere = access(folder + "/cases.jsonl", R_OK) == 0

    static func lines(_ name: String) -> [String] {
        guard let file = fopen("\(folder)/\(name)", "r") else { return [] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let got = fread(&buffer, 1, buffer.count, file)
            if got == 0 { break }
            bytes += buffer[..<got]
        }
        return bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The value of a string key in a line of JSON without escapes in it.
    static func value(_ key: String, in line: String) -> Substring? {
        let bytes = Array(line.utf8)
        let mark = Array("\"\(key)\": \"".utf8)
        guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: mark) }) else {
            return nil
        }
        let rest = bytes[(start + mark.count)...].prefix { $0 != UInt8(ascii: "\"") }
        return Substring(decoding: rest, as: UTF8.self)
    }

    /// Levels, and after rules L1 and L2 the order; controls (`x`) have neither.
    static func agrees(
        _ paragraph: BidiParagraph, _ scalars: [Unicode.Scalar], _ expected: [Int8?],
        order: Substring
    ) -> Bool {
        let base: Int8 = paragraph.direction == .rightToLeft ? 1 : 0
        var levels = paragraph.levels
        var resets = true
        for index in scalars.indices.reversed() {
            if expected[index] == nil { continue }
            let bidi = scalars[index].properties.generalCategory
            let isSeparator = [0x09, 0x0B, 0x1F, 0x2029, 0x0A, 0x0D].contains(scalars[index].value)
            let isSpace =
                bidi == .spaceSeparator || (0x2066...0x2069).contains(scalars[index].value)
            if isSeparator { resets = true }
            if resets && (isSpace || isSeparator) { levels[index] = base } else { resets = false }
        }
        let kept = scalars.indices.filter { expected[$0] != nil }
        guard kept.map({ levels[$0] }) == kept.compactMap({ expected[$0] }) else { return false }
        let places = BidiParagraph.visualOrder(kept.map { levels[$0] }).map { kept[$0] }
        return places == order.split(separator: " ").compactMap { Int($0) }
    }
}
