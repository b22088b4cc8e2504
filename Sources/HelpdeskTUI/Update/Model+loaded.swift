internal import HelpdeskAPI
internal import HelpdeskCore

extension Model {
    mutating func take(_ loaded: Loaded) -> [Effect] {
        switch loaded {
        case .me(let me):
            let isFirst = self.me == nil
            self.me = me
            guard isFirst else { return [] }
            // What came between the first list and this position is in neither: read the list again.
            live.wantsQueue = true
            return [.subscribe(after: me.position)] + scheduleReload()
        case .views(let views):
            self.views = views
            return []
        case .agents(let agents):
            self.agents = agents
            if let own = agents.first(where: { $0.login == me?.agent.login }) { me?.agent = own }
            return []
        case .queue(let request, let page): return take(request, page)
        case .whole(let thread): return take(thread)
        case .customer(let customer):
            if thread?.ticket.customer.id == customer.id { self.customer = customer }
            return []
        case .timeline(let customer, let items):
            if case .timeline(customer, nil, let scroll) = overlay {
                overlay = .timeline(customer, items, scroll: scroll)
            }
            return []
        case .preview(let ticket, let preview):
            if composer?.ticket == ticket { composer?.preview = preview }
            return []
        case .macros(let macros):
            self.macros = macros
            if case .picker(var picker) = overlay, case .macro = picker.purpose {
                picker.choices = macroChoices
                picker.isLoading = false
                overlay = .picker(picker)
            }
            return []
        case .filled(let number, let outcome): return write(outcome, on: number)
        case .teams(let teams):
            self.teams = teams
            if case .picker(let picker) = overlay, case .transfer(let targets) = picker.purpose {
                overlay = nil
                return teams.isEmpty ? [] : pickTeam(targets)
            }
            return []
        case .recoveries(let recoveries): return take(recoveries)
        case .drafts(let drafts): return take(drafts)
        case .similar(let number, let hits): return take(similar: hits, to: number)
        case .report(let name, let lines):
            if case .report(name, _, let scroll) = overlay {
                overlay = .report(name, lines, scroll: scroll)
            }
            return []
        case .explanation(let explanation):
            if case .explanation(explanation.ticket, _, let scroll) = overlay {
                overlay = .explanation(explanation.ticket, explanation, scroll: scroll)
            }
            return []
        }
    }

    private mutating func take(
        _ request: QueueRequest, _ page: API.Page<API.Ticket>
    ) -> [Effect] {
        guard request.view == queue.view, request.words == queue.words else { return [] }
        if request.cursor == nil {
            queue.replace(with: page)
        } else {
            queue.append(page)
        }
        queue.keepInSight(height: panes.queueHeight)
        guard opened == nil, let selected = queue.selected else { return [] }
        return open(selected)
    }

    private mutating func take(_ fresh: TicketThread) -> [Effect] {
        let number = fresh.number
        let thread = threads[number]?.reread(fresh) ?? fresh
        threads.put(thread)
        queue.update(fresh.ticket)
        noticeNews(in: thread)
        guard number == opened else { return [] }
        let resumed = takeUp(number)
        let customer = fresh.ticket.customer.id
        if self.customer?.id != customer {
            self.customer = nil
            customerScroll = 0
            return resumed + [.load(.customer(customer))]
        }
        return resumed
    }

    /// Puts a ticket's thread on the screen, and reads it.
    mutating func open(_ number: TicketNumber) -> [Effect] {
        opened = number
        return [.load(.thread(number))]
    }
}
