internal import HelpdeskCore
internal import HelpdeskStore

/// Hands the stream on to endpoints: at least once, in order per ticket, each event tried for three days. Where an endpoint
/// is in the stream is committed after a page was carried, so a death in between carries it once more. What is not taken
/// becomes a letter, and what comes after it of the same ticket waits behind it; other tickets go on.
public struct EventForwarding: Sendable {
    /// Events carried at once to one endpoint.
    static let parallel = 8
    /// Events in one round.
    static let page = 128

    let desk: Desk
    let carrier: any EventCarrier
    let retry: RetryPolicy

    public static let standardRetry = RetryPolicy(
        first: .seconds(5), longest: .hours(6), giveUpAfter: .days(3))

    public init(
        _ desk: Desk, carrier: any EventCarrier, retry: RetryPolicy = EventForwarding.standardRetry
    ) {
        self.desk = desk
        self.carrier = carrier
        self.retry = retry
    }

    /// One page of what is new to an endpoint; how many events it went past. A new endpoint begins at the newest event.
    public func forward(to endpoint: ForwardingEndpoint) async throws(DeskFailure) -> Int {
        let opening = desk.gate.opening(of: endpoint.name, at: desk.now)
        guard opening != .closed, let cursor = try await cursor(of: endpoint) else { return 0 }
        let limit = opening == .probe ? 1 : Self.page
        let privateTeams = desk.policy.privateTeams
        let page = try await desk.read { reader throws(StoreError) in
            try ForwardingPage(
                after: cursor, limit: limit, for: endpoint, privateTeams: privateTeams, reader)
        }
        guard let last = page.last else { return 0 }
        let outcome = await carry(page, to: endpoint)
        let (desk, name) = (desk, endpoint.name)
        try await desk.write { transaction in
            // Somebody sent it elsewhere meanwhile: then this page was carried for nothing, and is not counted.
            guard let standing = try transaction.reader.forwardingCursor(of: name),
                standing.position == cursor, standing.state == .active
            else { return }
            if let gone = outcome.gone {
                try transaction.stopForwarding(to: name, detail: gone)
                return
            }
            try transaction.keep(outcome.letters, for: name)
            try transaction.moveForwarding(of: name, to: last)
        }
        return outcome.gone == nil ? page.count : 0
    }

    /// Letters whose time has come, the first of each ticket; how many were tried.
    public func retryLetters(to endpoint: ForwardingEndpoint) async throws(DeskFailure) -> Int {
        let opening = desk.gate.opening(of: endpoint.name, at: desk.now)
        guard opening != .closed else { return 0 }
        let now = desk.now
        let limit = opening == .probe ? 1 : Self.parallel
        let privateTeams = desk.policy.privateTeams
        let due = try await desk.read { reader throws(StoreError) -> [ForwardedEvent] in
            guard try reader.forwardingCursor(of: endpoint.name)?.state == .active else {
                return []
            }
            return try ForwardedEvent.due(
                for: endpoint, at: now, limit: limit, privateTeams: privateTeams, reader)
        }
        await withTaskGroup(of: Void.self) { group in
            for letter in due {
                group.addTask {
                    let answer = await self.carry(letter, to: endpoint)
                    try? await self.settle(letter, answer, of: endpoint.name)
                }
            }
        }
        return due.count
    }

    /// Marks where new endpoints begin: to be called before anything comes in, so that they hear of the first event.
    public static func begin(_ desk: Desk) async throws(DeskFailure) {
        let endpoints = desk.policy.forwarding
        guard !endpoints.isEmpty else { return }
        let newest = desk.store.writer.position
        try await desk.write { transaction in
            for endpoint in endpoints
            where try transaction.reader.forwardingCursor(of: endpoint.name) == nil {
                try transaction.beginForwarding(to: endpoint.name, at: newest)
            }
        }
    }

    /// Nil while it is stopped.
    private func cursor(of endpoint: ForwardingEndpoint) async throws(DeskFailure) -> Position? {
        let name = endpoint.name
        let known = try await desk.read { reader throws(StoreError) in
            try reader.forwardingCursor(of: name)
        }
        if let known { return known.state == .active ? known.position : nil }
        let newest = desk.store.writer.position
        try await desk.write { transaction in
            try transaction.beginForwarding(to: name, at: newest)
        }
        return newest
    }

    struct PageOutcome: Sendable {
        var letters: [NewLetter] = []
        /// What it said when it wanted no more.
        var gone: String?
    }

    /// Lanes side by side, each in order up to its first event that is not taken.
    private func carry(
        _ page: ForwardingPage, to endpoint: ForwardingEndpoint
    ) async -> PageOutcome {
        var outcome = PageOutcome(letters: page.behind)
        await withTaskGroup(of: PageOutcome.self) { group in
            var waiting = page.lanes[...]
            var underWay = 0
            while !waiting.isEmpty || underWay > 0 {
                while underWay < Self.parallel, let lane = waiting.popFirst() {
                    group.addTask { await self.carry(lane, to: endpoint) }
                    underWay += 1
                }
                guard let part = await group.next() else { break }
                underWay -= 1
                outcome.letters += part.letters
                outcome.gone = outcome.gone ?? part.gone
                // Nothing more is begun; the cursor stays, so nothing is lost.
                if outcome.gone != nil { waiting = [] }
            }
        }
        outcome.letters.sort { $0.position < $1.position }
        return outcome
    }

    private func carry(
        _ lane: [ForwardedEvent], to endpoint: ForwardingEndpoint
    ) async -> PageOutcome {
        var outcome = PageOutcome()
        for (index, event) in lane.enumerated() {
            switch await carry(event, to: endpoint) {
            case .taken: continue
            case .gone(let detail):
                outcome.gone = detail
                return outcome
            case .refused(let detail, let after):
                let wait = max(wait(afterAttempt: 1), after ?? .zero)
                outcome.letters.append(
                    NewLetter(
                        position: event.event.position, lane: event.lane, attempts: 1,
                        due: desk.now + wait, detail: detail))
                outcome.letters += lane[(index + 1)...].map { NewLetter(behind: $0) }
                return outcome
            }
        }
        return outcome
    }

    /// Also tells the gate.
    private func carry(
        _ event: ForwardedEvent, to endpoint: ForwardingEndpoint
    ) async -> ForwardingAnswer {
        // What nobody may see any more is done with.
        guard event.sight != .nothing else { return .taken }
        let answer = await carrier.carry(event.event, as: event.sight, to: endpoint.name)
        switch answer {
        case .taken:
            if desk.gate.taken(by: endpoint.name) == .reopened {
                let (now, name) = (desk.now, endpoint.name)
                try? await desk.write { transaction in
                    try transaction.hastenLetters(to: name, at: now)
                }
            }
        case .refused(_, let after):
            desk.gate.refused(event.lane, by: endpoint.name, after: after, at: desk.now)
        case .gone: break
        }
        return answer
    }

    private func settle(
        _ letter: ForwardedEvent, _ answer: ForwardingAnswer, of endpoint: String
    ) async throws(DeskFailure) {
        let position = letter.event.position
        let attempts = letter.attempts &+ 1
        let wait = wait(afterAttempt: attempts)
        let isLate = desk.now.since(letter.since) >= retry.giveUpAfter
        try await desk.write { transaction in
            switch answer {
            case .taken:
                try transaction.finishLetter(position, lane: letter.lane, to: endpoint)
            case .gone(let detail):
                try transaction.stopForwarding(to: endpoint, detail: detail)
            case .refused(let detail, _) where isLate:
                try transaction.buryLetter(
                    position, lane: letter.lane, to: endpoint, attempts: attempts, detail: detail)
            case .refused(let detail, let after):
                try transaction.postponeLetter(
                    position, to: endpoint, attempts: attempts,
                    due: transaction.now + max(wait, after ?? .zero), detail: detail)
            }
        }
    }

    private func wait(afterAttempt attempt: Int) -> TimeSpan {
        retry.wait(
            afterAttempt: attempt, jitter: desk.environment.random(1).first ?? 0)
    }
}
