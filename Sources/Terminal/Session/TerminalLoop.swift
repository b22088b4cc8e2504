internal import Glibc

/// The terminal's own thread: waits for bytes, signals and requests, and does all reading and
/// writing, so that a slow terminal blocks nobody. One loop turn handles at most `chunk` bytes.
struct TerminalLoop {
    /// Bytes read at a time.
    static let chunk = 1_024

    private enum Holder {
        case us
        /// Another program, such as an editor.
        case somebodyElse
    }

    let device: TerminalDevice
    let wake: Wake
    let queue: EventQueue
    let mailbox: Mailbox
    let options: TerminalSession.Options
    private(set) var capabilities = TerminalCapabilities()
    private var probe = CapabilityProbe()
    private var decoder = KeyDecoder()
    private var encoder: FrameEncoder
    private var pending: ArraySlice<UInt8> = []
    private var holder = Holder.us
    private(set) var size: Size
    private var lastByte = Instant.now()
    private var isOver = false
    private var closers: [CheckedContinuation<Void, Never>] = []

    init(
        device: TerminalDevice, wake: Wake, queue: EventQueue, mailbox: Mailbox,
        options: TerminalSession.Options
    ) {
        self.device = device
        self.wake = wake
        self.queue = queue
        self.mailbox = mailbox
        self.options = options
        encoder = FrameEncoder(colours: options.colours)
        size = device.size
    }

    /// For this terminal, as far as it has answered.
    var layout: FieldLayout {
        FieldLayout(
            bidi: options.bidi.mode(capabilities, environment: options.environment),
            widths: capabilities.widths)
    }

    /// What hands the terminal back.
    private var goodbye: [UInt8] { TerminalModes.farewell(capabilities) }
    private var extras: [UInt8] {
        TerminalModes.extras(capabilities, bidi: layout.bidi, mouse: options.mouse)
    }

    /// Takes the terminal over and asks what it can do; at most `CapabilityProbe.patience`.
    mutating func begin() {
        if options.signals == .handled { SignalGuard.install(writer: wake.writer) }
        SignalGuard.arm(device, farewell: goodbye)
        device.makeRaw()
        device.writeAll(TerminalModes.base + CapabilityProbe.question)
        let start = Instant.now()
        while !probe.isFinished {
            let left = CapabilityProbe.patience - start.milliseconds(to: .now())
            guard left > 0, waitForInput(milliseconds: left) else { break }
            guard case .bytes(let bytes) = device.read(atMost: TerminalLoop.chunk) else { break }
            for input in decoder.feed(bytes) {
                if case .report(let report) = input {
                    probe.accept(report)
                } else {
                    queue.offer(.input(input))
                }
            }
        }
        learn()
        device.writeAll(extras)
        lastByte = .now()
    }

    private mutating func learn() {
        capabilities = probe.capabilities
        encoder.synchronized = capabilities.synchronizedOutput
        SignalGuard.arm(device, farewell: goodbye)
    }

    /// Runs until the program closes the session or the terminal is gone.
    mutating func run() {
        while !isOver {
            obeyRequests()
            if isOver { break }
            encodeFrame()
            turn()
        }
        if holder == .us { leave() }
        if options.signals == .handled { SignalGuard.uninstall() }
        close(device.descriptor)
    }

    /// Lets everybody go who waits; to be called last of all, for they may open the next session.
    func end() {
        queue.finish()
        mailbox.shut()
        closers.forEach { $0.resume() }
    }

    private func waitForInput(milliseconds: Int) -> Bool {
        var waiting = pollfd(fd: device.descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, Int32(clamping: milliseconds)) > 0
    }

    private mutating func turn() {
        var wanted: Int32 = 0
        if holder == .us {
            if queue.hasRoom { wanted |= POLLIN }
            if !pending.isEmpty { wanted |= POLLOUT }
        }
        var waiting = [
            // A negative descriptor is passed over, hang-up included.
            pollfd(
                fd: holder == .us ? device.descriptor : -1, events: Int16(wanted), revents: 0),
            pollfd(fd: wake.reader, events: Int16(POLLIN), revents: 0),
        ]
        let ready = poll(&waiting, 2, patience)
        if ready < 0, errno != EINTR {
            isOver = true
            return
        }
        if Int32(waiting[1].revents) & POLLIN != 0 {
            for signal in wake.signals() { handle(signal) }
        }
        let state = Int32(waiting[0].revents)
        if state & POLLIN != 0 {
            readInput()
        } else if state & (POLLHUP | POLLERR | POLLNVAL) != 0 {
            hangUp()
        }
        if state & POLLOUT != 0 { device.write(&pending) }
        if let silence = decoder.silence, lastByte.milliseconds(to: .now()) >= silence {
            deliver(decoder.timeout())
        }
    }

    /// How long poll may wait: until the decoder's silence is over.
    private var patience: Int32 {
        guard holder == .us, let silence = decoder.silence else { return -1 }
        return Int32(clamping: max(silence - lastByte.milliseconds(to: .now()), 0))
    }

    private mutating func readInput() {
        switch device.read(atMost: TerminalLoop.chunk) {
        case .bytes(let bytes):
            lastByte = .now()
            deliver(decoder.feed(bytes))
        case .nothing: break
        case .gone: hangUp()
        }
    }

    private mutating func deliver(_ inputs: [TerminalInput]) {
        for input in inputs {
            if case .report(let report) = input {
                takeLate(report)
            } else {
                queue.offer(.input(input))
            }
        }
    }

    /// An answer that came too late for `begin`.
    private mutating func takeLate(_ report: TerminalReport) {
        guard !probe.isFinished else { return }
        probe.accept(report)
        guard probe.isFinished else { return }
        learn()
        pending.append(contentsOf: extras)
        encoder.invalidate()
        queue.offer(.learned(layout))
    }

    private mutating func hangUp() {
        queue.offer(.interrupted(.hangup))
        isOver = true
    }

    private mutating func handle(_ signal: Int32) {
        switch signal {
        case SIGWINCH: checkSize()
        case SIGTSTP: stop()
        case SIGCONT: if holder == .us { comeBack() }
        case SIGINT where holder == .somebodyElse: SignalGuard.forgetRequests()
        case SIGINT: queue.offer(.interrupted(.interrupt))
        case SIGTERM: queue.offer(.interrupted(.terminate))
        case SIGHUP: hangUp()
        default: break
        }
    }

    private mutating func checkSize() {
        let now = device.size
        guard now != size else { return }
        size = now
        encoder.invalidate()
        queue.offer(.resized(now))
    }

    private mutating func obeyRequests() {
        for request in mailbox.takeRequests() {
            switch request {
            case .send(let bytes): if holder == .us { pending.append(contentsOf: bytes) }
            case .stop: stop()
            case .release(let waiter):
                if holder == .us { leave() }
                holder = .somebodyElse
                waiter.resume()
            case .reclaim(let waiter):
                if holder == .somebodyElse { comeBack() }
                waiter.resume()
            case .close(let waiter):
                isOver = true
                if let waiter { closers.append(waiter) }
            }
        }
    }

    /// Encodes the newest frame once the one before has been taken by the terminal.
    private mutating func encodeFrame() {
        guard holder == .us, pending.isEmpty, let frame = mailbox.takeFrame() else { return }
        pending = encoder.encode(frame)[...]
        device.write(&pending)
    }

    private mutating func leave() {
        device.writeAll(Array(pending) + goodbye)
        pending = []
        device.restore()
        SignalGuard.disarm()
    }

    private mutating func comeBack() {
        holder = .us
        SignalGuard.arm(device, farewell: goodbye)
        device.makeRaw()
        device.writeAll(TerminalModes.base + extras)
        encoder.invalidate()
        decoder = KeyDecoder()
        checkSize()
        queue.offer(.resumed)
    }

    private mutating func stop() {
        // The other program has been stopped by the same signal; the shell waits for us too.
        guard holder == .us else { return SignalGuard.stopProcess() }
        leave()
        SignalGuard.stopProcess()
        comeBack()
        // We know that we go on; of what else came meanwhile nothing is lost.
        for signal in wake.signals() where signal != SIGCONT && signal != SIGTSTP {
            handle(signal)
        }
    }
}

/// A point of the monotonic clock.
private struct Instant {
    private let nanoseconds: Int64

    static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }

    func milliseconds(to later: Instant) -> Int {
        Int((later.nanoseconds &- nanoseconds) / 1_000_000)
    }
}
