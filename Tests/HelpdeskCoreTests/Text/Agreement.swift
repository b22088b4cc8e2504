import Testing

/// How far we agree with one set of peers' cases: counts, and in the end prints one line and every difference.
struct Agreement {
    private let set: String
    private var agreed = 0
    private var differences: [String] = []
    private var better: [String] = []
    private var optional: [String] = []
    private var notOurs: [String: Int] = [:]

    init(_ set: String) { self.set = set }

    /// - Parameter reason: why ours is the better answer, where it differs; nil: then it is at fault.
    mutating func compare<Value: Equatable>(
        _ one: Corpus.Case, ours: Value, theirs: Value, betterBecause reason: String? = nil
    ) {
        if ours == theirs {
            agreed += 1
        } else if one.isOptional {
            optional.append("\(one.id): \(ours) and not \(theirs)")
        } else if let reason {
            better.append("\(one.id): \(ours) and not \(theirs), \(reason)")
        } else {
            differences.append("\(one.id): \(ours) and not \(theirs)")
        }
    }

    /// A case that asks for what this daemon does not do.
    mutating func leaveOut(_ what: String) { notOurs[what, default: 0] += 1 }

    /// - Parameters:
    ///   - percent: the least share that must agree.
    ///   - least: how many cases must have been compared, so that an empty run is no success.
    func report(atLeast percent: Int, of least: Int) {
        let compared = agreed + differences.count + better.count
        print("AGREEMENT \(set): \(agreed) of \(compared)")
        for one in differences { print("  differs: \(one)") }
        for one in better { print("  better: \(one)") }
        for one in optional { print("  differs, as it may: \(one)") }
        for (what, count) in notOurs.sorted(by: { $0.key < $1.key }) {
            print("  not ours: \(count) of \(what)")
        }
        #expect(compared >= least, "\(set)")
        #expect(agreed * 100 >= compared * percent, "\(set): \(differences)")
        #expect(better.count * 10 <= compared, "\(set): \(better)")
    }
}
