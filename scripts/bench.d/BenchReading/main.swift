// Reads the mails of a benchmark with GMime alone and with our reader, in turns, on one thread, and prints the CPU
// seconds of each round as JSON. usage: bench-reading FILE ROUNDS (FILE: see scripts/bench.d/mails.py)
import EmailChannel
import ReadingFloor

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

func complain(_ text: String) -> Never {
    let line = Array("bench-reading: \(text)\n".utf8)
    _ = write(2, line, line.count)
    exit(1)
}

func contents(of path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { complain("\(path) cannot be read") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
        let count = fread(&chunk, 1, chunk.count, file)
        if count == 0 { return bytes }
        bytes += chunk[..<count]
    }
}

/// Mails are second to their senders, each behind its length in 4 bytes, little-endian.
func mails(in bytes: [UInt8]) -> [[UInt8]] {
    var found: [[UInt8]] = []
    var position = 0
    func field() -> Range<Int>? {
        guard position + 4 <= bytes.count else { return nil }
        let length = (0..<4).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
        let start = position + 4
        guard start + length <= bytes.count else { return nil }
        position = start + length
        return start..<position
    }
    while field() != nil, let mail = field() { found.append(Array(bytes[mail])) }
    return found
}

func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

guard CommandLine.arguments.count == 3, let rounds = Int(CommandLine.arguments[2]) else {
    complain("usage: bench-reading FILE ROUNDS")
}
let all = mails(in: contents(of: CommandLine.arguments[1]))
reading_floor_start()
var lines: [String] = []
for _ in 0..<max(rounds, 1) {
    var start = cpuSeconds()
    for mail in all where reading_floor(mail, mail.count) == Int(bitPattern: UInt.max) {
        complain("GMime found no message in a mail")
    }
    let floor = cpuSeconds() - start
    start = cpuSeconds()
    for mail in all {
        guard case .success = MailReader.read(mail) else { complain("a mail was not read") }
    }
    lines.append("{\"gmime_seconds\":\(floor),\"reading_seconds\":\(cpuSeconds() - start)}")
}
print("{\"mails\":\(all.count),\"rounds\":[\(lines.joined(separator: ","))]}")
