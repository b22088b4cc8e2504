internal import HelpdeskCore
internal import HelpdeskStore

extension Administration {
    /// Tickets that are named one by one: in the text, and in the document.
    private static let toldMoves = 30
    private static let mostMoves = 1_000

    private struct Figures: Encodable {
        let tickets: Int
        let unassigned: Int
        let sameAgent: Double
        let waitP50Seconds: Int64
        let waitP95Seconds: Int64
        /// Of the capacity, from 0 to 1.
        let loadSpread: Double

        init(_ summary: DryRunSummary) {
            tickets = summary.tickets
            unassigned = summary.unassigned
            sameAgent = Double(summary.sameAgent) / 1_000
            waitP50Seconds = summary.waitMedian.milliseconds / 1_000
            waitP95Seconds = summary.wait95.milliseconds / 1_000
            loadSpread = Double(summary.spread) / 1_000
        }

        enum CodingKeys: String, CodingKey {
            case tickets, unassigned
            case sameAgent = "same_agent"
            case waitP50Seconds = "wait_p50_seconds"
            case waitP95Seconds = "wait_p95_seconds"
            case loadSpread = "load_spread"
        }
    }

    private struct AgentFigures: Encodable {
        let agent: String
        let capacity: Int
        let happened: Share
        let replayed: Share

        struct Share: Encodable {
            let tickets: Int
            let unitHours: Double
            enum CodingKeys: String, CodingKey {
                case tickets
                case unitHours = "unit_hours"
            }
        }
    }

    private struct MoveLine: Encodable {
        let ticket: Int64
        let from: String?
        let to: String?
        let assignedAt: Int64?
        let why: [String]

        enum CodingKeys: String, CodingKey {
            case ticket, from, to, why
            case assignedAt = "assigned_at"
        }

        /// Nothing is null, so that programs find every key.
        func encode(to encoder: any Encoder) throws {
            var fields = encoder.container(keyedBy: CodingKeys.self)
            try fields.encode(ticket, forKey: .ticket)
            try fields.encode(from, forKey: .from)
            try fields.encode(to, forKey: .to)
            try fields.encode(assignedAt, forKey: .assignedAt)
            try fields.encode(why, forKey: .why)
        }
    }

    private struct Document: Encodable {
        let days: Int
        /// Only the oldest tickets of these days were looked at.
        let cut: Bool
        let happened: Figures
        let replayed: Figures
        let agents: [AgentFigures]
        let moved: Int
        /// The first of them.
        let moves: [MoveLine]
    }

    func dryRun(_ days: Int, _ policy: DeskPolicy) async throws(DeskFailure) -> AdministrationReply
    {
        guard (1...RoutingTrial.mostDays).contains(days) else {
            throw .invalid(field: "days", expected: "1 to \(RoutingTrial.mostDays)")
        }
        let result = try await RoutingTrial(desk: desk, policy: policy).run(days: days)
        let agents = Self.agents(result)
        let document = Document(
            days: days, cut: result.isCut, happened: Figures(result.comparison.before),
            replayed: Figures(result.comparison.after), agents: agents,
            moved: result.comparison.moves.count, moves: Self.moves(result))
        return AdministrationReply(.done, Self.text(document), document: Self.json(document))
    }

    private static func agents(_ result: RoutingTrial.Result) -> [AgentFigures] {
        func given(_ run: DryRun) -> [AgentID: Int] {
            run.placements.reduce(into: [:]) { given, one in
                if let agent = one.agent { given[agent, default: 0] += 1 }
            }
        }
        let before = (result.comparison.before, given(result.happened))
        let after = (result.comparison.after, given(result.replayed))
        func share(_ agent: AgentID, _ side: (DryRunSummary, [AgentID: Int])) -> AgentFigures.Share
        {
            AgentFigures.Share(
                tickets: side.1[agent] ?? 0,
                unitHours: Double(side.0.unitHours[agent] ?? 0) / 1_000)
        }
        let capacities = result.replayed.capacities
        return Set(capacities.keys).union(before.1.keys).sorted().map { agent in
            AgentFigures(
                agent: agent.rawValue, capacity: capacities[agent] ?? 0,
                happened: share(agent, before), replayed: share(agent, after))
        }
    }

    private static func moves(_ result: RoutingTrial.Result) -> [MoveLine] {
        let placements = Dictionary(
            result.replayed.placements.map { ($0.ticket, $0) }, uniquingKeysWith: { $1 })
        return result.comparison.moves.prefix(mostMoves).map { move in
            let placement = placements[move.ticket]
            return MoveLine(
                ticket: move.ticket.rawValue, from: move.from?.rawValue, to: move.to?.rawValue,
                assignedAt: placement?.assignedAt?.milliseconds,
                why: placement?.decision?.explanation(time: moment) ?? [])
        }
    }

    private static func moment(_ at: Instant) -> String {
        let local = ZoneRules.utc.local(at)
        return "\(local.dayText(in: .english)) \(local.clockText(in: .english)) UTC"
    }

    private static func text(_ document: Document) -> String {
        func percent(_ share: Double) -> String { "\(Int((share * 1_000).rounded()) / 10) %" }
        func time(_ seconds: Int64) -> String {
            seconds < 60
                ? "\(seconds)s"
                : seconds < 3_600 ? "\(seconds / 60)m" : "\(seconds / 3_600)h \(seconds / 60 % 60)m"
        }
        func hours(_ hours: Double) -> String { "\((hours * 10).rounded() / 10)" }
        let (before, after) = (document.happened, document.replayed)
        var lines = [
            "\(after.tickets) tickets of the last \(document.days) days"
                + (document.cut ? ", the oldest of them" : "") + "\thappened\treplayed",
            "with nobody\t\(before.unassigned)\t\(after.unassigned)",
            "same agent again\t\(percent(before.sameAgent))\t\(percent(after.sameAgent))",
            "wait, middle\t\(time(before.waitP50Seconds))\t\(time(after.waitP50Seconds))",
            "wait, 95 %\t\(time(before.waitP95Seconds))\t\(time(after.waitP95Seconds))",
            "spread of load\t\(percent(before.loadSpread))\t\(percent(after.loadSpread))", "",
            "agent\ttickets happened\treplayed\tunit hours happened\treplayed",
        ]
        lines += document.agents.map { agent in
            [
                agent.agent, "\(agent.happened.tickets)", "\(agent.replayed.tickets)",
                hours(agent.happened.unitHours), hours(agent.replayed.unitHours),
            ].joined(separator: "\t")
        }
        lines.append("")
        lines.append("\(document.moved) would have gone to somebody else")
        for move in document.moves.prefix(toldMoves) {
            let why = move.why.first.map { ": \($0)" } ?? ""
            lines.append(
                "#\(move.ticket)\t\(move.from ?? "nobody") -> \(move.to ?? "nobody")\(why)")
        }
        return lines.joined(separator: "\n")
    }
}
