extension RFC3339 {
    /// A sentence of the daemon's with every time in it as its reader writes times: the daemon writes
    /// `2026-11-30T12:18:54.026Z`, for it knows nobody's zone or calendar. Anything else stays.
    public static func telling(_ sentence: String, as written: (Instant) -> String) -> String {
        sentence.split(separator: " ", omittingEmptySubsequences: false)
            .map { word in
                let core = word.drop { $0 == "(" }
                let end = core.lastIndex { !".,;:)".contains($0) }.map(core.index(after:))
                guard let end, let instant = instant(String(core[..<end])) else {
                    return String(word)
                }
                return word[..<core.startIndex] + written(instant) + core[end...]
            }
            .joined(separator: " ")
    }
}
