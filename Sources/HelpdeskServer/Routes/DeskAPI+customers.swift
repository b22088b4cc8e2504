internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine
internal import HelpdeskStore

extension DeskAPI {
    var customerOperations: [String: Operation] {
        [
            "listCustomers": listCustomers, "getCustomer": getCustomer,
            "updateCustomer": updateCustomer, "getTimeline": getTimeline,
            "mergeCustomer": mergeCustomer, "unmergeCustomer": unmergeCustomer,
            "acceptSuggestion": acceptSuggestion, "refuseSuggestion": refuseSuggestion,
        ]
    }

    func listCustomers(_ request: DeskRequest) async throws -> DeskAnswer {
        let viewer = try request.viewer()
        let query = request.query["q"] ?? ""
        let cursor = try request.query.cursor(as: CustomerID.self)
        let limit = try request.query.limit()
        let page = try await read { reader throws(StoreError) in
            try reader.customers(matching: query, after: cursor, limit: limit, viewer: viewer)
        }
        let crm = settings.crm
        return try .page(page, cursor: { "\($0.rawValue)" }) { card in
            var customer = API.Customer(card)
            customer.crm = crm?.linked(card)
            return customer
        }
    }

    func getCustomer(_ request: DeskRequest) async throws -> DeskAnswer {
        try await customer(try request.number("customer"), try request.viewer())
    }

    func customer(_ id: CustomerID, _ viewer: Viewer) async throws -> DeskAnswer {
        let card = try await read { reader throws(StoreError) in
            try reader.customer(id, viewer: viewer)
        }
        guard let card else { throw DeskProblem.notFound("customer \(id.rawValue)") }
        var customer = API.Customer(card)
        customer.crm = await settings.crm?.record(of: card, at: now)
        return try .document(customer)
    }

    func updateCustomer(_ request: DeskRequest) async throws -> DeskAnswer {
        let caller = try request.caller()
        let id = try request.number("customer", as: CustomerID.self)
        let body = try request.document(API.CustomerPatch.self)
        try await CustomerDesk(desk).update(id, try Self.change(body), by: caller)
        return try await customer(id, caller.viewer)
    }

    static func change(_ body: API.CustomerPatch) throws(DeskProblem) -> CustomerChange {
        var change = CustomerChange(attributes: body.attributes ?? [:])
        switch body.name {
        case .keep: break
        case .clear: change.name = ""
        case .set(let name):
            guard name.utf8.count <= 500 else {
                throw .invalid("name", "at most 500 bytes were expected")
            }
            change.name = name
        }
        if let vip = body.vip { change.standing = vip ? .vip : .regular }
        switch body.preferredChannel {
        case .keep: break
        case .clear: change.preference = CustomerChange.Preference.none
        case .set(let channel): change.preference = .channel(channel)
        }
        switch body.organisation {
        case .keep: break
        case .clear: change.attributes[CustomerCard.organisationAttribute] = .some(nil)
        case .set(let name): change.attributes[CustomerCard.organisationAttribute] = name
        }
        change.segments = body.segments
        switch body.externalID {
        case .keep: break
        case .clear: change.externalID = ""
        case .set(let key): change.externalID = key
        }
        if let blocked = body.blocked { change.blocking = blocked ? .blocked : .allowed }
        for (address, isShared) in body.shared ?? [:] {
            change.sharing[try Address.read(address, "shared")] = isShared ? .shared : .personal
        }
        guard (body.deliverable?.count ?? 0) <= 20 else {
            throw .invalid("deliverable", "at most 20 addresses were expected")
        }
        for address in body.deliverable ?? [] {
            change.deliverable.append(try Address.read(address, "deliverable"))
        }
        for (name, value) in change.attributes {
            guard (1...64).contains(name.utf8.count), (value?.utf8.count ?? 0) <= 4_000 else {
                throw .invalid(
                    "attributes", "names of 1 to 64 bytes and values of at most 4000 were expected")
            }
        }
        return change
    }

    func getTimeline(_ request: DeskRequest) async throws -> DeskAnswer {
        let id = try request.number("customer", as: CustomerID.self)
        let viewer = try request.viewer()
        let limit = try request.query.limit()
        let order: TimelineOrder =
            request.query["order"] == "newest" ? .newestFirst : .oldestFirst
        let start = try request.query.place { TimelinePlace(text: $0) }
        let page = try await read { reader throws(StoreError) in
            try reader.timeline(of: id, order, after: start, limit: limit, viewer: viewer)
        }
        guard let page else { throw DeskProblem.notFound("customer \(id.rawValue)") }
        return try .page(page, cursor: { $0.text }) { API.TimelineItem($0) }
    }
}
