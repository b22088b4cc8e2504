internal import CProcess
internal import Glibc
internal import Synchronization

/// The thread of one child: starts it, moves bytes until it ends, ends its group, reaps it. The child dies with this thread
/// (`PR_SET_PDEATHSIG`), and so with the daemon, however that ends.
struct ChildThread {
    /// How much of stderr is read within `errorSpan`; a child that complains faster waits.
    private static let errorBudget = 16 << 10
    private static let errorSpan = Duration.milliseconds(200)
    private static let errorLineLimit = 1_000
    /// How often the thread looks by itself, when nothing wakes it.
    private static let longestWait = 1_000

    private let owner: ChildProcess
    private var child = hamdel_child()
    private var framer = LineFramer(limit: ChildProcess.lineLimit)
    private var complaints = ComplaintLines(limit: errorLineLimit)
    /// The rest of the line that the pipe has not taken.
    private var sending: ArraySlice<UInt8> = []
    private var errorsRead = 0
    private var errorsSince = ContinuousClock.Instant.now
    private var buffer = [UInt8](repeating: 0, count: 32 << 10)

    static func start(_ owner: ChildProcess) -> Bool {
        let context = Unmanaged.passRetained(owner).toOpaque()
        var thread = pthread_t()
        guard pthread_create(&thread, nil, body, context) == 0 else {
            Unmanaged<ChildProcess>.fromOpaque(context).release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    private static let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
        { context in
            guard let context else { return nil }
            let owner = Unmanaged<ChildProcess>.fromOpaque(context).takeRetainedValue()
            // The daemon's signals belong to other threads, and a closed pipe is an answer, not a signal.
            var all = sigset_t()
            sigfillset(&all)
            pthread_sigmask(SIG_BLOCK, &all, nil)
            var thread = ChildThread(owner)
            thread.run()
            return nil
        }

    private init(_ owner: ChildProcess) { self.owner = owner }

    private mutating func run() {
        if let reason = spawn() { return conclude(.notStarted(reason)) }
        owner.state.withLock { $0.pid = child.pid }
        while turn() {}
        // The group first: its number is the child's, which is not given away while the child is not reaped.
        _ = Glibc.kill(-child.pid, SIGKILL)
        _ = Glibc.kill(child.pid, SIGKILL)
        var status: Int32 = 0
        while waitpid(child.pid, &status, 0) < 0, errno == EINTR {}
        drain()
        for handle in [child.input, child.output, child.errors, child.handle] where handle >= 0 {
            close(handle)
        }
        let signal = status & 0x7F
        conclude(signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal))
    }

    /// Nil when it runs.
    private mutating func spawn() -> String? {
        guard owner.wake.handle >= 0 else { return String(cString: strerror(errno)) }
        let words: [UnsafeMutablePointer<CChar>?] = owner.command.words.map { strdup($0) } + [nil]
        let environment: [UnsafeMutablePointer<CChar>?] =
            owner.command.environment.map { strdup($0) } + [nil]
        defer { for text in words + environment { free(text) } }
        guard !owner.command.words.isEmpty else { return "the command is empty" }
        let code = hamdel_spawn_speaking(words, environment, owner.command.folder, &child)
        guard code == 0 else {
            return "\(owner.command.words.first ?? ""): \(String(cString: strerror(code)))"
        }
        return nil
    }

    /// One round of poll(2); false when the child has ended.
    private mutating func turn() -> Bool {
        let wanted = answerWaiter()
        if ContinuousClock.now - errorsSince >= Self.errorSpan {
            (errorsRead, errorsSince) = (0, .now)
        }
        let isQuietened = errorsRead >= Self.errorBudget
        var handles = [
            pollfd(fd: child.handle, events: Int16(POLLIN), revents: 0),
            pollfd(fd: owner.wake.handle, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wanted.reads ? child.output : -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: isQuietened ? -1 : child.errors, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wanted.writes ? child.input : -1, events: Int16(POLLOUT), revents: 0),
        ]
        let patience = isQuietened ? min(wanted.patience, 50) : wanted.patience
        guard poll(&handles, 5, Int32(clamping: patience)) >= 0 || errno == EINTR else {
            return false
        }
        if handles[1].revents != 0 { owner.wake.clear() }
        signal()
        if handles[2].revents != 0 { readLines() }
        if handles[3].revents != 0 { readErrors() }
        if handles[4].revents != 0 { writeLines() }
        return handles[0].revents == 0
    }

    /// Hands an event to whoever waits, and says what poll is to look for.
    private mutating func answerWaiter() -> (reads: Bool, writes: Bool, patience: Int) {
        let isSending = !sending.isEmpty
        let (answer, reads, writes, deadline, closes) = owner.state.withLock { state in
            let answer = state.settleWaiter()
            let closes = state.isInputClosed && state.outbound.isEmpty && !isSending
            return (
                answer, !state.isFull, isSending || !state.outbound.isEmpty, state.deadline, closes
            )
        }
        if let answer { answer.0.resume(returning: answer.1) }
        if closes, child.input >= 0 {
            close(child.input)
            child.input = -1
        }
        let left = deadline.map { $0 - .now }
        let milliseconds = left.map {
            Int($0.components.seconds) * 1_000
                + Int($0.components.attoseconds / 1_000_000_000_000_000) + 1
        }
        return (
            reads && child.output >= 0, writes && child.input >= 0,
            max(0, min(milliseconds ?? Self.longestWait, Self.longestWait))
        )
    }

    private func signal() {
        let wanted = owner.state.withLock { state in
            defer { state.signal = nil }
            return state.signal
        }
        switch wanted {
        case nil: return
        case .kill: _ = Glibc.kill(-child.pid, SIGKILL)
        case .stop: _ = Glibc.kill(-child.pid, SIGSTOP)
        case .resume: _ = Glibc.kill(-child.pid, SIGCONT)
        }
    }

    private mutating func readLines() {
        let count = read(child.output, &buffer, buffer.count)
        guard count > 0 else {
            if count == 0 || (errno != EAGAIN && errno != EINTR) { closeOutput() }
            return
        }
        keep(framer.take(buffer[..<count]))
    }

    private mutating func keep(_ pieces: [LineFramer.Piece]) {
        guard !pieces.isEmpty else { return }
        owner.state.withLock { state in
            for piece in pieces {
                switch piece {
                case .line(let line):
                    state.events.append(.line(line))
                    state.eventBytes += line.count
                case .overlong: state.events.append(.overlong)
                }
            }
        }
        if pieces.last == .overlong { closeOutput() }
    }

    private mutating func closeOutput() {
        close(child.output)
        child.output = -1
    }

    private mutating func readErrors() {
        let count = read(child.errors, &buffer, buffer.count)
        guard count > 0 else {
            if count == 0 || (errno != EAGAIN && errno != EINTR) {
                close(child.errors)
                child.errors = -1
            }
            return
        }
        errorsRead += count
        for line in complaints.take(buffer[..<count]) { owner.complain(line) }
    }

    private mutating func writeLines() {
        if sending.isEmpty {
            guard
                let line = owner.state.withLock({
                    $0.outbound.isEmpty ? nil : $0.outbound.removeFirst()
                })
            else { return }
            sending = line[...]
        }
        let count = sending.withUnsafeBytes { write(child.input, $0.baseAddress, $0.count) }
        guard count > 0 else {
            guard count < 0, errno != EAGAIN, errno != EINTR else { return }
            close(child.input)
            child.input = -1
            owner.state.withLock { $0.isInputClosed = true }
            return
        }
        sending = sending.dropFirst(count)
        let isWhole = sending.isEmpty
        owner.state.withLock { state in
            state.outboundBytes -= count
            if isWhole { state.taken += 1 }
        }
    }

    /// What it said before it ended, as far as there is room. Others may hold the pipe open: its end is not waited for.
    private mutating func drain() {
        for _ in 0..<64 where child.output >= 0 {
            let count = read(child.output, &buffer, buffer.count)
            guard count > 0, !owner.state.withLock({ $0.isFull }) else { break }
            keep(framer.take(buffer[..<count]))
        }
        for _ in 0..<8 where child.errors >= 0 {
            let count = read(child.errors, &buffer, buffer.count)
            guard count > 0 else { break }
            for line in complaints.take(buffer[..<count]) { owner.complain(line) }
        }
        // Its last words may have been read long before.
        for line in complaints.finish() { owner.complain(line) }
    }

    private func conclude(_ ending: ChildProcess.Ending) {
        let answer = owner.state.withLock { state in
            state.hasEnded = true
            state.events.append(.ended(ending))
            state.outbound = []
            return state.settleWaiter()
        }
        if let answer { answer.0.resume(returning: answer.1) }
    }
}
