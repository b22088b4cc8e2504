internal import FoundationEssentials
public import HelpdeskCore

/// One line of an archive (Docs/Archive.md describes each with an example, and a test holds the two together). Every record has
/// an id that stays the same wherever the archive is brought in, and names others by theirs.
public enum ArchiveRecord: Hashable, Sendable {
    case archive(ArchiveHeader)
    case agent(ArchivedAgent)
    case team(ArchivedTeam)
    case macro(ArchivedMacro)
    case customer(ArchivedCustomer)
    case customerMerged(ArchivedCustomerMerge)
    case customerUnmerged(ArchivedCustomerMerge)
    case blob(ArchivedBlob)
    case ticket(ArchivedTicket)
    case message(ArchivedMessage)
    case reply(ArchivedReply)
    case note(ArchivedNote)
    case change(ArchivedChange)
    case delivery(ArchivedDelivery)
    case survey(ArchivedSurvey)
    case surveyAnswer(ArchivedSurveyAnswer)
    case surveyWords(ArchivedSurveyWords)
    case recovery(ArchivedRecovery)
    case recoveryTaken(ArchivedRecoveryTaken)
    case recoveryDone(ArchivedRecoveryDone)
    case end(ArchiveEnd)

    public enum Kind: String, Codable, CaseIterable, Sendable {
        case archive, agent, team, macro, customer
        case customerMerged = "customer_merged"
        case customerUnmerged = "customer_unmerged"
        case blob, ticket, message, reply, note, change, delivery, survey
        case surveyAnswer = "survey_answer"
        case surveyWords = "survey_words"
        case recovery
        case recoveryTaken = "recovery_taken"
        case recoveryDone = "recovery_done"
        case end
    }
}

extension ArchiveRecord: Codable {
    private enum CodingKeys: String, CodingKey { case type }

    public init(from decoder: any Decoder) throws {
        let kind = try decoder.container(keyedBy: CodingKeys.self).decode(Kind.self, forKey: .type)
        self =
            switch kind {
            case .archive: .archive(try ArchiveHeader(from: decoder))
            case .agent: .agent(try ArchivedAgent(from: decoder))
            case .team: .team(try ArchivedTeam(from: decoder))
            case .macro: .macro(try ArchivedMacro(from: decoder))
            case .customer: .customer(try ArchivedCustomer(from: decoder))
            case .customerMerged: .customerMerged(try ArchivedCustomerMerge(from: decoder))
            case .customerUnmerged: .customerUnmerged(try ArchivedCustomerMerge(from: decoder))
            case .blob: .blob(try ArchivedBlob(from: decoder))
            case .ticket: .ticket(try ArchivedTicket(from: decoder))
            case .message: .message(try ArchivedMessage(from: decoder))
            case .reply: .reply(try ArchivedReply(from: decoder))
            case .note: .note(try ArchivedNote(from: decoder))
            case .change: .change(try ArchivedChange(from: decoder))
            case .delivery: .delivery(try ArchivedDelivery(from: decoder))
            case .survey: .survey(try ArchivedSurvey(from: decoder))
            case .surveyAnswer: .surveyAnswer(try ArchivedSurveyAnswer(from: decoder))
            case .surveyWords: .surveyWords(try ArchivedSurveyWords(from: decoder))
            case .recovery: .recovery(try ArchivedRecovery(from: decoder))
            case .recoveryTaken: .recoveryTaken(try ArchivedRecoveryTaken(from: decoder))
            case .recoveryDone: .recoveryDone(try ArchivedRecoveryDone(from: decoder))
            case .end: .end(try ArchiveEnd(from: decoder))
            }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .type)
        try body.encode(to: encoder)
    }
}

extension ArchiveRecord {
    public var kind: Kind {
        switch self {
        case .archive: .archive
        case .agent: .agent
        case .team: .team
        case .macro: .macro
        case .customer: .customer
        case .customerMerged: .customerMerged
        case .customerUnmerged: .customerUnmerged
        case .blob: .blob
        case .ticket: .ticket
        case .message: .message
        case .reply: .reply
        case .note: .note
        case .change: .change
        case .delivery: .delivery
        case .survey: .survey
        case .surveyAnswer: .surveyAnswer
        case .surveyWords: .surveyWords
        case .recovery: .recovery
        case .recoveryTaken: .recoveryTaken
        case .recoveryDone: .recoveryDone
        case .end: .end
        }
    }

    /// What stands in the line beside its type.
    public var body: any Codable & Sendable {
        switch self {
        case .archive(let body): body
        case .agent(let body): body
        case .team(let body): body
        case .macro(let body): body
        case .customer(let body): body
        case .customerMerged(let body): body
        case .customerUnmerged(let body): body
        case .blob(let body): body
        case .ticket(let body): body
        case .message(let body): body
        case .reply(let body): body
        case .note(let body): body
        case .change(let body): body
        case .delivery(let body): body
        case .survey(let body): body
        case .surveyAnswer(let body): body
        case .surveyWords(let body): body
        case .recovery(let body): body
        case .recoveryTaken(let body): body
        case .recoveryDone(let body): body
        case .end(let body): body
        }
    }

    /// One line without its end: members in the order of their names, so that the same record is the same bytes.
    public func line() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    public init(line: String) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(ArchiveRecord.self, from: Data(line.utf8))
    }
}

/// A moment as RFC 3339 text.
public struct ArchiveTime: Hashable, Sendable, Codable {
    public var instant: Instant

    public init(_ instant: Instant) { self.instant = instant }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let instant = RFC3339.instant(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\(text.prefix(40)) is no time of RFC 3339")
        }
        self.instant = instant
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(RFC3339.text(instant))
    }
}

/// Who did it: kinds are those of `Actor`; the id is an agent's login or a customer's record.
public struct ArchivedActor: Hashable, Sendable, Codable {
    public var kind: String
    public var id: String?

    public init(kind: String, id: String? = nil) {
        self.kind = kind
        self.id = id
    }
}
