internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore
internal import HelpdeskTUI

/// What the daemon was told last of what the agent has in front of them.
struct Attendance {
    /// A word holds for 20 s.
    static let pause = Duration.seconds(8)

    var wanted: Attending?
    fileprivate var said: TicketNumber?
    fileprivate var round: Task<Void, Never>?
}

extension ScreenLoop {
    /// Says it at once when it changes, and again while it holds. A word that does not arrive is no matter: nothing depends on
    /// it, and the next one comes.
    func attend() {
        let attending = model.attending
        guard attending != attendance.wanted else { return }
        attendance.wanted = attending
        let before = attendance.round
        before?.cancel()
        attendance.round = Task { [weak self] in
            await before?.value
            while !Task.isCancelled, await self?.sayAttending() == .holds {
                try? await Task.sleep(for: Attendance.pause)
            }
        }
    }

    private enum Word { case holds, ended }

    private func sayAttending() async -> Word {
        let wanted = attendance.wanted
        if let said = attendance.said, said != wanted?.ticket {
            attendance.said = nil
            _ = try? await tools.client.attend(to: said, nil)
        }
        guard !isOver, let wanted else { return .ended }
        attendance.said = wanted.ticket
        _ = try? await tools.client.attend(to: wanted.ticket, wanted.work.state)
        return .holds
    }
}

extension Attending.Work {
    fileprivate var state: API.Attention.State {
        switch self {
        case .reading: .viewing
        case .writing: .writing
        }
    }
}
