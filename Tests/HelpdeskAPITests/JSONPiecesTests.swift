import HelpdeskAPI
import RandomKit
import Testing

@Suite struct JSONPiecesTests {
    private func split(_ text: String, size: Int = 1) -> (head: String, pieces: [String])? {
        JSONPieces(Array(text.utf8), list: "items", size: size).map { pieces in
            (
                String(decoding: pieces.head, as: UTF8.self),
                pieces.pieces.map { String(decoding: $0, as: UTF8.self) }
            )
        }
    }

    @Test(
        "a document is its head, and its list in pieces",
        arguments: [
            (#"{"items":[1,2,3],"n":4}"#, #"{"items":[],"n":4}"#, ["[1]", "[2]", "[3]"]),
            (#"{"items":[]}"#, #"{"items":[]}"#, []),
            (
                #" { "a" : {"items":[9]} , "items" : [ {"b":[1]} , "x" ] } "#,
                #" { "a" : {"items":[9]} , "items" : [] } "#, [#"[{"b":[1]}]"#, #"["x"]"#]
            ),
            (
                #"{"a":"\"items\":[","items":["]","\\",{"k}":"}"}]}"#,
                #"{"a":"\"items\":[","items":[]}"#,
                [#"["]"]"#, #"["\\"]"#, #"[{"k}":"}"}]"#]
            ),
            (
                #"{"itemsx":[1],"items":[true,null,-1.5e3]}"#, #"{"itemsx":[1],"items":[]}"#,
                ["[true]", "[null]", "[-1.5e3]"]
            ),
        ] as [(String, String, [String])])
    func pieces(_ text: String, _ head: String, _ pieces: [String]) throws {
        let found = try #require(split(text))
        #expect(found.head == head)
        #expect(found.pieces == pieces)
    }

    @Test("elements that follow one another are one piece until it is large enough")
    func sizes() {
        let text = #"{"items":[11,22, 33,44]}"#
        #expect(split(text, size: 5)?.pieces == ["[11,22]", "[33,44]"])
        #expect(split(text, size: 100)?.pieces == ["[11,22, 33,44]"])
    }

    @Test(
        "where there is no such list, nothing is split",
        arguments: [
            "", "[]", "{}", #"{"items":1}"#, #"{"items":[1,2"#, #"{"items":["a"#, #"{"items"#,
            #"{"a":{"items":[1]}}"#, #"{"a":"#, #"{"items":[}"#, #"{"items":[{"a":1]"#,
        ])
    func nothing(_ text: String) { #expect(split(text) == nil) }

    @Test("read in pieces a document says the same as read whole")
    func same() throws {
        let seed = SeededRandom.freshSeed()
        var random = SeededRandom(seed: seed)
        for round in 0..<300 {
            let items = (0..<Int.random(in: 0...12, using: &random)).map { _ in value(&random, 0) }
            let whole = JSONValue.object([
                JSONMember("before", value(&random, 0)), JSONMember("items", .array(items)),
                JSONMember("after", value(&random, 0)),
            ])
            let size = Int.random(in: 1...60, using: &random)
            let found = try #require(
                JSONPieces(try WireJSON.encode(whole), list: "items", size: size))
            let read = try found.pieces.flatMap { try JSONReader.value(of: $0).elements ?? [] }
            #expect(read == items, "seed \(seed), round \(round)")
            let head = try JSONReader.value(of: found.head)
            #expect(head["items"] == .array([]) && head["after"] == whole["after"])
        }
    }

    private func value(_ random: inout SeededRandom, _ depth: Int) -> JSONValue {
        let strange = ["", "a", "\"", "\\", "[", "]}", "{\"items\":[", "سلام\n", ",:"]
        switch Int.random(in: 0..<(depth > 2 ? 4 : 6), using: &random) {
        case 0: return .null
        case 1: return .integer(Int64.random(in: -9...9, using: &random))
        case 2: return .bool(true)
        case 3: return .string(strange.randomElement(using: &random) ?? "")
        case 4:
            return .array(
                (0..<Int.random(in: 0...3, using: &random)).map { _ in value(&random, depth + 1) })
        default:
            return .object(
                (0..<Int.random(in: 0...3, using: &random)).map { index in
                    JSONMember(
                        "\(index)" + (strange.randomElement(using: &random) ?? ""),
                        value(&random, depth + 1))
                })
        }
    }
}
