internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore
internal import HelpdeskTUI
internal import Synchronization

/// Carries drafts to the desk, for the agent's other seats. What is on this machine stays the truth of this seat: everything here
/// may fail, and is tried again.
final class DraftMirror: Sendable {
    /// How long a text rests before the desk gets it: one request for many keys.
    static let rest = Duration.seconds(2)
    /// While the desk cannot be reached.
    static let patience = Duration.seconds(15)
    /// What the end of the screen waits for at most.
    static let farewell = Duration.milliseconds(700)

    private enum Wish { case keep(Draft), forget }

    private struct State {
        /// The last wish for each key: as many as the screen has drafts, and those just sent.
        var wishes: [String: Wish] = [:]
        /// Keys under which another seat wrote, or which are over: not ours to write under any more.
        var given: Set<String> = []
        var isRunning = false

        mutating func take() -> [String: Wish] {
            defer { wishes = [:] }
            return wishes
        }
    }

    private let client: HelpdeskClient
    private let keeper: DraftKeeper
    private let tell: @Sendable (Notice) async -> Void
    private let state = Mutex(State())

    init(
        _ client: HelpdeskClient, _ keeper: DraftKeeper,
        tell: @escaping @Sendable (Notice) async -> Void
    ) {
        self.client = client
        self.keeper = keeper
        self.tell = tell
    }

    /// Returns at once, as `forget` does; of one key the last call counts.
    func keep(_ draft: Draft) {
        wish(draft.key) { $0.given.contains(draft.key) ? nil : .keep(draft) }
    }

    func forget(key: String) { wish(key) { _ in .forget } }

    private func wish(_ key: String, _ make: (State) -> Wish?) {
        let isIdle = state.withLock { state in
            guard let wish = make(state) else { return false }
            state.wishes[key] = wish
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if isIdle { Task { await work() } }
    }

    /// What this machine and the desk have, put together and on disk. Without the desk: what this machine has.
    func reunited() async -> [Draft] {
        let seat = await keeper.load()
        guard let desk = try? await onDesk(seat) else { return seat.map(\.draft) }
        let reunion = DraftReunion(seat: seat, desk: desk, newKey: HelpdeskClient.randomKey)
        await keeper.adopt(reunion)
        for draft in reunion.uncopied { keep(draft) }
        return reunion.drafts.map(\.draft)
    }

    private func onDesk(
        _ seat: [SeatDraft]
    ) async throws(ClientFailure) -> [String: DraftReunion.Desk] {
        var desk: [String: DraftReunion.Desk] = [:]
        for draft in try await client.drafts().items {
            desk[draft.key] = .open(Draft(draft), version: draft.version)
        }
        for own in seat where desk[own.draft.key] == nil {
            desk[own.draft.key] = try await settled(own.draft.key)
        }
        return desk
    }

    private func settled(_ key: String) async throws(ClientFailure) -> DraftReunion.Desk {
        do throws(ClientFailure) {
            let draft = try await client.draft(key)
            return .open(Draft(draft), version: draft.version)
        } catch {
            switch error.status {
            case 410: return .over
            case 404: return .unknown
            default: throw error
            }
        }
    }

    private func work() async {
        var pause = Self.rest
        repeat {
            try? await Task.sleep(for: pause)
            pause = await carryOut() == .done ? Self.rest : Self.patience
        } while state.withLock { state in
            state.isRunning = !state.wishes.isEmpty
            return state.isRunning
        }
    }

    private enum Outcome { case done, unreachable }

    private func carryOut() async -> Outcome {
        var outcome = Outcome.done
        for (key, wish) in state.withLock({ $0.take() })
        where await carryOut(wish, key) == .unreachable {
            outcome = .unreachable
            state.withLock { if $0.wishes[key] == nil { $0.wishes[key] = wish } }
        }
        return outcome
    }

    private func carryOut(_ wish: Wish, _ key: String) async -> Outcome {
        do throws(ClientFailure) {
            switch wish {
            case .forget: try await client.discard(draft: key)
            case .keep(let draft):
                let copy = try await client.keep(
                    draft: API.DraftRequest(draft), key, ifVersion: keeper.deskVersion(of: key))
                keeper.note(draft, onDesk: copy.version)
            }
            return .done
        } catch {
            return await settle(error, wish, key)
        }
    }

    private func settle(_ failure: ClientFailure, _ wish: Wish, _ key: String) async -> Outcome {
        guard let status = failure.status else { return .unreachable }
        switch (wish, status) {
        // Sent, so over already; or never there.
        case (.forget, _): break
        case (.keep, 412):
            give(key)
            await tell(
                .failed("another seat of yours wrote on this draft; what you write is kept here"))
        case (.keep, 410): give(key)
        case (.keep, 429), (.keep, 502...504): return .unreachable
        case (.keep, _):
            give(key)
            await tell(.failed("drafts are kept on this machine only: \(failure.reason)"))
        }
        return .done
    }

    private func give(_ key: String) { state.withLock { _ = $0.given.insert(key) } }

    /// What the desk can be told in a moment; the rest is on this machine.
    func end() async {
        let last = Task { await self.carryOut() }
        let limit = Task {
            try await Task.sleep(for: Self.farewell)
            last.cancel()
        }
        _ = await last.value
        limit.cancel()
    }
}

extension ClientFailure {
    /// Of the daemon's answer; nil where none came.
    fileprivate var status: Int? {
        if case .problem(let problem, _) = self { problem.status } else { nil }
    }
}

extension Draft {
    init(_ draft: API.Draft) {
        self.init(
            kind: draft.kind == "note" ? .note : .reply, ticket: draft.ticket, key: draft.key,
            text: draft.text, inbox: draft.inbox, cc: draft.cc,
            attachments: draft.attachments, macro: draft.macro,
            updatedAt: draft.updatedAt.instant)
    }
}

extension API.DraftRequest {
    init(_ draft: Draft) {
        self.init(
            ticket: draft.ticket, kind: draft.kind == .note ? "note" : "reply", text: draft.text,
            inbox: draft.inbox, cc: draft.cc, attachments: draft.attachments, macro: draft.macro)
    }
}
