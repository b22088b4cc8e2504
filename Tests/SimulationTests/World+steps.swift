import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import RandomKit
import TestKit
import Testing

private struct Boom: Error {}

extension World {
    func step() async throws {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<22: try await deliver([write()])
        case 22..<26: underWay.append(write())
        case 26..<30:
            guard !underWay.isEmpty else { return }
            try await deliver([
                underWay.remove(at: Int.random(in: 0..<underWay.count, using: &random))
            ])
        case 30..<33: try await deliver((0..<5).map { _ in write() })
        case 33..<38:
            if let again = pick(messages) { try await deliver([again, again]) }
        case 38..<64: try await command()
        case 64..<72: try await outbox()
        case 72..<80:
            note("clock")
            _ = try await desk.timer.runOnce()
        case 80..<90: jump()
        case 90..<93: try await presence()
        case 93..<95: try await answerSurvey()
        case 95..<97: try await explosion()
        case 97: try await dieWhileSending()
        default:
            note("crash")
            try desk.restart()
            try await desk.outbox.recover()
        }
    }

    private func jump() {
        let span =
            pick([TimeSpan.seconds(20), .minutes(5), .minutes(40), .hours(2), .hours(26), .days(9)])
            ?? .zero
        note("jump \(span.milliseconds)")
        desk.clock.advance(by: span)
    }

    private func outbox() async throws {
        note("outbox")
        _ = try await desk.outbox.runOnce()
    }

    private func presence() async throws {
        guard let agent = pick(Self.agents) else { return }
        let presence = pick([Presence.online, .away, .offline, nil, nil]) ?? nil
        note("\(agent.rawValue) is \(presence?.rawValue ?? "by shift")")
        try await desk.directory.setPresence(presence, of: agent, by: TestDesk.caller(agent))
    }

    /// A command that fails after it has written, while others are being committed with it.
    private func explosion() async throws {
        note("explosion")
        let store = desk.store
        let now = desk.now
        let letters = (0..<3).map { _ in write() }
        let broken = Task {
            try await store.writer.submit(at: now, failing: Boom.self) { transaction in
                try transaction.append(
                    .desk(.presenceChanged(PresenceChanged(agent: .nima, presence: .offline))),
                    ticket: nil, customer: nil, by: .system)
                throw Boom()
            }
        }
        let intake = desk.intake
        let outcomes = try await withThrowingTaskGroup(
            of: (Int, [DeliveryOutcome]).self, returning: [(Int, [DeliveryOutcome])].self
        ) { group in
            for (index, letter) in letters.enumerated() {
                group.addTask {
                    let batch = InboundBatch(messages: [letter.message])
                    return (index, try await intake.deliver(batch, to: letter.inbox))
                }
            }
            var outcomes: [(Int, [DeliveryOutcome])] = []
            for try await outcome in group { outcomes.append(outcome) }
            return outcomes
        }
        let result = await broken.result
        #expect(throws: CommandFailure<Boom>.self) { try result.get() }
        for (index, outcome) in outcomes {
            guard case .ticketed = outcome.first else {
                Issue.record("\(outcome), seed \(seed)")
                continue
            }
            kept[Self.key(letters[index].message, letters[index].inbox)] =
                letters[index].message.text
            messages.append(letters[index])
        }
    }

    /// The daemon dies with a message handed over and no answer yet. The dead one never goes on.
    private func dieWhileSending() async throws {
        let due = try desk.read { [now = desk.now] reader throws(StoreError) in
            try reader.dueDeliveries(at: now, limit: 1)
        }
        guard let due = due.first, let adapter = desk.adapters[due.inbox] else { return }
        note("die while sending \(due.id.rawValue)")
        let gate = Gate()
        adapter.script(.wait(gate, then: .sent(externalID: nil)))
        let dying = OutboxWorker(desk.desk)
        graves.append(gate)
        let alone = Gate()
        let desk = desk
        let isAlone: @Sendable () -> Bool = {
            let sending = try? desk.count("SELECT COUNT(*) FROM outbox WHERE state = 'sending'")
            let due = try? desk.read { [now = desk.now] reader throws(StoreError) in
                try reader.dueDeliveries(at: now, limit: 1)
            }
            return sending == 1 && due?.isEmpty == true
        }
        _ = desk.store.writer.onCommit { _ in if isAlone() { alone.open() } }
        Task { _ = try? await dying.runOnce() }
        await gate.arrival()
        // The others of its round are settled; a dead daemon writes nothing any more.
        if !isAlone() { await alone.passed() }
        try desk.restart()
        try await desk.outbox.recover()
    }

    private func answerSurvey() async throws {
        let invitations = desk.adapters.values.flatMap(\.prepared).filter { $0.purpose == .survey }
            .sorted { $0.delivery < $1.delivery }
        guard let text = pick(invitations)?.text,
            let link = text.split(whereSeparator: \.isWhitespace).first(where: {
                $0.contains("/s/")
            })
        else { return }
        let token = String(link.split(separator: "/").last ?? "")
        let score = Int.random(in: 1...5, using: &random)
        note("survey answered \(score)")
        do throws(DeskFailure) {
            _ = try await desk.surveys.answer(
                token: token, score: score, comment: random.happens(oneIn: 2) ? "c\(serial)" : nil)
        } catch {
            if case .store = error { throw error }
        }
    }

    private func command() async throws {
        guard let number = pick(try ticketNumbers()), let agent = pick(Self.agents) else { return }
        do throws(DeskFailure) {
            if random.happens(oneIn: 3) {
                let then = pick([
                    TicketCommand.AfterReply.keep, .keep, .pending, .close(.solved),
                ])
                note(
                    "reply \(number.rawValue) by \(agent.rawValue) then \(String(describing: then))"
                )
                _ = try await desk.replies.reply(
                    ReplyDraft(
                        text: "Answer \(serial)",
                        cc: random.happens(oneIn: 4) ? ["copy@example.ir"] : [],
                        then: then ?? .keep),
                    to: number, by: TestDesk.caller(agent), ifVersion: nil, command: nil)
            } else if let action = action() {
                note("\(action) on \(number.rawValue) by \(agent.rawValue)")
                _ = try await desk.tickets.perform(
                    action, on: number, by: TestDesk.caller(agent), ifVersion: nil, command: nil)
            }
        } catch {
            if case .store = error { throw error }
        }
    }

    private func action() -> TicketAction? {
        pick([
            TicketAction.note("n\(serial)"), .assign(pick(Self.agents) ?? .nima), .unassign,
            .transfer(pick([TeamID.support, .secondLine, .people]) ?? .support, brief: "b"),
            .close(pick(ClosingReason.allCases) ?? .solved), .close(.solved), .close(.solved),
            .reopen, .pending, .snooze(desk.now + .hours(3)), .wake,
            .tag(add: ["t\(serial % 7)"], remove: ["t\(serial % 5)"]),
            .prioritise(pick(TicketPriority.allCases) ?? .high), .spam, .notSpam,
            .addParticipant(.email(pick(Self.people) ?? "a@b.example")),
            .removeParticipant(.email(pick(Self.people) ?? "a@b.example")),
            .join(MessageID(rawValue: Int64.random(in: 1...Int64(max(serial, 1)), using: &random))),
            .completeCallback,
        ])
    }
}
