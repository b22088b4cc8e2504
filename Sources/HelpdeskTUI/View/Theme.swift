internal import Terminal

/// Which colours the screen wears. A theme changes styles and nothing else; words and marks say everything that colours
/// say.
public enum Theme: String, Hashable, Sendable, CaseIterable {
    /// The sixteen colours of the terminal, for dark backgrounds.
    case standard = "default"
    /// For light backgrounds: no yellow and no cyan on white.
    case light
    /// No dim text, no colours but the terminal's own: bold, underlined and reversed.
    case contrast = "high-contrast"

    func shown(_ style: Style) -> Style {
        switch self {
        case .standard: style
        case .light: Theme.light(style)
        case .contrast: Theme.contrast(style)
        }
    }

    private static func light(_ style: Style) -> Style {
        var shown = style
        switch style.foreground {
        case .yellow: shown.foreground = .magenta
        case .cyan: shown.foreground = .blue
        default: break
        }
        return shown
    }

    private static func contrast(_ style: Style) -> Style {
        var shown = style
        shown.foreground = .normal
        shown.background = .normal
        shown.attributes.remove(.dim)
        switch style.foreground {
        case .red: shown.attributes.formUnion([.bold, .reverse])
        case .yellow: shown.attributes.formUnion([.bold, .underline])
        case .normal: break
        default: shown.attributes.insert(.bold)
        }
        return shown
    }
}
