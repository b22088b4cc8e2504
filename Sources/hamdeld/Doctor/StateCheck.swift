internal import ChannelKit
internal import FoundationEssentials
internal import HelpdeskCore
internal import HelpdeskEngine

/// The desk's own alarms: silent inboxes, a stuck or held outbox, mail in quarantine, and what it stopped doing by itself.
struct StateCheck: DoctorCheck {
    let name = "state"

    func findings(in room: DoctorRoom) async -> [DoctorFinding] {
        guard let state = await Self.state(room) else {
            return [
                DoctorFinding(
                    check: name, state: .problem, subject: "store",
                    text: "the desk's state cannot be read", advice: "run hamdeld verify")
            ]
        }
        var figures = ["position": Int(clamping: state.position), "epoch": state.epoch]
        figures["quarantine"] = state.quarantine
        for (name, count) in state.outbox { figures["outbox_\(name)"] = count }
        guard !state.alarms.isEmpty else {
            return [
                DoctorFinding(
                    check: name, state: .fine, subject: "desk",
                    text: "no alarms at position \(state.position), epoch \(state.epoch)",
                    figures: figures)
            ]
        }
        return state.alarms.map { alarm in
            DoctorFinding(
                check: alarm.kind, state: .problem, subject: alarm.subject, text: alarm.text,
                advice: alarm.advice, figures: figures)
        }
    }

    static func state(_ room: DoctorRoom) async -> DeskState? {
        guard let document = try? await room.access.perform(.showState).document else { return nil }
        return try? JSONDecoder().decode(DeskState.self, from: Data(document.utf8))
    }
}

/// The servers that each inbox needs: relays, mailboxes, followed files.
struct WayCheck: DoctorCheck {
    let name = "way"

    func findings(in room: DoctorRoom) async -> [DoctorFinding] {
        await withTaskGroup(of: DoctorFinding.self) { group in
            for (inbox, adapter) in room.channels.adapters {
                group.addTask {
                    let health = await adapter.check()
                    let state: DoctorFinding.State =
                        switch health.state {
                        case .ok: .fine
                        case .degraded: .warning
                        case .down: .problem
                        }
                    return DoctorFinding(
                        check: name, state: state, subject: inbox.rawValue,
                        text: health.detail ?? "what it needs answers",
                        advice: state == .fine ? nil : Self.advice(health))
                }
            }
            var findings: [DoctorFinding] = []
            for await finding in group { findings.append(finding) }
            return findings.sorted { $0.subject < $1.subject }
        }
    }

    private static func advice(_ health: ChannelHealth) -> String {
        MailboxCheck.advice(health.action)
            ?? "look at the relay of [smtp] or of the inbox, and that this machine may reach it"
    }
}
