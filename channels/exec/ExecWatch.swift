internal import ChannelKit

/// Time and counts of one life of a child.
struct ExecWatch {
    private let timing: ExecTiming
    private let began = ContinuousClock.now
    private var nextLook = ContinuousClock.now
    private var pingNumber: Int64 = 0
    private var pingedAt: ContinuousClock.Instant?
    private var nextPing = ContinuousClock.now
    private var stopsAt: ContinuousClock.Instant?
    private var wasSteady = false
    var junk = 0
    var sequence: Int64 = -1
    /// It said so, or said nothing of its health.
    var isWell = true
    var pace = ExecPace()
    /// Of its health, said too soon after the word before.
    var unsaid: ChannelHealth?
    private var nextWord = ContinuousClock.now

    init(_ timing: ExecTiming) { self.timing = timing }

    /// True the first time.
    mutating func stop() -> Bool {
        guard stopsAt == nil else { return false }
        stopsAt = .now + timing.grace
        return true
    }

    var isStopping: Bool { stopsAt != nil }
    var isOverGrace: Bool { stopsAt.map { $0 <= .now } ?? false }
    var isSteady: Bool { .now - began >= timing.steady }

    /// Its health is told at most once a second; true takes the turn.
    mutating func maySpeak() -> Bool {
        guard ContinuousClock.now >= nextWord else { return false }
        nextWord = .now + .seconds(1)
        return true
    }

    /// At most five times a second.
    mutating func isDue() -> Bool {
        guard ContinuousClock.now >= nextLook else { return false }
        nextLook = .now + .milliseconds(200)
        return true
    }

    /// Number of a ping that is to be said now.
    mutating func ping() -> Int64? {
        guard pingedAt == nil, ContinuousClock.now >= nextPing else { return nil }
        pingNumber += 1
        pingedAt = .now
        return pingNumber
    }

    mutating func heard(pong number: Int64) {
        guard number == pingNumber else { return }
        pingedAt = nil
        nextPing = .now + timing.pingEvery
    }

    /// A child that we stop is not asked any more.
    var isDeaf: Bool {
        guard let pingedAt, stopsAt == nil else { return false }
        return .now - pingedAt >= timing.pong
    }

    /// True once, when it has run long enough, answered a ping and has not said that it is unwell.
    mutating func becameSteady() -> Bool {
        guard !wasSteady, isSteady, isWell, pingNumber > 0, pingedAt == nil else { return false }
        wasSteady = true
        return true
    }
}
