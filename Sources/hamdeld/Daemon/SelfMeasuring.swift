internal import CProcess
internal import CoreMetrics
internal import Glibc
internal import HelpdeskEngine
internal import HelpdeskServer
internal import HelpdeskStore
internal import ServiceLifecycle
internal import Synchronization

/// What the process measures of itself: how late its pool wakes, how long it writes, what it holds. The names are in
/// `MetricCatalogue`.
final class SelfMeasuring: Service {
    /// Later than this, and the watchdog is not told that all is well.
    static let tooLate = Duration.seconds(5)
    private static let beat = Duration.milliseconds(100)

    private let store: Store
    private let registry: MetricsRegistry
    private let lateness: Timer
    private let mail: Timer
    private let worst = Mutex(Duration.zero)
    /// Processor seconds that were counted already.
    private let cpu = Mutex(0.0)

    init(_ store: Store, _ registry: MetricsRegistry) {
        self.store = store
        self.registry = registry
        lateness = Timer(label: "hamdel_pool_lateness_seconds", factory: registry)
        mail = Timer(label: "hamdel_lmtp_delivery_duration_seconds", factory: registry)
        let commits = Timer(label: "hamdel_store_commit_duration_seconds", factory: registry)
        let commands = Counter(label: "hamdel_store_commands_total", factory: registry)
        store.writer.onGroup { group in
            commits.recordNanoseconds(group.took.wholeNanoseconds)
            commands.increment(by: Int64(group.commands))
        }
    }

    /// The canary: sleeps a tenth of a second again and again, and looks how late it woke.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            while true {
                let due = ContinuousClock.now + Self.beat
                guard await Pulse.wait(Self.beat) else { return }
                let late = max(ContinuousClock.now - due, .zero)
                self.lateness.recordNanoseconds(late.wholeNanoseconds)
                self.worst.withLock { $0 = max($0, late) }
            }
        }
    }

    /// The worst lateness since the last asking.
    func takeWorst() -> Duration {
        worst.withLock { worst in
            defer { worst = .zero }
            return worst
        }
    }

    /// Measures how long a mail takes from its last byte on.
    func measuringMail<Outcome>(_ body: () async -> Outcome) async -> Outcome {
        let began = ContinuousClock.now
        let outcome = await body()
        mail.recordNanoseconds((ContinuousClock.now - began).wholeNanoseconds)
        return outcome
    }

    /// Sets what is read from the system when somebody asks.
    func measure() {
        gauge("hamdel_store_database_bytes", Self.size(of: store.path))
        gauge("hamdel_store_journal_bytes", Self.size(of: store.path + "-wal"))
        gauge("hamdel_store_free_bytes", Surroundings.freeSpace(beside: store.path, reserve: 0))
        let seconds = hamdel_processor_seconds()
        let used = cpu.withLock { last in
            defer { last = max(last, seconds) }
            return max(seconds - last, 0)
        }
        registry.makeFloatingPointCounter(label: "process_cpu_seconds_total", dimensions: [])
            .increment(by: used)
        gauge("process_resident_memory_bytes", max(hamdel_resident_bytes(), 0))
        gauge("process_max_fds", max(hamdel_open_files_allowed(), 0))
        if let open = Self.openFiles() { gauge("process_open_fds", open) }
    }

    /// Once, at the start.
    func noteStart(at seconds: Int64) { gauge("process_start_time_seconds", seconds) }

    private func gauge(_ name: String, _ value: Int64) {
        registry.makeMeter(label: name, dimensions: []).set(value)
    }

    private static func size(of path: String) -> Int64 {
        var status = hamdel_file_status()
        return hamdel_status_of_path(path, &status) == 0 ? Int64(status.size) : 0
    }

    private static func openFiles() -> Int64? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        var count: Int64 = 0
        while readdir(folder) != nil { count += 1 }
        // The two names of folders, and the one opened to look.
        return max(count - 3, 0)
    }
}

extension Duration {
    fileprivate var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : product &+ attoseconds / 1_000_000_000
    }
}
