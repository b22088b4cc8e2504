/// Turns frames into the bytes that change a terminal from the last one to the next.
///
/// Every changed run is addressed on its own, so a terminal that counts a character's cells
/// differently is wrong for that character only. A frame equal to the last one is no bytes. What is
/// sent consists of cursor addresses, colour selections, erasures and the cells' characters.
public struct FrameEncoder: Sendable {
    public var colours: ColourDepth
    /// Whether the terminal holds its picture still between the marks of mode 2026.
    public var synchronized: TerminalCapabilities.Support
    private var last: CellGrid?

    public init(
        colours: ColourDepth = .basic,
        synchronized: TerminalCapabilities.Support = .unsupported
    ) {
        self.colours = colours
        self.synchronized = synchronized
    }

    /// Forgets what the terminal shows, so that the next frame is sent whole: after a resize, after
    /// another program had the terminal, on Ctrl-L.
    public mutating func invalidate() {
        last = nil
    }

    /// The bytes that show `next`, given that the frames encoded before have been shown.
    public mutating func encode(_ next: CellGrid) -> [UInt8] {
        let known = last?.size == next.size ? last : nil
        defer { last = next }
        if let known, known == next { return [] }
        var painter = FramePainter(
            from: known ?? CellGrid(size: next.size), to: next, colours: colours)
        if synchronized == .supported { painter.mode("?2026", .set) }
        if known == nil {
            painter.mode("?25", .reset)
            painter.eraseScreen()
        } else if known?.visibleCursor != nil {
            painter.mode("?25", .reset)
        }
        for row in 0..<next.size.rows { painter.paint(row: row) }
        painter.finish(cursor: next.visibleCursor)
        if synchronized == .supported { painter.mode("?2026", .reset) }
        return painter.bytes
    }
}

extension CellGrid {
    /// The cursor, if it is on screen.
    fileprivate var visibleCursor: Point? {
        cursor.flatMap { area.contains($0) ? $0 : nil }
    }
}
