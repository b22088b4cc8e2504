internal import Terminal

/// One line of keys.toml: which keys a command has, instead of those it had.
public struct KeyWish: Hashable, Sendable {
    /// `queue`, `thread`, `customer` or `page`; nil: wherever the command has keys.
    public var context: String?
    public var command: String
    /// None: no key at all.
    public var keys: [String]

    public init(context: String? = nil, command: String, keys: [String]) {
        self.context = context
        self.command = command
        self.keys = keys
    }
}

/// Which wish cannot be had, and why.
public struct KeyFault: Error, Hashable {
    public enum Part: Hashable, Sendable {
        case context
        case command
        /// Which of its keys.
        case key(Int)
    }

    /// Counted as they were given.
    public var wish: Int
    public var part: Part
    public var text: String
}

extension KeyBindings {
    /// The table that the program comes with, changed. Wishes for one context stand above those for all.
    public init(_ wishes: [KeyWish]) throws(KeyFault) {
        var plan = KeyPlan()
        for (place, wish) in wishes.enumerated() where wish.context == nil {
            try plan.take(wish, place)
        }
        for (place, wish) in wishes.enumerated() where wish.context != nil {
            try plan.take(wish, place)
        }
        try plan.check()
        self.init(rows: plan.rows)
    }
}

/// Works out what is in force.
private struct KeyPlan {
    /// Keys that were wished for, and where that stands.
    private struct Wanted {
        var keys: [KeySequence]
        var wish: Int
    }

    private struct Place: Hashable {
        var context: KeyContext
        var command: Command
    }

    private var wanted: [Place: Wanted] = [:]

    mutating func take(_ wish: KeyWish, _ number: Int) throws(KeyFault) {
        guard let command = Command(name: wish.command) else {
            throw KeyFault(
                wish: number, part: .command,
                text:
                    "there is no command \(wish.command); Docs/Keys.md and hamdel-keys(7) list them"
            )
        }
        let contexts = try contexts(wish, command, number)
        var keys: [KeySequence] = []
        for (place, text) in wish.keys.enumerated() {
            do throws(KeySequence.Fault) {
                let sequence = try KeySequence(reading: text)
                if !keys.contains(where: { $0.keys == sequence.keys }) { keys.append(sequence) }
            } catch {
                throw KeyFault(wish: number, part: .key(place), text: error.text)
            }
        }
        for context in contexts {
            wanted[Place(context: context, command: command)] = Wanted(keys: keys, wish: number)
        }
    }

    private func contexts(
        _ wish: KeyWish, _ command: Command, _ number: Int
    ) throws(KeyFault) -> Set<KeyContext> {
        let usual = Bindings.all.filter { $0.command == command }
            .reduce(into: Set<KeyContext>()) { $0.formUnion($1.contexts) }
        guard let word = wish.context else { return usual }
        guard let context = KeyContext(rawValue: word) else {
            let words = KeyContext.allCases.map { "[\($0.rawValue)]" }.joined(separator: ", ")
            throw KeyFault(
                wish: number, part: .context, text: "there is no \(word); there are \(words)")
        }
        guard context != .page || usual.contains(.page) else {
            throw KeyFault(
                wish: number, part: .command,
                text: "\(wish.command) does nothing in \(context.title); it can have keys in "
                    + "[queue], [thread] and [customer]")
        }
        return [context]
    }

    /// One meaning for each key in each context, and a way out of each.
    func check() throws(KeyFault) {
        for context in KeyContext.allCases {
            let bound = bound(in: context)
            try checkMeanings(bound, context)
            let exits: [Command] = [.quit, .back, .commandLine]
            if !bound.contains(where: { exits.contains($0.command) }) {
                let last = wanted.filter {
                    $0.key.context == context && exits.contains($0.key.command)
                }
                .map(\.value.wish).max()
                throw KeyFault(
                    wish: last ?? 0, part: .command,
                    text: "nothing would lead out of \(context.title): give back, quit or "
                        + "command-line a key")
            }
        }
    }

    private struct Bound {
        var sequence: KeySequence
        var command: Command
        /// Which wish, and which of its keys; nil: the program comes with it.
        var origin: (wish: Int, key: Int)?
    }

    /// What the program comes with first, then wishes in their order: so a fault names the later one.
    private func bound(in context: KeyContext) -> [Bound] {
        var usual: [Bound] = []
        for row in Bindings.all where row.contexts.contains(context) {
            guard wanted[Place(context: context, command: row.command)] == nil else { continue }
            usual += row.keys.map { Bound(sequence: $0, command: row.command) }
        }
        let wishes = wanted.filter { $0.key.context == context }
            .sorted { $0.value.wish < $1.value.wish }
        return usual
            + wishes.flatMap { place, wanted in
                wanted.keys.enumerated().map { index, sequence in
                    Bound(
                        sequence: sequence, command: place.command, origin: (wanted.wish, index))
                }
            }
    }

    private func checkMeanings(_ bound: [Bound], _ context: KeyContext) throws(KeyFault) {
        for (place, item) in bound.enumerated() {
            guard let origin = item.origin else { continue }
            for other in bound.prefix(place) {
                let (one, two) = (other.sequence.keys, item.sequence.keys)
                let isSame = one == two && other.command == item.command
                guard !isSame, one.starts(with: two) || two.starts(with: one) else { continue }
                throw KeyFault(
                    wish: origin.wish, part: .key(origin.key),
                    text: clash(item, other, in: context))
            }
        }
    }

    private func clash(_ item: Bound, _ other: Bound, in context: KeyContext) -> String {
        let (mine, theirs) = (item.sequence.text, other.sequence.text)
        let name = other.command.name
        guard other.command != item.command else {
            return "in \(context.title) «\(mine)» and «\(theirs)» begin alike, and the longer one "
                + "would never be reached; leave one of them away"
        }
        let what =
            item.sequence.keys == other.sequence.keys
            ? "is \(name) already" : "and «\(theirs)», which is \(name), begin alike"
        return "in \(context.title) «\(mine)» \(what); give \(name) other keys there, or none: "
            + "\(name) = []"
    }

    /// The lines of the help: those the program comes with, apart where one context differs from another, and behind
    /// them what was bound where it was not before.
    var rows: [Binding] {
        var rows: [Binding] = []
        var told: Set<Place> = []
        for (index, row) in Bindings.all.enumerated() {
            rows += split(row, &told)
            let isLast = !Bindings.all[(index + 1)...].contains { $0.command == row.command }
            if isLast { rows += added(row, told) }
        }
        return rows
    }

    private func split(_ row: Binding, _ told: inout Set<Place>) -> [Binding] {
        var groups: [(keys: [KeySequence], contexts: Set<KeyContext>)] = []
        for context in KeyContext.allCases where row.contexts.contains(context) {
            let place = Place(context: context, command: row.command)
            var keys = row.keys
            if let wanted = wanted[place] {
                // A second row of the same command has been told of already.
                keys = told.insert(place).inserted ? wanted.keys : []
            }
            if let same = groups.firstIndex(where: { $0.keys == keys }) {
                groups[same].contexts.insert(context)
            } else {
                groups.append((keys, [context]))
            }
        }
        let bound = groups.filter { !$0.keys.isEmpty }
        guard !bound.isEmpty else {
            var silent = row
            silent.keys = []
            return [silent]
        }
        return bound.map { group in
            var part = row
            part.keys = group.keys
            part.contexts = group.contexts
            if group.contexts != row.contexts { part.help += place(group.contexts) }
            return part
        }
    }

    private func added(_ row: Binding, _ told: Set<Place>) -> [Binding] {
        KeyContext.allCases.compactMap { context in
            let place = Place(context: context, command: row.command)
            guard let wanted = wanted[place], !wanted.keys.isEmpty, !told.contains(place) else {
                return nil
            }
            var added = row
            added.keys = wanted.keys
            added.contexts = [context]
            added.help += self.place([context])
            return added
        }
    }

    private func place(_ contexts: Set<KeyContext>) -> String {
        let names = KeyContext.allCases.filter(contexts.contains).map(\.title)
        return " (in " + names.joined(separator: " and ") + ")"
    }
}
