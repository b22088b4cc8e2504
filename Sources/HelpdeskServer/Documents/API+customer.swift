internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskStore

extension API.Customer {
    init(_ card: CustomerCard) {
        var attributes = card.attributes
        let organisation = attributes.removeValue(forKey: CustomerCard.organisationAttribute)
        self.init(
            id: card.customer.id, name: card.customer.name, vip: card.customer.standing == .vip,
            preferredChannel: card.preferredChannel, identities: card.identities.map(Identity.init),
            suggestions: card.suggestions.map(Suggestion.init), attributes: attributes,
            organisation: organisation, scores: card.scores.map(Score.init),
            scoreSummary: card.standings.map { API.ScoreReport.Part(of: $0) },
            openTickets: card.openTickets, blocked: card.blocking == .blocked,
            createdAt: Timestamp(card.createdAt), learnedChannel: card.lastChannel,
            segments: card.segments, externalID: card.externalID,
            merged: card.merged.map(Merge.init))
    }
}

extension API.Customer.Identity {
    init(_ identity: CustomerCard.Identity) {
        self.init(
            kind: identity.address.kind, id: identity.address.value,
            verified: identity.verification == .verified, inbox: identity.scope,
            undeliverableSince: Timestamp(identity.undeliverable?.since),
            undeliverableCode: identity.undeliverable?.code,
            shared: identity.sharing == .shared,
            looksLike: identity.twin.map(API.Customer.LookAlike.init))
    }
}

extension API.Customer.LookAlike {
    init(_ twin: CustomerCard.Twin) {
        self.init(customer: twin.customer, id: twin.address.value, how: twin.kind.rawValue)
    }
}

extension API.Customer.Merge {
    init(_ merge: CustomerCard.Merge) {
        self.init(
            id: merge.customer, into: merge.into, name: merge.name, at: Timestamp(merge.at),
            by: merge.by, evidence: merge.evidence?.rawValue)
    }
}

extension API.Customer.Suggestion {
    init(_ suggestion: CustomerCard.Suggestion) {
        self.init(
            kind: suggestion.address.kind, id: suggestion.address.value, other: suggestion.other,
            suggestion: suggestion.id.rawValue, evidence: suggestion.evidence?.rawValue)
    }
}

extension API.Customer.Score {
    init(_ score: CustomerCard.Score) {
        self.init(
            kind: score.kind, score: score.score, comment: score.comment,
            at: Timestamp(score.at), ticket: score.ticket, agent: score.agent)
    }
}
