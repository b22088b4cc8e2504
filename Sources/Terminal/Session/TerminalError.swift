/// Why a full-screen session cannot be had. `description` says what to do about it.
public enum TerminalError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Standard input or output is a file or a pipe.
    case notATerminal
    /// `TERM` names a terminal that cannot move its cursor (`dumb`), or none.
    case tooSimple(term: String)
    /// Another session in this process has the terminal.
    case alreadyOpen
    /// The system refused.
    case system(operation: String, code: Int32)

    public var description: String {
        switch self {
        case .notATerminal:
            "The screen needs a terminal, and input or output is not one. "
                + "Use the commands instead; --help lists them."
        case .tooSimple(let term) where term.isEmpty:
            "TERM is not set, so nothing is known about this terminal. "
                + "Set it (for example TERM=xterm-256color), or use the commands; --help lists them."
        case .tooSimple(let term):
            "TERM=\(Sanitizer.singleLine(term)) cannot show a screen. "
                + "Use the commands instead; --help lists them."
        case .alreadyOpen:
            "The terminal is already in use by this program."
        case .system(let operation, let code):
            "The terminal cannot be used: \(operation) failed with error \(code) (see errno(3)). "
                + "Check that this shell still has a terminal."
        }
    }
}
