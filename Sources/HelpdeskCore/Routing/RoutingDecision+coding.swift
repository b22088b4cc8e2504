// Flat objects with a word first, so that the stored form can be read without Swift and new fields can be added.

extension RoutingOutcome: Codable {
    private enum Key: String, CodingKey { case result, agent, team, by, until, because }
    private enum Word: String, Codable { case assigned, waiting, queued }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        switch try fields.decode(Word.self, forKey: .result) {
        case .assigned:
            self = .assigned(
                try fields.decode(AgentID.self, forKey: .agent),
                team: try fields.decode(TeamID.self, forKey: .team),
                by: try fields.decode(Criterion.self, forKey: .by))
        case .waiting:
            self = .waiting(
                for: try fields.decode(AgentID.self, forKey: .agent),
                until: try fields.decode(Instant.self, forKey: .until))
        case .queued:
            self = .queued(
                try fields.decode(TeamID.self, forKey: .team),
                because: try fields.decode(QueueReason.self, forKey: .because))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        switch self {
        case .assigned(let agent, let team, let criterion):
            try fields.encode(Word.assigned, forKey: .result)
            try fields.encode(agent, forKey: .agent)
            try fields.encode(team, forKey: .team)
            try fields.encode(criterion, forKey: .by)
        case .waiting(let agent, let until):
            try fields.encode(Word.waiting, forKey: .result)
            try fields.encode(agent, forKey: .agent)
            try fields.encode(until, forKey: .until)
        case .queued(let team, let reason):
            try fields.encode(Word.queued, forKey: .result)
            try fields.encode(team, forKey: .team)
            try fields.encode(reason, forKey: .because)
        }
    }
}

extension RoutingCandidate.Standing: Codable {
    private enum Key: String, CodingKey {
        case score
        case passedOver = "passed_over"
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        if let score = try fields.decodeIfPresent(RoutingScore.self, forKey: .score) {
            self = .eligible(score)
        } else {
            self = .passedOver(try fields.decode(PassedOver.self, forKey: .passedOver))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        switch self {
        case .eligible(let score): try fields.encode(score, forKey: .score)
        case .passedOver(let reason): try fields.encode(reason, forKey: .passedOver)
        }
    }
}

extension PassedOver: Codable {
    private enum Key: String, CodingKey {
        case why, exclusion, skill, level, needed, language, load, capacity
    }

    private enum Word: String, Codable {
        case notMember = "not_member"
        case disabled, excluded
        case lacksSkill = "lacks_skill"
        case lacksLanguage = "lacks_language"
        case offDuty = "off_duty"
        case offline, away, full
        case screenClosed = "screen_closed"
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        switch try fields.decode(Word.self, forKey: .why) {
        case .notMember: self = .notMember
        case .disabled: self = .disabled
        case .excluded:
            self = .excluded(try fields.decode(RoutingExclusion.self, forKey: .exclusion))
        case .lacksSkill:
            self = .lacksSkill(
                try fields.decode(SkillName.self, forKey: .skill),
                level: try fields.decodeIfPresent(Int.self, forKey: .level),
                needed: try fields.decode(Int.self, forKey: .needed))
        case .lacksLanguage:
            self = .lacksLanguage(try fields.decode(LanguageCode.self, forKey: .language))
        case .offDuty: self = .offDuty
        case .offline: self = .offline
        case .away: self = .away
        case .screenClosed: self = .screenClosed
        case .full:
            self = .full(
                load: try fields.decode(Int.self, forKey: .load),
                capacity: try fields.decode(Int.self, forKey: .capacity),
                needed: try fields.decode(Int.self, forKey: .needed))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(word, forKey: .why)
        switch self {
        case .notMember, .disabled, .offDuty, .offline, .away, .screenClosed: break
        case .excluded(let exclusion): try fields.encode(exclusion, forKey: .exclusion)
        case .lacksSkill(let skill, let level, let needed):
            try fields.encode(skill, forKey: .skill)
            try fields.encodeIfPresent(level, forKey: .level)
            try fields.encode(needed, forKey: .needed)
        case .lacksLanguage(let language): try fields.encode(language, forKey: .language)
        case .full(let load, let capacity, let needed):
            try fields.encode(load, forKey: .load)
            try fields.encode(capacity, forKey: .capacity)
            try fields.encode(needed, forKey: .needed)
        }
    }

    private var word: Word {
        switch self {
        case .notMember: .notMember
        case .disabled: .disabled
        case .excluded: .excluded
        case .lacksSkill: .lacksSkill
        case .lacksLanguage: .lacksLanguage
        case .offDuty: .offDuty
        case .offline: .offline
        case .away: .away
        case .screenClosed: .screenClosed
        case .full: .full
        }
    }
}
