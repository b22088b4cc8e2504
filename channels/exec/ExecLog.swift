internal import ChannelKit
internal import Synchronization

/// What an adapter says on stderr, on its way to the daemon's log: secrets masked, and no more than a person could read.
final class ExecLog: Sendable {
    /// Lines at once, and lines a second after that.
    static let burst = 50
    static let perSecond = 5

    private struct State {
        var name = "adapter"
        var allowance = burst
        var since = ContinuousClock.Instant.now
        var leftOut = 0
        var lastWords: String?
    }

    private let host: any ChannelHost
    private let mask: SecretMask
    private let state = Mutex(State())

    init(host: any ChannelHost, mask: SecretMask) {
        self.host = host
        self.mask = mask
    }

    var name: String {
        get { state.withLock { $0.name } }
        set { state.withLock { $0.name = newValue } }
    }

    /// The last thing it said on stderr.
    var lastWords: String? { state.withLock { $0.lastWords } }

    func masked(_ bytes: ArraySlice<UInt8>) -> String { mask.masked(Array(bytes)) }

    /// One line of stderr. `E! `, `W! `, `I! `, `D! ` at its beginning say how serious it is.
    func complain(_ line: [UInt8]) {
        let marks: [(String, ChannelRemark.Severity)] = [
            ("E! ", .error), ("W! ", .warning), ("I! ", .info), ("D! ", .debug),
        ]
        let mark = marks.first { line.starts(with: $0.0.utf8) }
        let text = mask.masked(mark == nil ? line : Array(line.dropFirst(3)))
        state.withLock { $0.lastWords = String(text.unicodeScalars.prefix(300)) }
        remark(text, mark?.1 ?? .info)
    }

    func remark(_ text: String, _ severity: ChannelRemark.Severity) {
        let name = state.withLock { state -> String? in
            refill(&state)
            guard state.allowance > 0 else {
                state.leftOut += 1
                return nil
            }
            state.allowance -= 1
            return state.name
        }
        if let name { host.remark(ChannelRemark(severity: severity, text: "\(name): \(text)")) }
    }

    /// Says how much was left out, once there is room again.
    func flush() {
        let (count, name) = state.withLock { state in
            refill(&state)
            guard state.allowance > 0, state.leftOut > 0 else { return (0, "") }
            defer { state.leftOut = 0 }
            return (state.leftOut, state.name)
        }
        guard count > 0 else { return }
        host.remark(
            ChannelRemark(severity: .warning, text: "\(name): \(count) further lines left out"))
    }

    private func refill(_ state: inout State) {
        let seconds = Int((ContinuousClock.now - state.since).components.seconds)
        guard seconds > 0 else { return }
        state.since = .now
        state.allowance = min(Self.burst, state.allowance + min(seconds, 60) * Self.perSecond)
    }
}
