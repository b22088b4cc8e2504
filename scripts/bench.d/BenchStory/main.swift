// Writes the story of a desk into its store: each line is appended to the stream at its own moment and projected within
// the same transaction, as the daemon does it. For tests and benchmarks over a whole year, which no daemon would live
// through in minutes (scripts/lib/year.py tells one). The daemon of that store must not run.
// usage: bench-story DATABASE < STORY
import HelpdeskCore
import HelpdeskStore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Lines in one transaction: as many as a few megabytes of WAL hold.
let atOnce = 5_000

func end(_ status: Int32, _ text: String) -> Never {
    let line = Array("bench-story: \(text)\n".utf8)
    _ = line.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
    exit(status)
}

func random(_ count: Int) -> [UInt8] {
    var source = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &source) }
}

/// Commits some lines; returns who has come into the story by then.
func tell(_ lines: [StoryLine], _ cast: StoryCast, in store: Store) throws -> StoryCast {
    let salt = random(16)
    let first = lines.first?.at ?? .distantPast
    return try store.writer.submitNow(at: first, failing: StoryTrouble.self) { transaction in
        var teller = StoryTeller(transaction: transaction, cast: cast, salt: salt)
        for line in lines { try teller.tell(line) }
        return teller.cast
    }
}

guard CommandLine.arguments.count == 2, let path = CommandLine.arguments.last else {
    end(64, "usage: bench-story DATABASE < STORY")
}
do {
    let now = Instant(milliseconds: Int64(time(nil)) * 1000)
    let store = try Store(path: path, now: now, seed: StoreSeed(signingKey: random(32)))
    var cast = StoryCast()
    var waiting: [StoryLine] = []
    var number = 0
    while let text = readLine() {
        number += 1
        waiting.append(try StoryLine(text, number: number))
        guard waiting.count == atOnce else { continue }
        cast = try tell(waiting, cast, in: store)
        waiting = []
    }
    cast = try tell(waiting, cast, in: store)
    await store.close()
    print("\(number) lines, \(cast.tickets) tickets, \(cast.messages) messages")
} catch let failure as CommandFailure<StoryTrouble> {
    if case .rejected(let trouble) = failure { end(65, trouble.text) }
    end(1, "\(failure)")
} catch let trouble as StoryTrouble {
    end(65, trouble.text)
} catch {
    end(1, "\(error)")
}
