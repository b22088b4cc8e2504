extension RFC3339 {
    /// A sentence of the daemon's with every time in it as its reader writes times: the daemon writes
    /// `2026-11-30T12:18:54.026Z`, for it knows nobody's zone or calendar. Anything else stays.
    public static func telling(_ sentence: String, as written: (Instant) -> String) -> String {
        sentence.split(separator: " ", omittingEmptySubsequences: false)
            .map { word in
                let core = word.utf8.drop { $0 == UInt8(ascii: "(") }
                let last = core.lastIndex { !".,;:)".utf8.contains($0) }
                guard let end = last.map(core.index(after:)),
                    let instant = instant(String(Substring(core[..<end])))
                else { return String(word) }
                return word[..<core.startIndex] + written(instant) + word[end...]
            }
            .joined(separator: " ")
    }
}
