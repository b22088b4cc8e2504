internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskEngine
internal import Logging
internal import ServiceLifecycle

/// Runs every inbox that fetches its messages itself, each in a task of its own; a changed configuration starts them anew.
struct InboxRuns: Service {
    let desk: Desk
    let inboxes: InboxHosts
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var runs: Task<Void, Never>?
            // The first ring is there already.
            for await _ in inboxes.changesForRuns.rings {
                runs?.cancel()
                await runs?.value
                runs = Task { await runAll() }
            }
            runs?.cancel()
            await runs?.value
        }
    }

    private func runAll() async {
        await withTaskGroup(of: Void.self) { group in
            for run in inboxes.runs {
                let runner = InboxRunner(
                    desk, inbox: run.inbox, adapter: run.adapter, host: run.host,
                    pause: { await Pulse.wait($0) }, report: { tell($0, of: run.inbox) })
                group.addTask { await runner.run() }
            }
        }
    }

    private func tell(_ report: InboxRunner.Report, of inbox: InboxID) {
        let name = inbox.rawValue
        switch report {
        case .interrupted(let health, let delay):
            logger.info(
                "inbox \(name): \(health.detail ?? "interrupted"); trying again",
                metadata: ["in_s": "\(delay.components.seconds)"])
        case .alarm(let health):
            let todo =
                switch health.action {
                case .relogin: "check user and password or token"
                case .fixConfiguration: "mend the configuration"
                case .wait, nil: "it is tried again until it works"
                }
            logger.error(
                "inbox \(name) receives nothing: \(health.detail ?? "no reason is known"); \(todo)",
                metadata: [
                    "action": "\(health.action?.rawValue ?? "wait")", "inbox": "\(name)",
                    "message_id": "\(LogEvent.inboxDown.rawValue)",
                ])
        case .recovered(let failures):
            logger.notice(
                "inbox \(name) receives again",
                metadata: [
                    "failures": "\(failures)", "inbox": "\(name)",
                    "message_id": "\(LogEvent.inboxRecovered.rawValue)",
                ])
        }
    }
}
