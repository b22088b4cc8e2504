import RandomKit
import Testing

@testable import PhoneLogChannel

@Suite("CSV from chunks")
struct CSVReaderTests {
    private func read(_ text: String, chunk: Int = .max, delimiter: UInt8 = 0x2C) -> [String] {
        var reader = CSVReader(delimiter: delimiter)
        var items: [CSVReader.Item] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            items += reader.read(Array(rest.prefix(chunk)))
            rest = rest.dropFirst(chunk)
        }
        items += reader.finish()
        return items.map(described)
    }

    private func described(_ item: CSVReader.Item) -> String {
        switch item {
        case .row(let row): "\(row.line): " + row.fields.joined(separator: "|")
        case .fault(let line, let fault): "\(line)! \(fault)"
        }
    }

    private static let tooLate =
        "text follows the closing quote of a field; quotes within are doubled"

    @Test(
        "rows, quotes, line ends and the byte order mark",
        arguments: [
            ("a,b\nc,d\n", ["1: a|b", "2: c|d"]),
            ("a,b\r\nc,d", ["1: a|b", "2: c|d"]),
            ("a,b\rc,d\r", ["1: a|b", "2: c|d"]),
            ("\u{FEFF}a,b\n", ["1: a|b"]),
            ("\"a,b\",c\n\"say \"\"hi\"\"\",x\n", ["1: a,b|c", "2: say \"hi\"|x"]),
            ("\"a\nb\",c\nd,e\n", ["1: a\nb|c", "3: d|e"]),
            ("\"a\r\nb\",c\r\nd,e\r\n", ["1: a\r\nb|c", "3: d|e"]),
            ("\n\na,b\n\n\r\nc,d\n", ["3: a|b", "6: c|d"]),
            ("a,,\n,,\n", ["1: a||", "2: ||"]),
            ("\"\",\"\"\n", ["1: |"]),
            ("a\"b,c\n", ["1: a\"b|c"]),
            ("", []), ("\n", []), ("\u{FEFF}", []), ("x", ["1: x"]),
            ("a,b\n\"c\"d,e\nf,g\n", ["1: a|b", "2! \(tooLate)", "3: f|g"]),
            ("\"open,b\nc,d\ne,f\n", ["1! a quote is never closed", "2: c|d", "3: e|f"]),
            ("a,\"x\r\ny\"z\r\nc,d\r\n", ["1! \(tooLate)", "2: y\"z", "3: c|d"]),
        ])
    func reads(_ text: String, _ expected: [String]) {
        #expect(read(text) == expected)
    }

    @Test("other delimiters")
    func delimiters() {
        #expect(read("a;b,c\n", delimiter: UInt8(ascii: ";")) == ["1: a|b,c"])
        #expect(read("a\tb\n", delimiter: 0x09) == ["1: a|b"])
    }

    @Test("a row over the bound is given up alone")
    func tooLong() {
        let long = String(repeating: "x", count: CSVReader.maximumRowBytes)
        let fault = "2! the row is longer than 65536 bytes (a quote left open?)"
        #expect(read("a,b\n\(long),c\nd,e\n") == ["1: a|b", fault, "3: d|e"])
        // An open quote takes no more than its own line with it.
        let rows = String(repeating: "d,e\n", count: 30_000)
        let result = read("a,b\n\"c,d\n" + rows)
        #expect(result.prefix(3) == ["1: a|b", fault, "3: d|e"])
        #expect(result.count == 30_002)
        #expect(
            read(String(repeating: ",", count: 600) + "\na,b\n") == [
                "1! the row has more than 512 fields", "2: a|b",
            ])
    }

    @Test("the size of the chunks changes nothing, whatever the bytes")
    func chunks() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let pieces = ["a", "\"", "\"\"", ",", "\n", "\r\n", "\r", "ب", "\u{FEFF}", " "]
        for _ in 0..<3000 {
            var text = ""
            for _ in 0..<Int(random.next() % 30) {
                text += pieces[Int(random.next() % UInt64(pieces.count))]
            }
            let whole = read(text)
            for chunk in [1, 2, 3, 7] {
                #expect(read(text, chunk: chunk) == whole, "seed \(seed): \(text.debugDescription)")
            }
        }
    }

    @Test("what is written by RFC 4180 is read back, and lines are counted right")
    func roundTrip() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let pieces = ["a", "\"", ",", "\n", "\r\n", "ب", ";"]
        var text = ""
        var line = 1
        var expected: [String] = []
        for _ in 0..<500 {
            var fields: [String] = []
            for _ in 0...(random.next() % 4) {
                var field = "x"
                for _ in 0..<Int(random.next() % 6) {
                    field += pieces[Int(random.next() % UInt64(pieces.count))]
                }
                fields.append(field + "x")
            }
            expected.append("\(line): " + fields.joined(separator: "|"))
            let row = fields.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(
                separator: ",")
            text += row + "\r\n"
            line += row.utf8.count { $0 == 0x0A } + 1
        }
        #expect(read(text, chunk: 100) == expected, "seed \(seed)")
    }
}
