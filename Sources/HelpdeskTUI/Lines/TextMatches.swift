internal import HelpdeskCore
internal import Terminal

/// Where words stand in a text, whatever their case, diacritics, digits and Persian or Arabic letters.
enum TextMatches {
    /// Places of one text that are marked at most.
    static let limit = 200

    /// The clusters that match, counted as in `FieldLine.offsets`.
    static func offsets(of words: String, in text: SafeText) -> [Range<Int>] {
        let needle = Array(TextFold.folded(words).utf8)
        guard !needle.isEmpty else { return [] }
        var bytes: [UInt8] = []
        // For each folded byte the cluster that it came from.
        var sources: [Int32] = []
        for (offset, character) in text.string.enumerated() {
            let folded = Array(TextFold.folded(String(character)).utf8)
            bytes += folded
            sources += Array(repeating: Int32(clamping: offset), count: folded.count)
        }
        var found: [Range<Int>] = []
        var start = 0
        while start + needle.count <= bytes.count, found.count < limit {
            if bytes[start] == needle[0], bytes[start..<(start + needle.count)] == needle[...] {
                let last = Int(sources[start + needle.count - 1])
                found.append(Int(sources[start])..<(last + 1))
                start += needle.count
            } else {
                start += 1
            }
        }
        return found
    }
}
