internal import Synchronization

/// All that adapters said while the kit ran, for the checks that look at everything. Bounded: what is beyond `limit` bytes is counted
/// as heard and not kept.
package final class Transcript: Sendable {
    static let limit = 64 << 20

    private struct State {
        var said: [[UInt8]] = []
        var complaints: [[UInt8]] = []
        var bytes = 0
        /// Arguments and environments of what ran.
        var surroundings: [[UInt8]] = []
        var overlong = 0
    }

    private let state = Mutex(State())

    package init() {}

    func say(_ line: [UInt8]) {
        state.withLock { state in
            guard state.bytes + line.count <= Self.limit else { return }
            state.bytes += line.count
            state.said.append(line)
        }
    }

    func complain(_ line: [UInt8]) {
        state.withLock { state in
            guard state.bytes + line.count <= Self.limit else { return }
            state.bytes += line.count
            state.complaints.append(line)
        }
    }

    func surround(_ bytes: [UInt8]) { state.withLock { $0.surroundings.append(bytes) } }
    func sawOverlong() { state.withLock { $0.overlong += 1 } }

    var said: [[UInt8]] { state.withLock { $0.said } }
    var complaints: [[UInt8]] { state.withLock { $0.complaints } }
    var surroundings: [[UInt8]] { state.withLock { $0.surroundings } }
    var overlong: Int { state.withLock { $0.overlong } }

    /// The last few lines of stderr, for a person.
    var lastComplaints: String {
        let lines = complaints.suffix(5).map { String(decoding: $0, as: UTF8.self) }
        return lines.isEmpty ? "it said nothing on stderr" : lines.joined(separator: "\n")
    }
}
