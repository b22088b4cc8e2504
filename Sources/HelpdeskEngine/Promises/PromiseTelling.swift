internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskStore

/// Tells a customer a time by which they have an answer, on an open ticket and within a transaction: by itself before a told
/// time passes unkept, or because an agent says so. Both are events.
struct PromiseTelling {
    let session: TicketSession

    /// The last moment to which an agent may promise.
    static let farthest = TimeSpan.days(366)

    /// By itself, once the promise's moment has come. A time that is not told has its reason in the stream.
    func revise(_ promise: OpenPromise, _ row: TicketRow) throws {
        let reason: PromiseRevisionSkipped.Reason
        switch try judge(promise, row) {
        case .skip(let why): reason = why
        case .tell(let until, let draft):
            switch try Dispatching(session: session).put(draft, on: row, cause: nil) {
            case .failure: reason = .noAddress
            case .success(let queued):
                return try append(until, by: queued.delivery, before: promise, row, .system)
            }
        }
        let skipped = PromiseRevisionSkipped(until: promise.until, reason: reason)
        try session.append(.promise(.revisionSkipped(skipped)), on: row)
    }

    /// An agent's word. What keeps it from going out is thrown, before anything is written.
    func tell(_ until: Instant, _ row: TicketRow, by caller: Caller) throws {
        let minute = until - TimeSpan(milliseconds: until.milliseconds % 60_000)
        guard minute > session.now, until <= session.now + Self.farthest else {
            throw DeskFailure.invalid(field: "until", expected: "a time within a year from now")
        }
        guard row.ticket.status.isActive else {
            throw DeskFailure.conflict("ticket \(row.ticket.number.rawValue) is closed")
        }
        let promise = try session.reader.openPromise(of: row.ticket.number)
        let draft = try draft(minute, promise, try choice(row), row)
        switch try Dispatching(session: session).queue(draft, on: row, cause: nil) {
        case .failure(let refusal): throw refusal
        case .success(let queued):
            try append(minute, by: queued.delivery, before: promise, row, caller.actor)
        }
    }

    private enum Judgement {
        case skip(PromiseRevisionSkipped.Reason)
        case tell(Instant, Dispatching.Draft)
    }

    private func judge(_ promise: OpenPromise, _ row: TicketRow) throws -> Judgement {
        let ticket = row.ticket
        let policy = session.policy.acknowledgement
        if policy.acknowledgements == .off || promise.revisions >= policy.revision.times {
            return .skip(.disabled)
        }
        if ticket.ticketClass != .regular { return .skip(.notRegular) }
        if !ticket.status.isActive { return .skip(.closed) }
        if try session.reader.isAnswering(ticket.number) { return .skip(.answering) }
        guard let until = try later(than: promise, row) else { return .skip(.noPolicy) }
        guard let choice = try? choice(row) else { return .skip(.noAddress) }
        let way = choice.route.way
        let bounds = AcknowledgementBounds(session: session)
        let auth = choice.answered?.senderAuth ?? .unchecked
        switch try bounds.limit(auth, to: way.address, of: ticket.customer) {
        case .day: return .skip(.dailyLimit)
        case .week: return .skip(.weeklyLimit)
        case .everybody: return .skip(.paused)
        case nil: break
        }
        let draft = try draft(until, promise, choice, row)
        switch try Dispatching(session: session).restraint(on: draft, row) {
        case .undeliverable: return .skip(.undeliverable)
        case .tooMany: return .skip(.tooMany)
        case nil: return .tell(until, draft)
        }
    }

    /// As much working time again as was promised at first, after the told time, to the minute.
    private func later(than promise: OpenPromise, _ row: TicketRow) throws -> Instant? {
        guard let clock = try session.reader.slaClocks(of: row.ticket.number)[.firstResponse],
            let policy = try TicketPromises(session: session).policy(for: clock, row),
            let until = try? policy.hours.adding(clock.allowance, to: promise.until)
        else { return nil }
        return until - TimeSpan(milliseconds: until.milliseconds % 60_000)
    }

    /// The way an answer would take.
    private func choice(_ row: TicketRow) throws -> ReplyWays.Choice {
        let ways = ReplyWays(reader: session.reader, policy: session.policy, now: session.now)
        switch try ways.route(row, answers: nil, chosen: nil) {
        case .success(let choice): return choice
        case .failure(let none): throw none.failure
        }
    }

    /// Holds nothing of what the customer wrote, as acknowledgements do not.
    private func draft(
        _ until: Instant, _ promise: OpenPromise?, _ choice: ReplyWays.Choice, _ row: TicketRow
    ) throws -> Dispatching.Draft {
        let way = choice.route.way
        guard let inbox = session.policy.inboxes[way.inbox] else {
            throw DeskFailure.notFound("inbox \(way.inbox.rawValue)")
        }
        let words = Wording(row: row, inbox: inbox)
        let answered = try choice.answered.flatMap {
            try session.reader.messageContent($0.content)?.mail
        }
        return Dispatching.Draft(
            purpose: .acknowledgement, way: way,
            subject: words.text(promise == nil ? .promiseGivenSubject : .promiseRevisedSubject)
                + " " + SubjectTag.text(for: row.ticket.number),
            text: words.text(promise == nil ? .promiseGiven : .promiseRevised, promise: until),
            language: words.language, inReplyTo: answered?.messageID,
            references: answered?.messageID.map { [$0] } ?? [])
    }

    private func append(
        _ until: Instant, by delivery: DeliveryID, before promise: OpenPromise?,
        _ row: TicketRow, _ actor: Actor
    ) throws {
        let revisions = promise.map { $0.revisions + 1 } ?? 0
        let given = PromiseGiven(
            until: until, delivery: delivery,
            reviseAt: session.policy.acknowledgement.revision.moment(
                givenAt: session.now, until: until, revisions: revisions))
        try session.append(
            .promise(promise == nil ? .given(given) : .revised(given)), on: row, by: actor)
    }
}
