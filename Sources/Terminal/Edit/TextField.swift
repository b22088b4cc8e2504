/// A text being written: its characters in stored order and the cursor between them.
///
/// A value without a screen. Offsets count grapheme clusters and agree with `FieldLine.offsets` of a
/// layout of `display`, so that `CellGrid.place(of:in:field:)` finds the cursor.
public struct TextField: Equatable, Sendable {
    public enum Shape: Sendable {
        /// Line ends become spaces.
        case singleLine
        case multiLine
    }

    public let shape: Shape
    /// Clusters that fit; more is not taken.
    public let limit: Int
    private(set) var characters: [Character] = []
    /// The cluster before which the cursor stands, 0 to `count`.
    public private(set) var cursor = 0

    public init(_ text: String = "", shape: Shape = .singleLine, limit: Int = 100_000) {
        self.shape = shape
        self.limit = max(limit, 0)
        insert(text)
    }

    /// What was written, in stored order.
    public var text: String { String(characters) }
    public var count: Int { characters.count }
    public var isEmpty: Bool { characters.isEmpty }

    /// The text for layout, cluster for cluster the same; what a terminal must not see is ¤.
    public var display: SafeText {
        var shown = characters.map(TextField.shown)
        // A stand-in may grow together with a neighbour that wants to follow or lead a cluster
        // (UAX #29 GB9a, GB9b), where the original did not: then the neighbour gets one too.
        let standIn = Character(SafetyMark.hidden)
        var wasReplaced = false
        for place in shown.indices {
            let isReplaced = shown[place] != characters[place]
            if place > 0, wasReplaced || isReplaced, !TextField.areTwo(shown, endingAt: place) {
                shown[place] = standIn
                if !TextField.areTwo(shown, endingAt: place) { shown[place - 1] = standIn }
            }
            wasReplaced = shown[place] != characters[place]
        }
        return SafeText(trusted: String(shown))
    }

    private static func areTwo(_ characters: [Character], endingAt place: Int) -> Bool {
        String(characters[(place - 1)...place]).count == 2
    }

    /// Puts the cursor before a cluster, as for a mouse click.
    public mutating func place(cursor offset: Int) {
        cursor = min(max(offset, 0), count)
    }

    /// Replaces everything; the cursor goes to the end.
    public mutating func replace(with text: String) {
        characters.removeAll()
        cursor = 0
        insert(text)
    }

    /// Writes text at the cursor. Control characters are left out; line ends are `shape`'s.
    public mutating func insert(_ text: String) {
        let room = limit - count
        let taken = String(cleaned(text).prefix(max(room, 0)))
        guard !taken.isEmpty else { return }
        replace(cursor..<cursor, with: taken)
    }

    /// Deletes clusters; the cursor stands where they were.
    mutating func delete(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        replace(range.clamped(to: 0..<count), with: "")
    }

    /// Replaces clusters, puts the cursor behind the new ones, and finds the clusters anew where
    /// neighbours may have grown together.
    mutating func replace(_ range: Range<Int>, with text: String) {
        // Flags pair up from their first member on: look at everything when one is near.
        let near = max(range.lowerBound - 1, 0)..<min(range.upperBound + 1, count)
        let hasFlags =
            characters[near].contains { $0.unicodeScalars.contains(where: \.isFlagPart) }
            || text.unicodeScalars.contains(where: \.isFlagPart)
        let window = hasFlags ? 0..<count : near
        let head = String(characters[window.lowerBound..<range.lowerBound]) + text
        let tail = String(characters[range.upperBound..<window.upperBound])
        let clusters = Array(head + tail)
        characters.replaceSubrange(window, with: clusters)
        cursor = min(window.lowerBound + head.count, count)
    }

    private func cleaned(_ text: String) -> String {
        var view = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        let lineEnd: Unicode.Scalar = shape == .singleLine ? " " : "\n"
        for scalar in text.unicodeScalars {
            switch (scalar, ScalarClass(scalar)) {
            case ("\r", _), ("\u{85}", _), (_, .lineBreak): view.append(lineEnd)
            case ("\n", _): if previous != "\r" { view.append(lineEnd) }
            case ("\t", _): view.append(contentsOf: "    ".unicodeScalars)
            case (_, .control): break
            default: view.append(scalar)
            }
            previous = scalar
        }
        return String(view)
    }

    private static func shown(_ character: Character) -> Character {
        let scalars = character.unicodeScalars
        guard let first = scalars.first, character != "\n" else { return character }
        // Letters keep their joiners even at the end of what has been typed so far.
        if first.joinsNeighbours, scalars.count <= Sanitizer.marksPerCell + 2,
            scalars.dropFirst().allSatisfy({ [.mark, .joiner].contains(ScalarClass($0)) })
        {
            return character
        }
        let safe = Sanitizer.singleLine(String(character)).string
        return safe.count == 1 ? safe.first ?? " " : Character(SafetyMark.hidden)
    }
}

extension Unicode.Scalar {
    fileprivate var isFlagPart: Bool { (0x1F1E6...0x1F1FF).contains(value) }
}
