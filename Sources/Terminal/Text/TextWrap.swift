/// Wrapping, cutting and padding of plain text in stored order, for output that is not painted on a
/// grid: tables and help on the command line.
public enum TextWrap {
    /// The lines of a text wrapped at words to at most `columns` cells. Line ends in the text hold.
    public static func lines(
        of text: SafeText, columns: Int, widths: WidthPolicy = .sum
    ) -> [String] {
        text.string.split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph in
            let clusters = Array(paragraph)
            return breaker(clusters, widths).lines(columns: columns, limit: .max).map { line in
                String(clusters[line.visible])
            }
        }
    }

    /// `text` cut to at most `columns` cells, with … in the last one when something was cut.
    public static func cut(
        _ text: SafeText, columns: Int, widths: WidthPolicy = .sum
    ) -> String {
        let clusters = Array(text.string)
        let breaker = breaker(clusters, widths)
        if breaker.prefix(columns: columns) == clusters.count { return text.string }
        guard columns > 0 else { return "" }
        return String(clusters[..<breaker.prefix(columns: columns - 1)]) + "…"
    }

    /// `text` cut or filled with spaces to exactly `columns` cells.
    public static func fit(
        _ text: SafeText, columns: Int, widths: WidthPolicy = .sum
    ) -> String {
        let cut = cut(text, columns: columns, widths: widths)
        let missing = max(columns, 0) - widths.width(of: cut)
        return cut + String(repeating: " ", count: max(missing, 0))
    }

    private static func breaker(_ clusters: [Character], _ widths: WidthPolicy) -> LineBreaker {
        var breaker = LineBreaker()
        for cluster in clusters {
            breaker.append(
                width: widths.width(of: cluster), first: cluster.unicodeScalars.first ?? " ")
        }
        return breaker
    }
}
