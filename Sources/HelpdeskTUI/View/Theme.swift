public import Terminal

/// Which colours the screen wears. A theme changes styles and nothing else; words and marks say everything that colours
/// say.
///
/// With 256 colours and more a theme paints the whole screen, ground included, so that what it promises of contrast
/// holds on every terminal. With sixteen the ground is the terminal's, and so are the colours.
public struct Theme: Hashable, Sendable {
    /// How the looks with sixteen colours are bent for this theme.
    enum Sixteen: Hashable, Sendable {
        case asTheyAre
        /// No yellow and no cyan on white.
        case forLightGround
        /// No dim text, no colours but the terminal's own: bold, underlined and reversed.
        case attributes
    }

    /// As it is called in the configuration.
    public let name: String
    /// What is painted where a part says nothing else; `normal` is left to the terminal.
    public var text: Colour
    public var ground: Colour
    /// Behind the row that the cursor is on.
    public var selection: Colour
    var parts: [ThemePart: Style]
    var sixteen: Sixteen
    /// Parts that the agent chose: they hold with sixteen colours too.
    var own: [ThemePart: Style] = [:]

    /// The shipped ones.
    public static let shipped = [standard, light, contrast]

    /// The shipped theme of this name.
    public init?(shipped name: String) {
        guard let theme = Theme.shipped.first(where: { $0.name == name }) else { return nil }
        self = theme
    }

    /// A theme of the agent's own, which looks like this one wherever it says nothing.
    public func renamed(_ name: String) -> Theme {
        Theme(
            name: name, text: text, ground: ground, selection: selection, parts: parts,
            sixteen: sixteen, own: own)
    }

    public func style(of part: ThemePart) -> Style { parts[part] ?? part.look }

    public mutating func set(_ part: ThemePart, _ style: Style) {
        parts[part] = style
        own[part] = style
    }

    init(
        name: String, text: Colour, ground: Colour, selection: Colour, parts: [ThemePart: Style],
        sixteen: Sixteen, own: [ThemePart: Style] = [:]
    ) {
        self.name = name
        self.text = text
        self.ground = ground
        self.selection = selection
        self.parts = parts
        self.sixteen = sixteen
        self.own = own
    }

    /// What is shown for a style of `Look` on a terminal of this depth.
    func shown(_ style: Style, _ depth: ColourDepth) -> Style {
        switch depth {
        case .none: monochrome(style)
        case .basic: basic(style)
        case .indexed, .direct: rich(style)
        }
    }

    private func rich(_ style: Style) -> Style {
        let part = ThemePart(style.role)
        var shown = part.flatMap { parts[$0] } ?? Style()
        // What a view added to the look: the row under the cursor, what left the view, bold.
        let added = style.attributes.subtracting(part?.look.attributes ?? [])
        if added.contains(.bold) { shown.attributes.insert(.bold) }
        if added.contains(.underline) { shown.attributes.insert(.underline) }
        if added.contains(.dim), shown.background == .normal {
            shown.foreground = parts[.faint]?.foreground ?? text
            shown.attributes.remove(.bold)
        }
        if added.contains(.reverse), shown.background == .normal { shown.background = selection }
        if shown.foreground == .normal { shown.foreground = text }
        if shown.background == .normal { shown.background = ground }
        return shown
    }

    private func basic(_ style: Style) -> Style {
        if let part = ThemePart(style.role), var shown = own[part] {
            shown.attributes.formUnion(style.attributes.subtracting(part.look.attributes))
            return shown
        }
        var shown = style
        shown.role = .none
        switch sixteen {
        case .asTheyAre: break
        case .forLightGround:
            if shown.foreground == .yellow { shown.foreground = .magenta }
            if shown.foreground == .cyan { shown.foreground = .blue }
        case .attributes:
            shown = Theme.byAttributes(style)
            shown.attributes.remove(.dim)
        }
        return shown
    }

    private func monochrome(_ style: Style) -> Style {
        var shown = Theme.byAttributes(style)
        if sixteen == .attributes { shown.attributes.remove(.dim) }
        return shown
    }

    /// What the colours of a look say, said by attributes.
    private static func byAttributes(_ style: Style) -> Style {
        var shown = Style(attributes: style.attributes)
        switch style.foreground {
        case .red: shown.attributes.formUnion([.bold, .reverse])
        case .yellow: shown.attributes.formUnion([.bold, .underline])
        case .normal: break
        default: shown.attributes.insert(.bold)
        }
        return shown
    }
}

extension CellGrid {
    /// Lays a theme over a finished frame.
    mutating func wear(_ theme: Theme, _ depth: ColourDepth) {
        // Neighbours mostly look alike.
        var last = (from: Style.plain, to: theme.shown(.plain, depth))
        restyle(area) { style in
            if style != last.from { last = (style, theme.shown(style, depth)) }
            return last.to
        }
    }
}
