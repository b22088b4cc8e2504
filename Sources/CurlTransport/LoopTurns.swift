internal import CCurl

/// The work of curl's thread: take news, run libcurl, hand out results, watch the deadlines, sleep.
/// Exists on that thread only.
struct LoopTurns {
    private struct Waiting {
        let id: TransferID
        let transfer: any Transfer
        let since: ContinuousClock.Instant
    }

    private let inbox: LoopInbox
    private let multi: UnsafeMutableRawPointer
    private var running: [TransferID: EasyHandle] = [:]
    private var waiting: [Waiting] = []

    /// Returns when the loop was closed and nothing runs any more.
    static func run(_ inbox: LoopInbox) {
        guard let multi = curl_multi_init() else { return inbox.threadEnded() }
        hamdel_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, inbox.limits.pooled)
        inbox.opened(multi)
        var turns = LoopTurns(inbox: inbox, multi: multi)
        while turns.turn() {}
        inbox.threadEnded()
        curl_multi_cleanup(multi)
    }

    private init(inbox: LoopInbox, multi: UnsafeMutableRawPointer) {
        self.inbox = inbox
        self.multi = multi
    }

    private mutating func turn() -> Bool {
        let news = inbox.takeNews()
        for arrival in news.arrivals {
            waiting.append(
                Waiting(id: arrival.id, transfer: arrival.transfer, since: arrival.at))
        }
        for id in news.cancelled { end(id, .failed(.cancelled)) }
        if news.closing {
            endAll()
            return false
        }
        // Unpausing may call the body callback at once, within this call.
        for id in news.resumed { running[id].map { _ = curl_easy_pause($0.raw, CURLPAUSE_CONT) } }
        startWaiting()
        var stillRunning: Int32 = 0
        curl_multi_perform(multi, &stillRunning)
        collectFinished()
        let sleep = endOverdue()
        // A place may have become free: do not sleep on it.
        let mayStart = !waiting.isEmpty && running.count < inbox.limits.running
        curl_multi_poll(multi, nil, 0, mayStart ? 0 : Int32(sleep), nil)
        return true
    }

    private mutating func startWaiting() {
        let free = inbox.limits.running &- running.count
        guard free > 0, !waiting.isEmpty else { return }
        let next = waiting.prefix(free)
        waiting.removeFirst(next.count)
        for entry in next { start(entry) }
    }

    private mutating func start(_ entry: Waiting) {
        let inbox = inbox
        let id = entry.id
        let total = entry.transfer.timeouts.total
        guard
            let handle = EasyHandle(
                id: id, transfer: entry.transfer, started: entry.since,
                isAbandoned: {
                    if inbox.isAbandoned(id) { return true }
                    guard let total else { return false }
                    return .now - entry.since >= total
                })
        else { return finish(entry.transfer, .failed(.busy), newConnections: 0) }
        do throws(TransportFailure) {
            try handle.prepare()
        } catch {
            return finish(entry.transfer, .failed(error), newConnections: 0)
        }
        guard curl_multi_add_handle(multi, handle.raw) == CURLM_OK else {
            return finish(entry.transfer, .failed(.busy), newConnections: 0)
        }
        running[id] = handle
    }

    private mutating func collectFinished() {
        var raw: UnsafeMutableRawPointer?
        var code = CURLE_OK
        while hamdel_curl_multi_next_done(multi, &raw, &code) == 1 {
            guard let handle = running.values.first(where: { $0.raw == raw }) else { continue }
            let overdue = handle.transfer.timeouts.total.map { .now - handle.started >= $0 }
            let verdict: TransferEnding.Verdict =
                switch code {
                case CURLE_OK: .finished
                case CURLE_ABORTED_BY_CALLBACK:
                    .failed(
                        overdue == true
                            ? .deadlineExceeded : inbox.isClosing ? .closed : .cancelled)
                default: .failed(TransportFailure(curl: code, detail: handle.failureText))
                }
            end(handle.id, verdict)
        }
    }

    /// Ends what took too long; returns how many milliseconds until the next look is due.
    private mutating func endOverdue() -> Int {
        let now = ContinuousClock.now
        var next = Duration.seconds(60)
        var overdue: [(TransferID, TransportFailure)] = []
        func weigh(_ id: TransferID, _ left: Duration, _ failure: TransportFailure) {
            if left <= .zero { overdue.append((id, failure)) } else { next = min(next, left) }
        }
        for (id, handle) in running {
            let timeouts = handle.transfer.timeouts
            if let total = timeouts.total {
                weigh(id, total - (now - handle.started), .deadlineExceeded)
            }
            if let idle = timeouts.idle {
                weigh(id, idle - (now - handle.lastActivity), .silent)
            }
        }
        for entry in waiting {
            guard let total = entry.transfer.timeouts.total else { continue }
            weigh(entry.id, total - (now - entry.since), .deadlineExceeded)
        }
        for (id, failure) in overdue { end(id, .failed(failure)) }
        return next.milliseconds(atMost: 60_000)
    }

    private mutating func end(_ id: TransferID, _ verdict: TransferEnding.Verdict) {
        if let handle = running.removeValue(forKey: id) {
            let newConnections = handle.newConnections
            curl_multi_remove_handle(multi, handle.raw)
            handle.retire()
            finish(handle.transfer, verdict, newConnections: newConnections)
        } else if let index = waiting.firstIndex(where: { $0.id == id }) {
            finish(waiting.remove(at: index).transfer, verdict, newConnections: 0)
        }
    }

    private mutating func endAll() {
        for id in Array(running.keys) { end(id, .failed(.closed)) }
        for entry in waiting { finish(entry.transfer, .failed(.closed), newConnections: 0) }
        waiting = []
    }

    private func finish(
        _ transfer: any Transfer, _ verdict: TransferEnding.Verdict, newConnections: Int
    ) {
        inbox.transferEnded()
        transfer.ended(TransferEnding(verdict: verdict, newConnections: newConnections))
    }
}
