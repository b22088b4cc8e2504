/// Asks a terminal what it can do, and understands the answers. Pure: the session sends `question`
/// and hands in the reports.
///
/// The last question is one that every terminal answers (DA1), so its answer closes the probe:
/// whatever was not answered before it is not supported.
struct CapabilityProbe {
    /// DECRQM for modes 8, 2026 and 2027, the kitty protocol's flags, primary device attributes.
    static let question = Array(
        "\u{1B}[8$p\u{1B}[?2026$p\u{1B}[?2027$p\u{1B}[?u\u{1B}[c".utf8)
    /// How long to wait for the fence, in milliseconds. An answer that comes later is swallowed.
    static let patience = 150

    private(set) var capabilities = TerminalCapabilities()
    private(set) var isFinished = false

    mutating func accept(_ report: TerminalReport) {
        switch report {
        case .mode(.ecma(8), let state):
            // Permanently set: it reorders and cannot be told not to.
            capabilities.explicitBidi = state == .set || state == .reset ? .supported : .unsupported
        case .mode(.dec(2026), let state):
            capabilities.synchronizedOutput =
                state == .set || state == .reset ? .supported : .unsupported
        case .mode(.dec(2027), let state):
            capabilities.clusterMode = state
            capabilities.graphemeClusters =
                state == .set || state == .reset || state == .permanentlySet
                ? .supported : .unsupported
        case .mode: break
        case .keyboardFlags: capabilities.kittyKeyboard = .supported
        case .deviceAttributes: isFinished = true
        }
    }
}
