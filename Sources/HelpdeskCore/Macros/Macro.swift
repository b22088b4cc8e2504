/// An answer that was prepared once, and what is done with the ticket when it is given. Written by leads, read by everybody
/// whose tickets it is for. `init` lets only what can be carried out come to be.
public struct Macro: Hashable, Sendable, Codable {
    public let name: MacroID
    public let title: String
    /// Whose tickets it is for; empty: everybody's.
    public let teams: [TeamID]
    /// Templates by language; empty: it writes nothing to the customer.
    public let texts: [LanguageCode: String]
    public let addTags: [String]
    public let removeTags: [String]
    public let priority: TicketPriority?
    public let transfer: TeamID?
    public let holder: Holder?
    /// A template of an internal note.
    public let note: String?
    public let ending: Ending
    /// As `WhenText` reads it, on the clock of whoever applies the macro.
    public let snooze: String?

    /// Who has the ticket afterwards.
    public enum Holder: Hashable, Sendable, Codable {
        /// Whoever applies it.
        case applier
        case agent(AgentID)
        /// Back to the queue.
        case nobody
    }

    public enum Ending: Hashable, Sendable, Codable {
        case unchanged
        case pending
        case closed(ClosingReason)
    }

    /// Places of texts and notes; each may have words for when it is empty: `{customer|customer}`.
    public static let places: Set<TextPlaceholder> = [
        .customer, .ticket, .agent, .brand, .team, .subject,
    ]

    public static let maximumTags = 20
    public static let maximumTeams = 50
    /// In UTF-8 bytes.
    public static let maximumTitle = 200

    /// - Throws: what is wrong, at which member; whoever wrote it can change that.
    public init(
        name: MacroID, title: String, teams: [TeamID] = [], texts: [LanguageCode: String] = [:],
        addTags: [String] = [], removeTags: [String] = [], priority: TicketPriority? = nil,
        transfer: TeamID? = nil, holder: Holder? = nil, note: String? = nil,
        ending: Ending = .unchanged, snooze: String? = nil
    ) throws(MacroFault) {
        self.name = name
        self.title = title
        self.teams = teams
        self.texts = texts
        self.addTags = addTags
        self.removeTags = removeTags
        self.priority = priority
        self.transfer = transfer
        self.holder = holder
        self.note = note
        self.ending = ending
        self.snooze = snooze
        try check()
    }

    private func check() throws(MacroFault) {
        guard TagWord.isFine(name.rawValue), !name.rawValue.utf8.contains(UInt8(ascii: "/")) else {
            throw MacroFault("name", "a word of 1 to 64 bytes without blanks and slashes")
        }
        guard title.utf8.contains(where: { $0 > 0x20 }), title.utf8.count <= Self.maximumTitle
        else {
            throw MacroFault("title", "a title of at most \(Self.maximumTitle) bytes")
        }
        guard teams.count <= Self.maximumTeams, Set(teams).count == teams.count else {
            throw MacroFault("teams", "at most \(Self.maximumTeams) teams, each once")
        }
        for (language, text) in texts.sorted(by: { $0.key < $1.key }) {
            guard text.utf8.contains(where: { $0 > 0x20 }) else {
                throw MacroFault("texts.\(language.rawValue)", "some text")
            }
            try check(text, "texts.\(language.rawValue)")
        }
        if let note { try check(note, "actions.note") }
        let tags = addTags + removeTags
        guard tags.count <= Self.maximumTags, tags.allSatisfy(TagWord.isFine),
            Set(tags).count == tags.count
        else {
            throw MacroFault(
                "actions.add_tags",
                "at most \(Self.maximumTags) words of 1 to 64 bytes, each added or removed once")
        }
        if case .closed = ending, snooze != nil {
            throw MacroFault("actions.snooze", "nothing: a closed ticket does not sleep")
        }
        if let snooze, WhenText.utc(at: Instant(milliseconds: 0)).moment(snooze) == nil {
            throw MacroFault("actions.snooze", "a time such as 2h or tomorrow 9")
        }
        guard !texts.isEmpty || isActing else {
            throw MacroFault("texts", "a text, or something to do")
        }
    }

    private var isActing: Bool {
        !addTags.isEmpty || !removeTags.isEmpty || priority != nil || transfer != nil
            || holder != nil || note != nil || ending != .unchanged || snooze != nil
    }

    private func check(_ text: String, _ place: String) throws(MacroFault) {
        do throws(TextTemplateError) {
            _ = try TextTemplate(text, places: Self.places)
        } catch {
            throw MacroFault(place, error.expected)
        }
    }

    /// Whether tickets of a team are among those it is for.
    public func isFor(_ team: TeamID) -> Bool { teams.isEmpty || teams.contains(team) }
}

/// Why a macro cannot be as it was written.
public struct MacroFault: Error, Hashable, Sendable {
    /// The member of the API's document.
    public let place: String
    public let expected: String

    public init(_ place: String, _ expected: String) {
        self.place = place
        self.expected = expected
    }
}

/// What a tag can be, and what else is one word of the same kind.
public enum TagWord {
    public static func isFine(_ tag: String) -> Bool {
        !tag.isEmpty && tag.utf8.count <= 64
            && !tag.unicodeScalars.contains { $0.value <= 0x20 || $0.value == 0x7F }
    }
}
