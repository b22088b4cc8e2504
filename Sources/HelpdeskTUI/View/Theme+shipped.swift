internal import Terminal

/// The themes that come with the program. On its ground, and on the row under the cursor, every text has a contrast of
/// at least 4.5, in the nearest of 256 colours too; the lines between panes 3 (WCAG 2.2, 1.4.3 and 1.4.11).
extension Theme {
    /// For dark rooms.
    public static let standard = Theme(
        name: "default", text: 0xD7DAE0, ground: 0x16181D, selection: 0x273656,
        [
            .bar: on(0x2B3040, 0xD7DAE0), .brand: on(0x7CC7E8, 0x16181D, .bold),
            .tab: on(0x16181D, 0xF4F6FA, .bold), .barAlarm: on(0xFF9696, 0x16181D, .bold),
            .barWarning: on(0xFFB862, 0x16181D, .bold), .heading: text(0x7CC7E8, .bold),
            .focusedTitle: text(0x7CC7E8, [.bold, .underline]), .faint: text(0xA4ACBE),
            .strong: text(0xF4F6FA, .bold), .fence: text(0x6B7488),
            .customer: text(0x8FD18B, .bold), .agent: text(0x97BBFF, .bold),
            .note: text(0xE6C677), .noteTitle: on(0xE6C677, 0x16181D, .bold),
            .alarm: text(0xFF9696, .bold), .warning: text(0xFFB862, .bold),
            .good: text(0x8FD18B), .fresh: text(0x7CC7E8, .bold),
            .match: on(0xE6C677, 0x16181D, .bold),
        ], .asTheyAre)

    /// For bright rooms.
    public static let light = Theme(
        name: "light", text: 0x24262B, ground: 0xFBFBF8, selection: 0xCFE0F7,
        [
            .bar: on(0xDCDFE6, 0x24262B), .brand: on(0x0B5C8A, 0xFBFBF8, .bold),
            .tab: on(0xFBFBF8, 0x0E1014, .bold), .barAlarm: on(0xB3151C, 0xFBFBF8, .bold),
            .barWarning: on(0x6F3300, 0xFBFBF8, .bold), .heading: text(0x0B5C8A, .bold),
            .focusedTitle: text(0x0B5C8A, [.bold, .underline]), .faint: text(0x565D6B),
            .strong: text(0x0E1014, .bold), .fence: text(0x858B98),
            .customer: text(0x1C6B2C, .bold), .agent: text(0x2349B8, .bold),
            .note: text(0x6B4300), .noteTitle: on(0xF2CF7A, 0x24262B, .bold),
            .alarm: text(0xB3151C, .bold), .warning: text(0x6F3300, .bold),
            .good: text(0x1C6B2C), .fresh: text(0x0B5C8A, .bold),
            .match: on(0xF2CF7A, 0x24262B, .bold),
        ], .forLightGround)

    /// For eyes that need more: a contrast of at least 7 (WCAG 2.2, 1.4.6).
    public static let contrast = Theme(
        name: "high-contrast", text: 0xFFFFFF, ground: 0x000000, selection: 0x00357A,
        [
            .bar: on(0xFFFFFF, 0x000000), .brand: on(0x5FFFFF, 0x000000, .bold),
            .tab: on(0x000000, 0xFFFFFF, [.bold, .underline]),
            .barAlarm: on(0xFF8787, 0x000000, .bold),
            .barWarning: on(0xFFD75F, 0x000000, .bold), .heading: text(0x5FFFFF, .bold),
            .focusedTitle: text(0x5FFFFF, [.bold, .underline]), .faint: text(0xD7D7D7),
            .strong: text(0xFFFFFF, .bold), .fence: text(0xBCBCBC),
            .customer: text(0x87FF87, .bold), .agent: text(0xAFD7FF, .bold),
            .note: text(0xFFFF5F), .noteTitle: on(0xFFFF5F, 0x000000, .bold),
            .alarm: text(0xFFC4C4, [.bold, .underline]),
            .warning: text(0xFFD75F, [.bold, .underline]), .good: text(0x87FF87),
            .fresh: text(0x5FFFFF, .bold), .match: on(0xFFFF5F, 0x000000, .bold),
        ], .attributes)

    private init(
        name: String, text: UInt32, ground: UInt32, selection: UInt32,
        _ parts: [ThemePart: Style], _ sixteen: Sixteen
    ) {
        self.init(
            name: name, text: .rgb(RGB(text)), ground: .rgb(RGB(ground)),
            selection: .rgb(RGB(selection)), parts: parts, sixteen: sixteen)
    }

    private static func text(_ colour: UInt32, _ attributes: Style.Attributes = []) -> Style {
        Style(foreground: .rgb(RGB(colour)), attributes: attributes)
    }

    private static func on(
        _ ground: UInt32, _ colour: UInt32, _ attributes: Style.Attributes = []
    ) -> Style {
        Style(
            foreground: .rgb(RGB(colour)), background: .rgb(RGB(ground)), attributes: attributes)
    }
}
