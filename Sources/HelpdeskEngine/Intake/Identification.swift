internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

/// Finds or makes the customer a message is from, and links what was vouched for.
struct Identification {
    struct Speaker {
        let customer: CustomerID
        /// The sender's own address, where it is one.
        let identity: IdentityID?
        let address: IdentityAddress?
        /// Whether the sender's address is one person's.
        var sharing = IdentityMarked.Sharing.personal
        var blocking = CustomerUpdated.Blocking.allowed
    }

    private typealias Claim = IdentityResolution.Claim

    let session: TicketSession
    let inbox: InboxPolicy

    func identify(_ message: InboundMessage) throws -> Speaker {
        let claims = try claims(of: message)
        let sender = claims.first { $0.role == .sender }
        let decision = IdentityResolution.decide(claims)
        let customer: CustomerID
        switch decision.customer {
        case .known(let known): customer = known
        case .fresh: customer = try greeted(message) ?? create()
        }
        let provesSender =
            message.senderAuth == .verified
            && !claims.contains { $0.role == .further && $0.evidence == .vouched }
        for claim in decision.link {
            try link(claim, to: customer, provesSender: provesSender)
        }
        let suggesting = Suggesting(session: session)
        for claim in decision.suggest { try suggesting.suggest(claim, to: customer) }
        try strengthen(claims, of: customer)
        if let sender { try lift(sender, message) }
        let isNamed = try name(customer, message)
        if isNamed || !decision.link.isEmpty {
            try suggesting.lookAround(customer, linked: decision.link.map(\.address))
        }
        let known = try sender.flatMap {
            try session.reader.identity($0.address, scope: $0.scope)
        }
        return Speaker(
            customer: customer, identity: known?.id, address: sender?.address,
            sharing: known?.sharing ?? .personal,
            blocking: try session.reader.isBlocked(customer) ? .blocked : .allowed)
    }

    /// The message's addresses, folded, with whose each is. At most 20; a bot's or agent's own address names no customer.
    private func claims(of message: InboundMessage) throws -> [Claim] {
        var claimed: [(ClaimedIdentity, Claim.Role)] = []
        if message.namesCustomer, let identity = message.sender.identity {
            claimed.append((identity, .sender))
        }
        claimed += message.identities.prefix(20).map { ($0, .further) }
        var claims: [Claim] = []
        for (identity, role) in claimed {
            guard let address = IdentityFolding.fold(identity.address),
                !claims.contains(where: { $0.address == address })
            else { continue }
            claims.append(try claim(address, identity.evidence, role))
        }
        return claims
    }

    private func claim(
        _ address: IdentityAddress, _ evidence: ClaimedIdentity.Evidence, _ role: Claim.Role
    ) throws -> Claim {
        let isVouched = evidence == .vouched
        let countsEverywhere =
            isVouched
            || (role == .sender && inbox.capabilities.claimedSenders == .everywhere)
        let scope = countsEverywhere ? nil : inbox.id
        var owner = try session.reader.identity(address, scope: scope)?.customer
        if owner == nil && role == .further {
            owner = try session.reader.identity(address, scope: nil)?.customer
        }
        return Claim(
            address: address, evidence: isVouched ? .vouched : .claimed, role: role,
            scope: scope, owner: owner)
    }

    /// The customer of the conversation: whom a bot greeted before anybody was known, or whom the bot speaks to now.
    private func greeted(_ message: InboundMessage) throws -> CustomerID? {
        guard let conversation = message.conversation else { return nil }
        if message.namesCustomer {
            return try session.reader.unknownCustomer(
                ofConversation: conversation, inbox: inbox.id)
        }
        return try session.reader.ticket(ofConversation: conversation, inbox: inbox.id)
            .flatMap { try session.reader.ticket($0, viewer: .system)?.ticket.customer }
    }

    private func create() throws -> CustomerID {
        let customer = session.transaction.nextCustomer()
        try append(
            .created(CustomerCreated(customer: customer, inbox: inbox.id)), customer)
        return customer
    }

    /// - Parameter provesSender: whether "verified" speaks of the sender's own address, not of another one beside it.
    private func link(
        _ claim: Claim, to customer: CustomerID, provesSender: Bool
    ) throws {
        let isVerified = claim.evidence == .vouched || (claim.role == .sender && provesSender)
        try append(
            .identityLinked(
                IdentityLinked(
                    identity: session.transaction.nextIdentity(), customer: customer,
                    kind: claim.address.kind, verification: isVerified ? .verified : .unverified,
                    evidence: claim.evidence == .vouched ? .vouched : .firstContact,
                    scope: claim.scope,
                    address: try session.keep(claim.address.value, as: .address, of: customer))),
            customer)
    }

    /// A known address that is vouched for now becomes verified.
    private func strengthen(_ claims: [Claim], of customer: CustomerID) throws {
        for claim in claims where claim.evidence == .vouched && claim.owner == customer {
            guard let known = try session.reader.identity(claim.address, scope: nil),
                known.verification == .unverified
            else { continue }
            try append(
                .identityLinked(
                    IdentityLinked(
                        identity: known.id, customer: customer, kind: claim.address.kind,
                        verification: .verified, evidence: .vouched, scope: nil,
                        address: try session.keep(
                            claim.address.value, as: .address, of: customer))), customer)
        }
    }

    /// Mail from an address shows that it is used again, if nobody denies who sent it and no machine did.
    private func lift(_ sender: Claim, _ message: InboundMessage) throws {
        guard message.origin == .live, message.senderAuth != .failed,
            message.autoSubmitted == .no, message.deliveryReport == nil,
            let known = try session.reader.identity(sender.address, scope: sender.scope),
            known.undeliverable != nil
        else { return }
        try append(
            .identityDeliverable(
                IdentityDeliverable(
                    identity: known.id, customer: known.customer, cause: .heardFrom)),
            known.customer)
    }

    /// Whether the customer has a name now that had none.
    private func name(_ customer: CustomerID, _ message: InboundMessage) throws -> Bool {
        guard message.namesCustomer, let name = message.sender.name, !name.isEmpty,
            try !session.reader.isNamed(customer)
        else { return false }
        try append(
            .named(
                CustomerNamed(
                    customer: customer,
                    name: try session.keep(
                        String(name.prefix(200)), as: .name, of: customer))), customer)
        return true
    }

    private func append(_ event: CustomerEvent, _ customer: CustomerID) throws {
        try session.transaction.append(
            .customer(event), ticket: nil, customer: customer, by: .system,
            command: session.command)
    }
}

extension InboundMessage {
    /// Whether the sender's address is the customer's: of a call it is the outer number, whoever rang.
    var namesCustomer: Bool { author == .customer || kind == .call }
}
