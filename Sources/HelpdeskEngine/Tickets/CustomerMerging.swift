public import HelpdeskCore
internal import HelpdeskStore

extension CustomerDesk {
    /// Of an agent's reason, in UTF-8 bytes.
    public static let maximumReason = 2_000

    /// Makes two customers one: `id` stands under `target` until that is undone. Nothing moves and nothing is lost.
    public func merge(
        _ id: CustomerID, into target: CustomerID, reason: String?, by caller: Caller,
        command: CommandID?
    ) async throws(DeskFailure) {
        try Self.admit(caller)
        let desk = desk
        try await desk.write { transaction in
            let session = TicketSession(desk, transaction, by: caller.actor, command: command)
            try CustomerMerging(session: session, caller: caller)
                .merge(id, into: target, evidence: nil, reason: reason)
        }
    }

    /// Cuts the link above `id`, whatever was merged since.
    public func unmerge(
        _ id: CustomerID, reason: String?, by caller: Caller, command: CommandID?
    ) async throws(DeskFailure) {
        try Self.admit(caller)
        let desk = desk
        try await desk.write { transaction in
            let session = TicketSession(desk, transaction, by: caller.actor, command: command)
            try CustomerMerging(session: session, caller: caller).unmerge(id, reason: reason)
        }
    }

    /// Takes a suggestion: an address that nobody has becomes the customer's, whoever has it is merged with them.
    public func accept(
        _ suggestion: ContentID, of id: CustomerID, by caller: Caller, command: CommandID?
    ) async throws(DeskFailure) {
        let desk = desk
        try await desk.write { transaction in
            let session = TicketSession(desk, transaction, by: caller.actor, command: command)
            try CustomerMerging(session: session, caller: caller).accept(suggestion, of: id)
        }
    }

    /// Refuses a suggestion; it is remembered and never made again.
    public func refuse(
        _ suggestion: ContentID, of id: CustomerID, by caller: Caller, command: CommandID?
    ) async throws(DeskFailure) {
        let desk = desk
        try await desk.write { transaction in
            let session = TicketSession(desk, transaction, by: caller.actor, command: command)
            try CustomerMerging(session: session, caller: caller).refuse(suggestion, of: id)
        }
    }

    static func admit(_ caller: Caller) throws(DeskFailure) {
        guard Permission.allows(caller.role, .mergeCustomers) else {
            throw .forbidden("merge customers: it takes the role lead")
        }
    }
}

/// Links between customers, within the transaction. Every refusal comes before the first write.
struct CustomerMerging {
    let session: TicketSession
    let caller: Caller

    func merge(
        _ id: CustomerID, into target: CustomerID, evidence: WeakEvidence?, reason: String?
    ) throws {
        let one = try place(id)
        let other = try place(target)
        do throws(CustomerMergeRejection) {
            try CustomerMerge.check(one, into: other)
        } catch {
            throw DeskFailure.conflict(error.text)
        }
        try checkPrivacy(id, target)
        let words = try keep(reason, of: id)
        try append(
            .merged(
                CustomerMerged(customer: id, into: target, evidence: evidence, reason: words)),
            id)
    }

    func unmerge(_ id: CustomerID, reason: String?) throws {
        let place = try place(id)
        let parent: CustomerID
        do throws(CustomerMergeRejection) {
            parent = try CustomerMerge.cut(place)
        } catch {
            throw DeskFailure.conflict(error.text)
        }
        try append(
            .unmerged(
                CustomerUnmerged(
                    customer: id, from: parent, reason: try keep(reason, of: id))), id)
    }

    func accept(_ id: ContentID, of customer: CustomerID) throws {
        let suggestion = try open(id, customer)
        guard let address = suggestion.address.flatMap(IdentityFolding.fold) else {
            throw DeskFailure.gone("this address was erased")
        }
        let owner =
            try suggestion.other
            ?? session.reader.identity(address, scope: nil)?.customer
        if let owner {
            try CustomerDesk.admit(caller)
            let roots = try [suggestion.customer, owner].map { try session.reader.root(of: $0) }
                .sorted()
            // Who was known first stays on top.
            if roots[0] != roots[1] {
                try merge(
                    roots[1], into: roots[0], evidence: suggestion.evidence ?? .sameAddress,
                    reason: nil)
            }
        } else {
            try link(address, to: suggestion.customer)
        }
        try settle(suggestion, .accepted)
    }

    func refuse(_ id: ContentID, of customer: CustomerID) throws {
        try settle(try open(id, customer), .refused)
    }

    private func link(_ address: IdentityAddress, to customer: CustomerID) throws {
        try append(
            .identityLinked(
                IdentityLinked(
                    identity: session.transaction.nextIdentity(), customer: customer,
                    kind: address.kind, verification: .unverified, evidence: .agent, scope: nil,
                    address: try session.keep(address.value, as: .address, of: customer))),
            customer)
    }

    private func settle(
        _ suggestion: OpenSuggestion, _ outcome: SuggestionSettled.Outcome
    ) throws {
        try append(
            .suggestionSettled(
                SuggestionSettled(
                    customer: suggestion.customer, suggestion: suggestion.id, outcome: outcome)),
            suggestion.customer)
    }

    /// A suggestion on the card: for the customer or somebody merged with them.
    private func open(_ id: ContentID, _ customer: CustomerID) throws -> OpenSuggestion {
        for member in try session.reader.members(of: customer, viewer: caller.viewer) {
            if let open = try session.reader.openSuggestion(id, of: member) { return open }
        }
        throw DeskFailure.notFound(
            "suggestion \(id.rawValue) of customer \(customer.rawValue)")
    }

    private func place(_ id: CustomerID) throws -> CustomerMerge.Place {
        guard try session.reader.customerExists(id, viewer: caller.viewer),
            let place = try session.reader.mergePlace(of: id)
        else { throw DeskFailure.notFound("customer \(id.rawValue)") }
        return place
    }

    /// Whom a private team alone knows stays with it: the card of the merged would show them (invariant 11).
    private func checkPrivacy(_ one: CustomerID, _ other: CustomerID) throws {
        let team = try session.reader.onlyPrivateTeam(ofTree: one)
        let otherTeam = try session.reader.onlyPrivateTeam(ofTree: other)
        guard team != otherTeam else { return }
        let rejection =
            team.map { CustomerMergeRejection.privateTeam(one, $0) }
            ?? otherTeam.map { .privateTeam(other, $0) }
        if let rejection { throw DeskFailure.conflict(rejection.text) }
    }

    private func keep(_ reason: String?, of customer: CustomerID) throws -> ContentRef? {
        guard let reason, reason.utf8.contains(where: { $0 > 0x20 }) else { return nil }
        guard reason.utf8.count <= CustomerDesk.maximumReason else {
            throw DeskFailure.invalid(
                field: "reason", expected: "at most \(CustomerDesk.maximumReason) bytes")
        }
        return try session.keep(reason, as: .mergeReason, of: customer)
    }

    private func append(_ event: CustomerEvent, _ customer: CustomerID) throws {
        try session.transaction.append(
            .customer(event), ticket: nil, customer: customer, by: session.actor,
            command: session.command)
    }
}
