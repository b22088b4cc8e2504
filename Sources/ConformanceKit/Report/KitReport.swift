/// How good an adapter is, as far as the kit can tell.
package enum KitLevel: Int, Comparable, Sendable, CaseIterable {
    case none, bronze, silver, gold

    package static func < (left: KitLevel, right: KitLevel) -> Bool {
        left.rawValue < right.rawValue
    }

    package var word: String {
        switch self {
        case .none: "none"
        case .bronze: "bronze"
        case .silver: "silver"
        case .gold: "gold"
        }
    }
}

package enum KitOutcome: Sendable, Equatable {
    case passed
    /// The adapter does not claim to do what would be checked.
    case skipped(String)
    case failed(String)
}

package struct KitResult: Sendable, Equatable {
    package let name: String
    package let level: KitLevel
    package let outcome: KitOutcome

    package init(name: String, level: KitLevel, outcome: KitOutcome) {
        self.name = name
        self.level = level
        self.outcome = outcome
    }
}

/// What a run of the kit found, as TAP (testanything.org, version 13), with the level in its last line.
package struct KitReport: Sendable {
    package private(set) var results: [KitResult] = []

    package init() {}

    /// The lines to print for a result, at once: a run takes minutes.
    package mutating func add(_ result: KitResult) -> String {
        results.append(result)
        let number = results.count
        switch result.outcome {
        case .passed: return "ok \(number) - \(result.name)"
        case .skipped(let reason):
            return "ok \(number) - \(result.name) # SKIP \(Self.line(reason))"
        case .failed(let reason):
            let lines = reason.split(separator: "\n", omittingEmptySubsequences: false)
                .map { "    \($0)" }.joined(separator: "\n")
            return
                "not ok \(number) - \(result.name)\n  ---\n  level: \(result.level.word)\n  reason: |\n\(lines)\n  ..."
        }
    }

    /// The highest level of which, and of those below it, nothing failed. Nothing checked is nothing reached.
    package var level: KitLevel {
        guard results.contains(where: { $0.outcome == .passed }) else { return .none }
        var reached = KitLevel.none
        for level in [KitLevel.bronze, .silver, .gold] {
            let hasFailed = results.contains { result in
                if case .failed = result.outcome { return result.level == level }
                return false
            }
            if hasFailed { break }
            reached = level
        }
        return reached
    }

    package var conclusion: String {
        let failed = results.filter { if case .failed = $0.outcome { true } else { false } }.count
        return
            "1..\(results.count)\n# \(results.count - failed) passed, \(failed) failed\nlevel: \(level.word)"
    }

    private static func line(_ text: String) -> String {
        text.split(separator: "\n").joined(separator: " ")
    }
}

/// Why a check did not pass.
package struct KitFailure: Error, Sendable, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}
