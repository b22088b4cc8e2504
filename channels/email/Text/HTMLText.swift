import CGumbo

/// HTML as text for a terminal: paragraphs, lists, tables by row, links with their target, quotations marked by “>”.
/// Nothing is fetched, nothing is run; scripts and styles leave no trace. Linear in the size of the document.
enum HTMLText {
    struct Rendered: Equatable {
        /// UTF-8, LF line ends.
        var text: [UInt8] = []
        /// Parts of `text` that the sender's program marked as quoted history.
        var quoted: [Range<Int>] = []
        /// Parts marked as the sender's signature.
        var signatures: [Range<Int>] = []
        /// Where a program put its marker for “from here on it is history”; the earliest.
        var historyStart: Int?
    }

    /// Memory that the tree of one document may take.
    private static let arena = 64 << 20

    static func render(_ html: [UInt8]) -> Rendered {
        guard HTMLNesting.isHarmless(html) else {
            return Rendered(text: HTMLStripper.text(of: html))
        }
        return html.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                guard let base = characters.baseAddress,
                    let document = cgu_parse(base, characters.count, arena)
                else {
                    return Rendered(text: html.isEmpty ? [] : HTMLStripper.text(of: html))
                }
                defer { cgu_free(document) }
                var renderer = HTMLRenderer()
                let events = UnsafeBufferPointer(
                    start: cgu_events(document), count: cgu_count(document))
                for event in events { renderer.take(event) }
                return renderer.finish()
            }
        }
    }
}
