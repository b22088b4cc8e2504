import HelpdeskAPI
import RandomKit
import Testing

struct JSONTests {
    private static let readings: [(String, JSONValue)] = [
        ("null", .null),
        (" [ 1 , -0 , 2.5e1 ] ", [1, 0, 25.0]),
        (#"{"b":1,"a":{"b":[]}}"#, ["b": 1, "a": ["b": []]]),
        (#""\u0041\n\/\ud83d\ude00""#, "A\n/😀"),
        ("9223372036854775807", .integer(.max)),
        ("9223372036854775808", .number(9_223_372_036_854_775_808)),
    ]

    @Test(arguments: readings)
    func `JSON is read with the order of its members`(text: String, value: JSONValue) throws {
        #expect(try JSONReader.value(of: Array(text.utf8)) == value)
    }

    @Test(arguments: [
        ("", 0), ("nul", 0), ("[1,]", 3), ("{\"a\":1,}", 7), ("[1] 2", 4), ("01", 1), ("1.", 2),
        ("\"a", 2), ("\"\\x\"", 3), ("\"\\ud800\"", 7), ("\"a\nb\"", 3), ("1e999", 5), ("[", 1),
        ("{1:2}", 1), ("\"\\u12g4\"", 5),
    ])
    func `what is no JSON is refused with its place`(text: String, offset: Int) {
        let fault = #expect(throws: JSONReader.Fault.self) {
            try JSONReader.value(of: Array(text.utf8))
        }
        #expect(fault?.offset == offset)
    }

    @Test func `nesting is bounded, invalid UTF-8 refused`() throws {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: JSONReader.Fault.self) { try JSONReader.value(of: Array(deep.utf8)) }
        let fits = JSONReader.depth
        let allowed =
            String(repeating: "[", count: fits) + String(repeating: "]", count: fits)
        #expect(throws: Never.self) { try JSONReader.value(of: Array(allowed.utf8)) }
        #expect(throws: JSONReader.Fault.self) { try JSONReader.value(of: [0x22, 0xFF, 0x22]) }
    }

    @Test func `no control or direction character stands raw in what is written`() throws {
        let hostile = "\u{1B}[2J\u{7F}\u{9B}\u{202E}\u{2066}\u{200F}\u{2028}\u{61C}\0"
        let bytes = JSONText.bytes(of: .object([JSONMember(hostile, .string(hostile))]))
        #expect(
            String(decoding: bytes, as: UTF8.self).unicodeScalars
                .allSatisfy { $0.value >= 0x20 && $0.value < 0x7F })
        #expect(
            try JSONReader.value(of: bytes) == .object([JSONMember(hostile, .string(hostile))]))
    }

    @Test func `the joiners that Persian needs stay as they are`() {
        #expect(JSONText.bytes(of: "می\u{200C}خواهم") == Array("\"می\u{200C}خواهم\"".utf8))
    }

    @Test func `every value written is read as itself`() throws {
        let seed = SeededRandom.freshSeed()
        var generator = SeededRandom(seed: seed)
        for _ in 0..<500 {
            let value = Self.anything(depth: 4, &generator)
            let bytes = JSONText.bytes(of: value)
            #expect(try JSONReader.value(of: bytes) == value, "seed \(seed)")
            #expect(try WireJSON.encode(value) == bytes, "seed \(seed)")
        }
    }

    private static func anything(depth: Int, _ generator: inout SeededRandom) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .integer(Int64.random(in: .min ... .max, using: &generator))
        case 3: return .number(Double.random(in: 0.1...0.9, using: &generator))
        case 4: return .string(text(&generator))
        case 5:
            return .array(
                (0..<3).map { _ in anything(depth: depth - 1, &generator) })
        default:
            return .object(
                (0..<3).map { index in
                    JSONMember(
                        "\(index)" + text(&generator), anything(depth: depth - 1, &generator))
                })
        }
    }

    private static func text(_ generator: inout SeededRandom) -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0..<12, using: &generator) {
            let limit: UInt32 = Bool.random(using: &generator) ? 0x250 : 0x10FFFF
            if let scalar = Unicode.Scalar(UInt32.random(in: 0...limit, using: &generator)) {
                scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    @Test func `through Foundation's decoder values survive, sorted by name`() throws {
        let value = try WireJSON.decode(
            JSONValue.self, from: Array(#"{"b":[1,2.5,null,true,"x"],"a":{}}"#.utf8))
        #expect(value == ["a": [:], "b": [1, 2.5, nil, true, "x"]])
    }

    @Test func `a number that is not finite is refused rather than written wrongly`() {
        #expect(throws: EncodingError.self) { try WireJSON.encode([Double.nan]) }
        #expect(throws: EncodingError.self) { try WireJSON.encode([UInt64.max]) }
    }
}
