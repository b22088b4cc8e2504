/// What the terminal at hand said it can do.
public struct TerminalCapabilities: Equatable, Sendable {
    public enum Support: Sendable {
        case supported
        case unsupported
    }

    /// Mode 8: it reorders right-to-left text, and can be told not to (`CSI 8 l`).
    public var explicitBidi: Support
    /// Mode 2026: it can hold its picture while a frame arrives.
    public var synchronizedOutput: Support
    /// Mode 2027: it counts grapheme clusters, or can be told to.
    public var graphemeClusters: Support
    /// The kitty keyboard protocol.
    public var kittyKeyboard: Support
    /// How mode 2027 was found: what was on already stays on when we leave.
    var clusterMode = ModeState.unknown

    public init(
        explicitBidi: Support = .unsupported, synchronizedOutput: Support = .unsupported,
        graphemeClusters: Support = .unsupported, kittyKeyboard: Support = .unsupported
    ) {
        self.explicitBidi = explicitBidi
        self.synchronizedOutput = synchronizedOutput
        self.graphemeClusters = graphemeClusters
        self.kittyKeyboard = kittyKeyboard
    }

    /// How it counts the cells of a cluster, once `TerminalSession` has set it up.
    public var widths: WidthPolicy {
        graphemeClusters == .supported ? .cluster : .sum
    }
}

/// The user's word on who reorders right-to-left text: `bidi = auto|app|terminal|off`.
public enum BidiSetting: String, CaseIterable, Sendable {
    case auto
    case app
    case terminal
    case off

    /// The mode to use. `auto` means `app`, but not on terminals known to reorder that cannot be
    /// told to stop: Konsole, Apple's Terminal, mlterm, kitty, and VTE behind a multiplexer, which
    /// does not pass the question on.
    public func mode(
        _ capabilities: TerminalCapabilities, environment: [String: String]
    ) -> BidiMode {
        switch self {
        case .app: return .app
        case .terminal: return .terminal
        case .off: return .off
        case .auto:
            if capabilities.explicitBidi == .supported { return .app }
            let reorders =
                environment["KONSOLE_VERSION"] != nil || environment["KITTY_WINDOW_ID"] != nil
                || environment["VTE_VERSION"] != nil || environment["MLTERM"] != nil
                || environment["TERM_PROGRAM"] == "Apple_Terminal"
            return reorders ? .terminal : .app
        }
    }
}
