internal import Terminal

/// The styles of the screen. Colour never says anything alone: a word or a mark always stands beside it.
enum Look {
    static let bar = Style(attributes: .reverse)
    static let heading = Style(foreground: .cyan, attributes: .bold)
    static let faint = Style(attributes: .dim)
    static let strong = Style.bold
    static let fence = Style(attributes: .dim)
    static let focusedTitle = Style(foreground: .cyan, attributes: [.bold, .underline])
    static let customer = Style(foreground: .green, attributes: .bold)
    static let agent = Style(foreground: .blue, attributes: .bold)
    static let note = Style(foreground: .yellow)
    static let noteTitle = Style(foreground: .yellow, attributes: [.bold, .reverse])
    static let alarm = Style(foreground: .red, attributes: .bold)
    static let warning = Style(foreground: .yellow, attributes: .bold)
    static let good = Style(foreground: .green)
    static let choice = Style(attributes: .reverse)
}
