internal import CProcess
internal import Glibc
internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import Logging

/// Where log lines go, chosen once at the start.
enum DaemonLog {
    static func logger(_ configuration: LogConfiguration, environment: [String: String]) -> Logger {
        let sink = sink(configuration.format, environment)
        var logger = Logger(label: "hamdeld") { _ in DaemonLogHandler(sink: sink) }
        logger.logLevel = Logger.Level(rawValue: configuration.level.rawValue) ?? .info
        return logger
    }

    private static func sink(
        _ format: LogConfiguration.Format, _ environment: [String: String]
    ) -> DaemonLogHandler.Sink {
        switch format {
        case .json: return .stderr { $0.json }
        case .logfmt: return .stderr { $0.logfmt }
        case .text: return .stderr { $0.text }
        case .auto:
            guard leadsToJournal(environment), let journal = JournalSocket() else {
                return .stderr { $0.text }
            }
            return .journal(journal)
        }
    }

    /// `JOURNAL_STREAM` names the device and inode of stderr where systemd connected it with the journal.
    private static func leadsToJournal(_ environment: [String: String]) -> Bool {
        var status = hamdel_file_status()
        guard let stream = environment["JOURNAL_STREAM"],
            hamdel_status_of_handle(STDERR_FILENO, &status) == 0
        else { return false }
        return stream == "\(status.device):\(status.inode)"
    }
}

struct DaemonLogHandler: LogHandler {
    enum Sink: Sendable {
        case stderr(@Sendable (LogLine) -> String)
        case journal(JournalSocket)
    }

    let sink: Sink
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    init(sink: Sink) { self.sink = sink }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: Logging.LogEvent) {
        let line = LogLine(
            level: event.level, at: Surroundings.now(), message: "\(event.message)",
            metadata: metadata.merging(event.metadata ?? [:]) { $1 })
        switch sink {
        case .stderr(let form): Self.write(form(line))
        case .journal(let journal):
            // A journal that is restarting loses nothing: the line goes to stderr, which it reads too.
            if !journal.send(line.journal) { Self.write("<\(line.priority)>\(line.text)") }
        }
    }

    /// One write for one line, so that lines of several threads do not mix.
    private static func write(_ text: String) {
        let bytes = Array((text + "\n").utf8)
        _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

/// Journald's socket for entries with fields; open as long as the process.
struct JournalSocket: Sendable {
    private static let path = "/run/systemd/journal/socket"
    /// What one datagram may hold; a longer entry is cut by going to stderr.
    private static let longest = 100_000

    private let handle: Int32

    init?() {
        handle = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard handle >= 0 else { return nil }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(Self.path.utf8)) }
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(handle, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard connected == 0 else {
            close(handle)
            return nil
        }
    }

    func send(_ entry: [UInt8]) -> Bool {
        guard entry.count <= Self.longest else { return false }
        return entry.withUnsafeBytes { bytes in
            Glibc.send(
                handle, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
                == bytes.count
        }
    }
}
