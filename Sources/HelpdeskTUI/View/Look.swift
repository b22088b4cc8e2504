internal import Terminal

/// The styles of the screen: what a text is, and how it looks with sixteen colours or none. Colour never says
/// anything alone: a word or a mark always stands beside it.
enum Look {
    static let bar = style(.bar, attributes: .reverse)
    static let brand = style(.brand, attributes: [.reverse, .bold])
    static let tab = style(.tab, attributes: .bold)
    static let barAlarm = style(.barAlarm, .red, [.bold, .reverse])
    static let barWarning = style(.barWarning, .yellow, [.bold, .reverse])
    static let heading = style(.heading, .cyan, .bold)
    static let focusedTitle = style(.focusedTitle, .cyan, [.bold, .underline])
    static let faint = style(.faint, attributes: .dim)
    static let strong = style(.strong, attributes: .bold)
    static let fence = style(.fence, attributes: .dim)
    static let customer = style(.customer, .green, .bold)
    static let agent = style(.agent, .blue, .bold)
    static let note = style(.note, .yellow)
    static let noteTitle = style(.noteTitle, .yellow, [.bold, .reverse])
    static let alarm = style(.alarm, .red, .bold)
    static let warning = style(.warning, .yellow, .bold)
    static let good = style(.good, .green)
    static let fresh = style(.fresh, .cyan, .bold)
    static let match = style(.match, attributes: [.bold, .reverse])

    private static func style(
        _ part: ThemePart, _ foreground: Colour = .normal, _ attributes: Style.Attributes = []
    ) -> Style {
        Style(foreground: foreground, attributes: attributes, role: part.role)
    }

    private static func style(_ part: ThemePart, attributes: Style.Attributes) -> Style {
        style(part, .normal, attributes)
    }
}

/// What a theme gives a look to; the words stand in themes of the agent's own (`themes/NAME.toml`).
public enum ThemePart: String, Hashable, Sendable, CaseIterable {
    case bar, brand, tab
    case barAlarm = "bar_alarm"
    case barWarning = "bar_warning"
    case heading
    case focusedTitle = "focused_title"
    case faint, strong, fence, customer, agent, note
    case noteTitle = "note_title"
    case alarm, warning, good, fresh, match

    var role: Style.Role {
        Style.Role(rawValue: UInt8(ThemePart.allCases.firstIndex(of: self) ?? 0) + 1)
    }

    init?(_ role: Style.Role) {
        let place = Int(role.rawValue) - 1
        guard ThemePart.allCases.indices.contains(place) else { return nil }
        self = ThemePart.allCases[place]
    }

    /// With sixteen colours.
    var look: Style {
        switch self {
        case .bar: Look.bar
        case .brand: Look.brand
        case .tab: Look.tab
        case .barAlarm: Look.barAlarm
        case .barWarning: Look.barWarning
        case .heading: Look.heading
        case .focusedTitle: Look.focusedTitle
        case .faint: Look.faint
        case .strong: Look.strong
        case .fence: Look.fence
        case .customer: Look.customer
        case .agent: Look.agent
        case .note: Look.note
        case .noteTitle: Look.noteTitle
        case .alarm: Look.alarm
        case .warning: Look.warning
        case .good: Look.good
        case .fresh: Look.fresh
        case .match: Look.match
        }
    }
}
