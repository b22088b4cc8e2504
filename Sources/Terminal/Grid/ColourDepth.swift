/// How many colours a terminal is sent. Whatever the depth, attributes stay: a screen must never say anything by
/// colour alone.
public enum ColourDepth: UInt8, Comparable, CaseIterable, Sendable {
    /// Bold, reverse and the like only.
    case none
    /// The sixteen.
    case basic
    /// xterm's 256.
    case indexed
    /// Any red, green and blue.
    case direct

    public static func < (left: ColourDepth, right: ColourDepth) -> Bool {
        left.rawValue < right.rawValue
    }

    /// What an environment tells of its terminal. `NO_COLOR` wins where it is set and not empty
    /// (https://no-color.org), then `COLORTERM`, then the name in `TERM`.
    public init(environment: [String: String]) {
        if !(environment["NO_COLOR"] ?? "").isEmpty {
            self = .none
        } else if ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "") {
            self = .direct
        } else {
            self.init(term: environment["TERM"] ?? "")
        }
    }

    /// By the names of terminfo. Those that are always able to show 24 bits say so here, because ssh does not pass
    /// `COLORTERM` on.
    private init(term: String) {
        let name = term.lowercased()
        if name.hasSuffix("-direct") || ColourDepth.ableNames.contains(where: name.hasPrefix) {
            self = .direct
        } else if name.contains("256color") {
            self = .indexed
        } else if name.isEmpty || ColourDepth.colourless.contains(name) || name.hasSuffix("-m")
            || name.hasSuffix("-mono")
        {
            self = .none
        } else {
            self = .basic
        }
    }

    private static let ableNames = [
        "xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour",
    ]
    private static let colourless: Set<String> = [
        "dumb", "unknown", "vt52", "vt100", "vt102", "vt200", "vt220", "vt320", "vt420",
    ]
}

/// The user's word on colours: `colour = auto|truecolor|256|16|none`.
public enum ColourSetting: String, CaseIterable, Sendable {
    case auto
    case truecolor
    case indexed = "256"
    case basic = "16"
    case none

    /// The depth to use. What is set stands above `NO_COLOR`, as no-color.org wants it of a program's own settings.
    public func depth(environment: [String: String]) -> ColourDepth {
        switch self {
        case .auto: ColourDepth(environment: environment)
        case .truecolor: .direct
        case .indexed: .indexed
        case .basic: .basic
        case .none: .none
        }
    }
}
