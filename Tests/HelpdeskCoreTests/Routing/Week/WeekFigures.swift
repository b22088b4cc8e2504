import HelpdeskCore

/// What a week was like for customers and agents.
struct WeekFigures {
    var spreads: [Double] = []
    private var waits: [Int64] = []
    private var returning = 0
    private var returned = 0
    private var kept = 0
    var unanswered = 0

    mutating func answered(
        _ arrival: Week.Arrival, by agent: AgentID, at now: Instant, servedLast: AgentID?
    ) {
        let wait = Week.hours.elapsed(from: arrival.at, to: now)
        waits.append(wait.milliseconds)
        if wait <= arrival.promise { kept += 1 }
        guard let servedLast else { return }
        returning += 1
        if servedLast == agent { returned += 1 }
    }

    /// Takes in another week.
    mutating func add(_ other: WeekFigures) {
        spreads += other.spreads
        waits += other.waits
        returning += other.returning
        returned += other.returned
        kept += other.kept
        unanswered += other.unanswered
    }

    var answered: Int { waits.count }
    /// Share of the tickets whose customer somebody had served before.
    var returningShare: Double { Double(returning) / Double(max(waits.count, 1)) }
    var sameAgent: Double { Double(returned) / Double(max(returning, 1)) }
    var slaKept: Double { Double(kept) / Double(max(waits.count + unanswered, 1)) }
    var spread: Double { spreads.reduce(0, +) / Double(max(spreads.count, 1)) }

    /// Working minutes that so many percent of the tickets did not wait longer than.
    func wait(_ percent: Int) -> Double {
        let sorted = waits.sorted()
        guard !sorted.isEmpty else { return 0 }
        return Double(sorted[max((sorted.count * percent + 99) / 100 - 1, 0)]) / 60_000
    }
}
