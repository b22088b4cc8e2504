extension TextField {
    /// How far a cursor goes, in stored order unless said otherwise.
    public enum Motion: Sendable {
        case previous
        case next
        /// To the left on screen: onwards in a right-to-left paragraph.
        case left
        case right
        case wordBackward
        case wordForward
        case lineStart
        case lineEnd
        case textStart
        case textEnd
    }

    /// One thing a key does to a text.
    public enum Edit: Equatable, Sendable {
        case insert(String)
        case move(Motion)
        /// Deletes from the cursor to where the motion goes.
        case delete(Motion)
    }

    public mutating func apply(_ edit: Edit) {
        switch edit {
        case .insert(let text): insert(text)
        case .move(let motion): place(cursor: target(of: motion))
        case .delete(.previous): deleteBackward()
        case .delete(let motion):
            let target = target(of: motion)
            delete(min(target, cursor)..<max(target, cursor))
        }
    }

    /// Moves the cursor to the line above or below as laid out on screen; stays in the first and
    /// the last.
    public mutating func move(_ step: VerticalStep, in lines: [FieldLine]) {
        guard let row = lines.lastIndex(where: { $0.offsets.lowerBound <= cursor }) else { return }
        let target = step == .up ? row - 1 : row + 1
        guard lines.indices.contains(target) else { return }
        let line = lines[target]
        let column = aligned(lines[row].column(of: cursor), lines[row], line)
        place(cursor: min(line.offset(at: column), lastPlace(line, in: lines, target)))
    }

    public enum VerticalStep: Sendable {
        case up
        case down
    }

    /// The column of a line that is as far from its paragraph's edge as the column of another:
    /// right-to-left lines stand at the right.
    private func aligned(_ column: Int, _ from: FieldLine, _ to: FieldLine) -> Int {
        let distance = from.direction == .leftToRight ? column : from.width - 1 - column
        return to.direction == .leftToRight ? distance : to.width - 1 - distance
    }

    /// The last offset that is shown in this line: the end of a wrapped line is the next one's
    /// start.
    private func lastPlace(_ line: FieldLine, in lines: [FieldLine], _ row: Int) -> Int {
        let next = row + 1 < lines.count ? lines[row + 1].offsets.lowerBound : count + 1
        return max(line.offsets.lowerBound, min(line.offsets.upperBound, next - 1))
    }

    /// Deletes the last mark or joiner of a letter first, as keyboards for such scripts type it;
    /// other clusters go whole.
    private mutating func deleteBackward() {
        guard cursor > 0 else { return }
        var scalars = characters[cursor - 1].unicodeScalars
        if scalars.count > 1, scalars.first?.joinsNeighbours == true {
            scalars.removeLast()
            replace((cursor - 1)..<cursor, with: String(scalars))
        } else {
            delete((cursor - 1)..<cursor)
        }
    }

    private func target(of motion: Motion) -> Int {
        switch motion {
        case .previous: max(cursor - 1, 0)
        case .next: min(cursor + 1, count)
        case .left: target(of: isLeftOnwards ? .next : .previous)
        case .right: target(of: isLeftOnwards ? .previous : .next)
        case .wordBackward: wordStart
        case .wordForward: wordEnd
        case .lineStart: lineStart
        case .lineEnd: lineEnd
        case .textStart: 0
        case .textEnd: count
        }
    }

    private var lineStart: Int {
        (characters[..<cursor].lastIndex(of: "\n") ?? -1) + 1
    }

    private var lineEnd: Int {
        characters[cursor...].firstIndex(of: "\n") ?? count
    }

    private var wordStart: Int {
        var place = cursor
        while place > 0, !characters[place - 1].isInWord { place -= 1 }
        while place > 0, characters[place - 1].isInWord { place -= 1 }
        return place
    }

    private var wordEnd: Int {
        var place = cursor
        while place < count, !characters[place].isInWord { place += 1 }
        while place < count, characters[place].isInWord { place += 1 }
        return place
    }

    /// Whether the cursor's line runs right to left, so that left on screen is onwards.
    var isLeftOnwards: Bool {
        let line = characters[lineStart..<lineEnd].prefix(FieldLayout.paragraphLimit)
        return FieldLayout().direction(of: SafeText(trusted: String(line))) == .rightToLeft
    }
}

extension Character {
    fileprivate var isInWord: Bool { isLetter || isNumber || self == "_" }
}
