/// One thing that is compared with one set of peers' cases, and how far we must agree. A suite declares its measures,
/// runs each, and expects no complaints:
///
///     @Suite struct ReplyCorpusTests {
///         @Test(.enabled(if: CorpusSet.root != nil, "no corpora"), arguments: ReplyMeasures.all)
///         func agrees(_ measure: Measure) { #expect(measure.run() == []) }
///     }
///
/// The name of the suite must hold “CorpusTests”: `scripts/test --corpora` runs those.
public struct Measure: Sendable, CustomStringConvertible {
    /// Name of the set, as in `email-zammad`.
    public let set: String
    /// What is compared, where a set has several measures: `visible text`.
    public let aspect: String
    /// Per cent of the cases that must agree.
    public let bar: Int
    /// Cases where our answer is the better one: id of the case → the reason, in a sentence. At most 10 % of the cases;
    /// they leave the count. An entry whose case agrees after all is a complaint.
    public let better: [String: String]
    let compare: @Sendable (CorpusSet.Case) -> Outcome

    public init(
        _ set: String, _ aspect: String = "", bar: Int, better: [String: String] = [:],
        compare: @escaping @Sendable (CorpusSet.Case) -> Outcome
    ) {
        self.set = set
        self.aspect = aspect
        self.bar = bar
        self.better = better
        self.compare = compare
    }

    public var description: String { aspect.isEmpty ? set : "\(set) (\(aspect))" }

    /// Compares every case and prints the line of the set, then each difference, each better answer, and what was not
    /// compared and why. Comes back with what is wrong: nothing, when the bar is reached.
    public func run() -> [String] {
        guard let corpus = CorpusSet.named(set) else { return ["\(set) is not there"] }
        var tally = Tally()
        for testCase in corpus.cases() { tally.take(testCase, compare(testCase), better: better) }
        print(tally.report(self).joined(separator: "\n"))
        return tally.complaints(self)
    }
}

/// The counts of one measure.
struct Tally {
    private var agreed = 0
    private var differing: [String] = []
    private var optional: [String] = []
    private var better: [String] = []
    private var stale: [String] = []
    private var seen: Set<String> = []
    private var leftOut: [String: Int] = [:]

    mutating func take(
        _ testCase: CorpusSet.Case, _ outcome: Outcome, better reasons: [String: String]
    ) {
        seen.insert(testCase.id)
        switch outcome {
        case .leftOut(let reason): leftOut["\(testCase.kind): \(reason)", default: 0] += 1
        case .agreed:
            agreed += 1
            if reasons[testCase.id] != nil { stale.append(testCase.id) }
        case .differs(let differences):
            let told = differences.found.prefix(3).joined(separator: " | ")
            if let reason = reasons[testCase.id] {
                better.append("\(testCase.id): \(reason) [\(told)]")
            } else if testCase.isOptional {
                optional.append("\(testCase.id): \(told)")
            } else {
                differing.append("\(testCase.kind) \(testCase.id): \(told)")
            }
        }
    }

    private var total: Int { agreed + differing.count }
    private var perCent: Double { total == 0 ? 0 : Double(agreed) * 100 / Double(total) }

    private static func text(_ perCent: Double) -> String {
        let tenths = Int((perCent * 10).rounded(.down))
        return "\(tenths / 10).\(tenths % 10) %"
    }

    func report(_ measure: Measure) -> [String] {
        let line =
            "corpus \(measure) \(agreed)/\(total) \(Self.text(perCent)) "
            + "(left out: \(better.count + optional.count)) bar \(measure.bar) %"
        return [line] + differing.map { "  differs \($0)" } + better.map { "  better \($0)" }
            + optional.map { "  optional \($0)" }
            + leftOut.sorted { $0.key < $1.key }.map { "  not compared \($0.value) × \($0.key)" }
    }

    func complaints(_ measure: Measure) -> [String] {
        var found: [String] = []
        if total == 0 { found.append("\(measure): no case was compared") }
        if perCent < Double(measure.bar) {
            found.append("\(measure): \(agreed) of \(total) agree, the bar is \(measure.bar) %")
        }
        if better.count * 10 > total + better.count {
            found.append("\(measure): \(better.count) better answers are more than 10 % of it")
        }
        found += stale.map { "\(measure): \($0) agrees now: strike it from the better answers" }
        found += measure.better.keys.filter { !seen.contains($0) }.sorted()
            .map { "\(measure): there is no case \($0)" }
        return found
    }
}
