import HelpdeskAPI
import HelpdeskCore
import Testing

/// `WireJSON.encode` writes straight into text; `WireJSON.value` builds the document first. Both say the same.
@Suite struct StreamedEncodingTests {
    private func agree(_ document: some Encodable) throws {
        let streamed = try WireJSON.encode(document)
        let built = JSONText.bytes(of: try WireJSON.value(of: document))
        #expect(String(decoding: streamed, as: UTF8.self) == String(decoding: built, as: UTF8.self))
    }

    @Test func documentsComeOutTheSame() throws {
        try agree(Samples.bareTicket)
        try agree(Samples.fullTicket)
        try agree(Samples.fullMessage)
        try agree(API.Page([Samples.fullTicket, Samples.bareTicket], nextCursor: nil))
        try agree(
            API.TicketDetail(
                ticket: Samples.fullTicket, messages: [Samples.bareMessage, Samples.fullMessage]))
        try agree(API.CustomerPatch(name: .clear, attributes: ["b": nil, "a": "x"]))
        try agree(["b": ["y": 1, "x": 2], "a": [:]])
        try agree([[1, 2], []])
        try agree("text")
        try agree(JSONValue.object([JSONMember("a", [1, nil, 2.5])]))
    }

    /// A type that asks for a container within a container.
    private struct Nested: Encodable {
        enum Keys: String, CodingKey { case outer, inner, after }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            var nested = container.nestedContainer(keyedBy: Keys.self, forKey: .outer)
            try nested.encode(1, forKey: .inner)
            try container.encode(true, forKey: .after)
        }
    }

    @Test func aTypeThatCannotBeStreamedIsBuilt() throws {
        #expect(
            String(decoding: try WireJSON.encode(Nested()), as: UTF8.self)
                == #"{"outer":{"inner":1},"after":true}"#)
    }

    /// Every scalar that a terminal could act on, with neighbours that share its bytes.
    @Test func whatIsEscapedIsEscapedWhateverStandsBeside() throws {
        for value in 0...0x2FFF as ClosedRange<UInt32> {
            guard let scalar = Unicode.Scalar(value) else { continue }
            for text in ["\(scalar)", "a\(scalar)b", "ا\(scalar)\u{200C}ب"] {
                let bytes = JSONText.bytes(of: .string(text))
                let written = String(decoding: bytes, as: UTF8.self)
                #expect(!written.unicodeScalars.contains { JSONText.isEscaped($0.value) })
                #expect(try JSONReader.value(of: bytes) == .string(text))
            }
        }
    }
}
