/// Which way a paragraph runs.
public enum TextDirection: Sendable {
    case leftToRight
    case rightToLeft
}

/// Who puts right-to-left text into the order in which it is seen.
public enum BidiMode: Sendable {
    /// We do: every field is reordered, shaped and mirrored on its own, and the terminal is told to
    /// leave rows alone. The only mode in which columns are sure to stay where they belong.
    case app
    /// The terminal does, row by row. Text is sent as it is stored, right-to-left paragraphs still
    /// aligned right; panes should be fenced by lines.
    case terminal
    /// Nobody does. For terminals and eyes that want the stored order.
    case off
}

/// How the direction of a paragraph is found.
public enum BaseDirection: Equatable, Sendable {
    /// By its first strong character outside isolates (UAX #9 P2, P3); `neutral` where there is none.
    case firstStrong(neutral: TextDirection)
    case fixed(TextDirection)

    /// By the first strong character, else left to right.
    public static let automatic = BaseDirection.firstStrong(neutral: .leftToRight)
}
