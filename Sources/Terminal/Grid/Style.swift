/// How a cell looks.
public struct Style: Hashable, Sendable {
    /// What can be switched on beside the colours.
    public struct Attributes: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8

        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        public static let bold = Attributes(rawValue: 1)
        public static let dim = Attributes(rawValue: 2)
        public static let italic = Attributes(rawValue: 4)
        public static let underline = Attributes(rawValue: 8)
        public static let reverse = Attributes(rawValue: 16)
    }

    /// What a text is, for a theme that is laid over a finished frame; a number that only its program knows. Never sent.
    public struct Role: RawRepresentable, Hashable, Sendable {
        public let rawValue: UInt8

        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Nothing in particular.
        public static let none = Role(rawValue: 0)
    }

    public var foreground: Colour
    public var background: Colour
    public var attributes: Attributes
    public var role: Role

    public init(
        foreground: Colour = .normal, background: Colour = .normal, attributes: Attributes = [],
        role: Role = .none
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
        self.role = role
    }

    /// The terminal's own.
    public static let plain = Style()
    public static let bold = Style(attributes: .bold)
    public static let dim = Style(attributes: .dim)
    public static let reverse = Style(attributes: .reverse)

    /// This style and `extra` attributes.
    public func adding(_ extra: Attributes) -> Style {
        var style = self
        style.attributes.formUnion(extra)
        return style
    }

    /// The style as a terminal of this depth can show it. Colours that differed and would be one are replaced by
    /// reverse: what was set off stays set off, and readable.
    public func shown(_ depth: ColourDepth) -> Style {
        let shown = Style(
            foreground: foreground.shown(depth), background: background.shown(depth),
            attributes: attributes)
        guard depth != .none, shown.background != .normal,
            shown.foreground == shown.background, foreground != background
        else { return shown }
        return Style(attributes: attributes.union(.reverse))
    }
}
