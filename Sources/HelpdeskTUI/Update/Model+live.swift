internal import HelpdeskAPI
internal import HelpdeskCore

extension Model {
    mutating func take(_ live: Live) -> [Effect] {
        switch live {
        case .connected:
            let wasOffline = if case .offline = connection { true } else { false }
            connection = .live
            // The stream makes up for events; what could not be read meanwhile is read now.
            return wasOffline ? sendWaiting() + reloadEverything() : []
        case .waiting:
            if case .offline = connection { return [] }
            connection = .offline(since: now)
            onlookers.forget()
            return []
        case .resync:
            connection = .live
            return reloadEverything()
        case .event(let event):
            connection = .live
            return take(event)
        case .attention(let attention):
            onlookers.put(attention, besides: me?.agent.login)
            return []
        }
    }

    /// What changes who is there and how much they have in hand.
    private static let loadChanging: Set<String> = [
        "presence_changed", "ticket_assigned", "ticket_unassigned", "ticket_status_changed",
    ]

    private mutating func take(_ event: API.Event) -> [Effect] {
        if Model.loadChanging.contains(event.type) { live.wantsAgents = true }
        if let customer = event.customer, live.customers.count < LiveState.limit {
            live.customers.insert(customer)
        }
        if event.type == "agent_noticed", event.ticket == nil { tellOfCustomer(event) }
        if let ticket = event.ticket {
            live.wantsQueue = true
            if live.tickets.count < LiveState.limit { live.tickets.insert(ticket) }
            if event.type == "ticket_hidden" { hide(ticket) }
            if event.type == "agent_noticed" { tell(event, of: ticket) }
        }
        return announce(event) + scheduleReload()
    }

    /// The stream carries only what is for this agent; said where they chose the screen.
    private mutating func tell(_ event: API.Event, of ticket: TicketNumber) {
        guard event.data["ways"]?.elements?.contains(.string("screen")) == true else { return }
        let name = display.ticket(ticket)
        let author = event.data["author"]?.text
        switch event.data["kind"]?.text.flatMap(NoticeKind.init(rawValue:)) {
        case .assigned: notice = .done("\(name) is yours")
        case .answered: notice = .done("the customer answered in \(name)")
        case .mention: notice = .done("\(author ?? "somebody") mentioned you in \(name)")
        case .watched: notice = .done("news in \(name), which you watch")
        case .reminder: notice = .done("you wanted to be reminded of \(name)")
        case .slaWarning: notice = .failed("\(name): a promise is nearly due")
        case .slaBreach: notice = .failed("\(name): a promise was missed")
        case .recovery: notice = .failed("\(name): a low score is yours to make good")
        case .lowScore: notice = .failed("\(name): \(scoreWords(event))")
        case .bounce: notice = .failed("the answer in \(name) came back")
        case nil: break
        }
    }

    /// A score that was given beside no ticket.
    private mutating func tellOfCustomer(_ event: API.Event) {
        guard event.data["ways"]?.elements?.contains(.string("screen")) == true,
            let customer = event.customer
        else { return }
        switch event.data["kind"]?.text.flatMap(NoticeKind.init(rawValue:)) {
        case .recovery:
            notice = .failed("customer \(customer.rawValue): a low score is yours to make good")
        case .lowScore:
            notice = .failed("customer \(customer.rawValue): \(scoreWords(event))")
        default: break
        }
    }

    private func scoreWords(_ event: API.Event) -> String {
        guard case .integer(let score)? = event.data["score"] else { return "a low score" }
        return "a low score (\(score))"
    }

    /// A ticket went where this agent may not look: nothing of it stays on the screen.
    private mutating func hide(_ ticket: TicketNumber) {
        threads.remove(ticket)
        guard opened == ticket else { return }
        opened = nil
        customer = nil
        if composer?.ticket == ticket { composer = nil }
        outgoing.removeAll { $0.composer.ticket == ticket && $0.stage != .sending }
        notice = .failed("\(display.ticket(ticket)) went to a team you are not in")
    }

    /// One reading for all that changes within a moment, and at most one a second.
    mutating func scheduleReload() -> [Effect] {
        guard !live.isScheduled else { return [] }
        live.isScheduled = true
        let since = live.lastReload.map { now.since($0).milliseconds } ?? .max
        let wait = since < 1_000 ? max(1_000 - since, 150) : 150
        return [.wake(after: TimeSpan(milliseconds: min(wait, 1_000)), .reload)]
    }

    mutating func take(_ due: Due) -> [Effect] {
        switch due {
        case .keeping:
            isKeeping = false
            return keepComposer()
        case .sending(let key): return release(key)
        case .tick:
            let isCounting = outgoing.contains { if case .held = $0.stage { true } else { false } }
            return isCounting ? [.wake(after: .seconds(1), .tick)] : []
        case .rested(let number):
            guard queue.selected == number, opened == number else { return [] }
            return [.load(.thread(number))]
        case .reload: return readChanges()
        }
    }

    private mutating func readChanges() -> [Effect] {
        var effects: [Effect] = []
        if live.wantsQueue { effects += [.load(.queue(queue.reload)), .load(.views)] }
        if live.wantsAgents { effects.append(.load(.agents)) }
        let isCrowded = live.tickets.count >= LiveState.limit
        if let opened, isCrowded || live.tickets.contains(opened) {
            effects.append(.load(.thread(opened)))
        }
        if let customer, isCrowded || live.customers.contains(customer.id) {
            effects.append(.load(.customer(customer.id)))
        }
        live = LiveState()
        live.lastReload = now
        return effects
    }

    mutating func reloadEverything() -> [Effect] {
        var effects: [Effect] = [
            .load(.me), .load(.views), .load(.agents), .load(.queue(queue.reload)),
        ]
        if let opened { effects.append(.load(.thread(opened))) }
        if let customer { effects.append(.load(.customer(customer.id))) }
        return effects
    }
}
