internal import HelpdeskCore

extension ArchiveRecord {
    /// What the record is called; nil for the first and the last line.
    public var id: String? {
        switch self {
        case .archive, .end: nil
        case .agent(let body): body.id
        case .team(let body): body.id
        case .macro(let body): body.id
        case .customer(let body): body.id
        case .customerMerged(let body), .customerUnmerged(let body): body.id
        case .blob(let body): body.id
        case .ticket(let body): body.id
        case .message(let body): body.id
        case .reply(let body): body.id
        case .note(let body): body.id
        case .change(let body): body.id
        case .delivery(let body): body.id
        case .survey(let body): body.id
        case .surveyAnswer(let body): body.id
        case .surveyWords(let body): body.id
        case .recovery(let body): body.id
        case .recoveryTaken(let body): body.id
        case .recoveryDone(let body): body.id
        }
    }

    /// What must be here before it. Of what it may name besides (an answered message, a score's message), nothing depends on it.
    var needs: [String] {
        switch self {
        case .archive, .end, .agent, .team, .macro, .customer, .blob: []
        case .customerMerged(let body), .customerUnmerged(let body): [body.customer, body.other]
        case .ticket(let body): [body.customer]
        case .message(let body): [body.ticket] + [body.identity].compactMap { $0 }
        case .reply(let body): [body.ticket]
        case .note(let body): [body.ticket]
        case .change(let body):
            [body.ticket] + [body.other, body.message, body.delivery].compactMap { $0 }
                + (body.identities ?? []) + (body.moves ?? []).flatMap { [$0.message, $0.home] }
        case .delivery(let body): [body.ticket, body.customer, body.message].compactMap { $0 }
        case .survey(let body): [body.customer] + [body.ticket].compactMap { $0 }
        case .surveyAnswer(let body): [body.survey]
        case .surveyWords(let body): [body.survey, body.message]
        case .recovery(let body): [body.customer, body.survey] + [body.ticket].compactMap { $0 }
        case .recoveryTaken(let body): [body.recovery]
        case .recoveryDone(let body): [body.recovery]
        }
    }

    /// What others can need: the record itself, and of a customer their addresses.
    public var makes: [String] {
        guard let id else { return [] }
        guard case .customer(let customer) = self else { return [id] }
        return [id] + customer.identities.map(\.id)
    }
}
