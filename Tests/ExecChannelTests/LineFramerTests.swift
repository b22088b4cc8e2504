import RandomKit
import Testing

@testable import ExecChannel

@Suite("Lines out of a stream")
struct LineFramerTests {
    @Test("lines come out as they went in, however the stream is cut")
    func cuts() {
        for seed in UInt64(1)...200 {
            var random = SeededRandom(seed: seed)
            let count = Int.random(in: 1...20, using: &random)
            let lines: [[UInt8]] = (0..<count).map { _ in
                (0..<Int.random(in: 1...60, using: &random)).map { _ in
                    UInt8.random(in: 0x20...0xFF, using: &random)
                }
            }
            var stream: [UInt8] = []
            for line in lines { stream += line + [0x0A] }
            var framer = LineFramer(limit: 64)
            var found: [LineFramer.Piece] = []
            var index = 0
            while index < stream.count {
                let end = min(stream.count, index + Int.random(in: 1...30, using: &random))
                found += framer.take(stream[index..<end])
                index = end
            }
            #expect(found == lines.map { .line($0) }, "seed \(seed)")
        }
    }

    @Test("a line of exactly the limit is taken, one byte more ends the stream")
    func limit() {
        var exact = LineFramer(limit: 8)
        #expect(exact.take(Array("12345678\n".utf8)[...]) == [.line(Array("12345678".utf8))])
        var over = LineFramer(limit: 8)
        #expect(over.take(Array("12345".utf8)[...]) == [])
        #expect(over.take(Array("6789".utf8)[...]) == [.overlong])
        #expect(over.take(Array("\nnext\n".utf8)[...]) == [])
    }

    @Test("CR before LF belongs to the end; empty lines are left out")
    func ends() {
        var framer = LineFramer(limit: 100)
        #expect(
            framer.take(Array("a\r\n\n\r\nb\n".utf8)[...])
                == [.line(Array("a".utf8)), .line(Array("b".utf8))])
    }

    @Test("complaints are cut at their limit and go on behind the next line end")
    func complaints() {
        var lines = ComplaintLines(limit: 4)
        #expect(lines.take(Array("abcdef\n\nxy".utf8)[...]) == [Array("abcd".utf8)])
        #expect(lines.finish() == [Array("xy".utf8)])
        #expect(lines.finish() == [])
    }

    @Test("secrets are masked wherever they stand, the longest first")
    func masks() {
        let mask = SecretMask(["geheim", "geheim-2", "abc"])
        #expect(
            mask.masked(Array("x geheim-2 geheimgeheim abc".utf8))
                == "x [secret] [secret][secret] abc")
        #expect(mask.isBroken(by: Array("…geheim…".utf8)))
        #expect(!mask.isBroken(by: Array("gehei m abc".utf8)))
    }
}
