/// Makes text that a stranger wrote safe to show on a terminal.
///
/// Whatever could steer the terminal, reorder or hide its neighbours, or shift a column is replaced
/// by a visible mark, so that an agent sees that something was there:
///
/// - C0 and DEL by their pictures (␛, ␡), C1 and unassigned code points by �;
/// - bidi marks, embeddings, overrides and isolates by ⇄ (Trojan Source, CVE-2021-42574);
/// - zero-width characters, tags, fillers, stray variation selectors and joiners, and the
///   combining marks beyond `marksPerCell` by ¤, one for each run of them;
/// - U+2028, U+2029 and U+0085 by a line end.
///
/// A zero-width joiner or non-joiner between two letters that join, after a virama, and inside an
/// emoji is kept; one that merely follows such a letter (a slip of the finger in Persian) is
/// dropped. Output sanitized again is the same. Linear in the length; allocates one copy.
public enum Sanitizer {
    /// How many combining marks may stand on one character. Fully pointed Hebrew and Tibetan
    /// stacks need 4.
    public static let marksPerCell = 4

    /// Columns between tab stops in multi-line text.
    public static let tabWidth = 8

    /// For a subject, a name, a file name, a table's field: line ends become ↵, a tab a space.
    public static func singleLine(_ text: String) -> SafeText {
        sanitize(text, lines: .single)
    }

    /// For a body: every kind of line end becomes U+000A, tabs become spaces up to the next stop.
    public static func multiLine(_ text: String) -> SafeText {
        sanitize(text, lines: .multiple)
    }

    private static func sanitize(_ text: String, lines: SanitizerPass.Lines) -> SafeText {
        if isPlain(text, lines) { return SafeText(trusted: text) }
        var pass = SanitizerPass(Array(text.unicodeScalars), lines: lines)
        return SafeText(trusted: pass.run())
    }

    /// Printable ASCII alone, which most subjects, names and log lines are, needs no pass.
    private static func isPlain(_ text: String, _ lines: SanitizerPass.Lines) -> Bool {
        text.utf8.allSatisfy { byte in
            (byte >= 0x20 && byte < 0x7F) || (byte == 0x0A && lines == .multiple)
        }
    }
}

/// The visible marks that stand for what was taken out. Each is one cell wide under every policy.
enum SafetyMark {
    static let bidi: Unicode.Scalar = "\u{21C4}"
    static let hidden: Unicode.Scalar = "\u{A4}"
    static let unknown: Unicode.Scalar = "\u{FFFD}"
    static let lineEnd: Unicode.Scalar = "\u{21B5}"
    static let noBase: Unicode.Scalar = "\u{25CC}"

    /// The picture of a control character.
    static func picture(of control: UInt32) -> Unicode.Scalar {
        if control < 0x20 { return Unicode.Scalar(0x2400 + control) ?? unknown }
        return control == 0x7F ? "\u{2421}" : unknown
    }
}
