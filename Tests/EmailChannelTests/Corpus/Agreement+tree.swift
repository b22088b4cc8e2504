import ChannelKit
import CorpusKit
import HelpdeskCore

@testable import EmailChannel

extension Agreement {
    /// Leaves by type, size and digest of their decoded bytes, in order, with either line ends; names of the headers.
    static func tree(_ testCase: CorpusSet.Case) -> Outcome {
        guard let bytes = testCase.bytes(), let leaves = testCase.expect["leaves"]?.list else {
            return .skipped
        }
        let header = HeaderBlock(bytes, limits: .standard)
        guard !header.fields.isEmpty, let ours = decodedLeaves(bytes) else {
            return .differs("not read")
        }
        var differences = Differences()
        differences.expect("leaves", "\(ours.count)", "\(leaves.count)")
        for (mine, theirs) in zip(ours, leaves) {
            let hashes = [theirs["sha256"]?.text, theirs["sha256_lf"]?.text]
            let size = theirs["size"]?.number ?? -1
            let type = theirs["content_type"]?.text
            differences.expect(
                "leaf of \(type ?? "-"): expected \(size) bytes, got \(mine.bytes.count)",
                that: hashes.contains(digest(mine.bytes))
                    || hashes.contains(digest(TextDecoding.normalised(mine.bytes))))
            if let type { differences.expect(
                    "type: expected \(type), got \(mine.type)",
                    that: mine.type == type.lowercased() || mine.type == type.lowercased() + "/plain") }
        }
        if let names = testCase.expect["header_names"]?.texts {
            let ours = header.fields.map { Array(bytes[$0.name]).lowercasedASCII().asText }
            differences.expect(
                "headers", ours.joined(separator: " "),
                names.map { Reductions.ws($0.lowercased()) }.joined(separator: " "))
        }
        return differences.outcome
    }

    static func digest(_ bytes: [UInt8]) -> String {
        PartContent.digest(bytes, range: 0..<bytes.count, encoding: .identity).sha256.rawValue
    }

    /// Encoded mails within are gone into, as the reader does for their text.
    private static func decodedLeaves(_ bytes: [UInt8]) -> [(type: String, bytes: [UInt8])]? {
        let header = HeaderBlock(bytes, limits: .standard)
        let mail = MailSource(raw: bytes, header: header, limits: .standard)
        guard let structure = ParsedStructure(mail, limits: .standard) else { return nil }
        return structure.parts.filter { $0.kind == .leaf }.flatMap { part in
            let content = PartContent.decoded(
                bytes, range: part.range ?? 0..<0, encoding: part.encoding, limit: 50 << 20)
            return part.isEncodedMessage
                ? decodedLeaves(content) ?? [] : [(part.contentType, content)]
        }
    }
}
