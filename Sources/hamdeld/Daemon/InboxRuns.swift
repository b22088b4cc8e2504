internal import ChannelKit
internal import HelpdeskCore
internal import HelpdeskEngine
internal import Logging
internal import ServiceLifecycle

/// Runs every inbox that fetches its messages itself, each in a task of its own. After a reload those that changed are taken down
/// and started anew, each when its own predecessor has ended; the others notice nothing.
struct InboxRuns: Service {
    let desk: Desk
    let inboxes: InboxHosts
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var running: [InboxID: (generation: Int, task: Task<Void, Never>)] = [:]
            // The first ring is there already.
            for await _ in inboxes.changesForRuns.rings {
                var wanted: [InboxID: InboxHosts.Run] = [:]
                for run in inboxes.runs { wanted[run.inbox] = run }
                for (inbox, current) in running
                where wanted[inbox]?.generation != current.generation {
                    current.task.cancel()
                }
                for (inbox, run) in wanted where running[inbox]?.generation != run.generation {
                    let predecessor = running[inbox]?.task
                    let task = Task {
                        await predecessor?.value
                        await runner(of: run).run()
                    }
                    running[inbox] = (run.generation, task)
                }
                // One that was taken away stays known until it has ended: it may come back before.
            }
            for current in running.values { current.task.cancel() }
            for current in running.values { await current.task.value }
        }
    }

    private func runner(of run: InboxHosts.Run) -> InboxRunner {
        InboxRunner(
            desk, inbox: run.inbox, adapter: run.adapter, host: run.host,
            pause: { await Pulse.wait($0) }, report: { tell($0, of: run.inbox) })
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
