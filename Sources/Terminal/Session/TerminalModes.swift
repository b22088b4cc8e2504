/// The bytes that take a terminal over and give it back.
struct TerminalModes {
    /// Sent before anything is known: alternate screen, cursor hidden, no wrapping at the right
    /// edge, bracketed paste, focus reports.
    static let base = bytes("?1049h", "?25l", "?7l", "?2004h", "?1004h")

    /// Sent once the terminal has answered.
    static func extras(
        _ capabilities: TerminalCapabilities, bidi: BidiMode, mouse: TerminalSession.Options.Mouse
    ) -> [UInt8] {
        var out: [UInt8] = []
        if capabilities.explicitBidi == .supported, bidi != .terminal { out += bytes("8l") }
        if capabilities.clusterMode == .reset { out += bytes("?2027h") }
        // Disambiguate escape codes, report alternate keys.
        if capabilities.kittyKeyboard == .supported { out += bytes(">5u") }
        if mouse == .reported { out += bytes("?1002h", "?1006h") }
        return out
    }

    /// Undoes all of it, in the reverse order; harmless when some of it was not done.
    static func farewell(_ capabilities: TerminalCapabilities) -> [UInt8] {
        var out = bytes("?1006l", "?1002l")
        if capabilities.kittyKeyboard == .supported { out += bytes("<u") }
        if capabilities.clusterMode == .reset { out += bytes("?2027l") }
        if capabilities.explicitBidi == .supported { out += bytes("8h") }
        if capabilities.synchronizedOutput == .supported { out += bytes("?2026l") }
        return out + bytes("?1004l", "?2004l", "?7h", "m", "?25h", "?1049l")
    }

    private static func bytes(_ sequences: String...) -> [UInt8] {
        sequences.flatMap { Array("\u{1B}[\($0)".utf8) }
    }
}
