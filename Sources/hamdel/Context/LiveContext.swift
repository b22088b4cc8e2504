internal import Glibc
internal import HelpdeskClient
internal import HelpdeskCore

extension CommandContext {
    /// The real world.
    static func live() throws -> CommandContext {
        let environment = processEnvironment()
        let address = try address(environment)
        return CommandContext(
            client: HelpdeskClient(address), address: address, environment: environment,
            audience: audience(), input: StandardInput(), sink: StandardSink(), now: wallClock,
            offset: localOffset)
    }

    private static func address(_ environment: [String: String]) throws -> DaemonAddress {
        let isNamed = environment["HAMDEL_SOCKET"] != nil || environment["HAMDEL_URL"] != nil
        // A damaged login must not stand in the way of somebody who says where to go.
        let stored = isNamed ? nil : try CredentialFile(environment: environment)?.load()
        return try DaemonAddress.find(environment: environment, stored: stored)
    }

    private static func audience() -> Audience {
        guard isatty(STDOUT_FILENO) == 1 else { return .program }
        var size = winsize()
        let known = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return .person(columns: known ? Int(size.ws_col) : 80)
    }

    static func processEnvironment() -> [String: String] {
        var result: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let line = String(cString: text)
            if let equals = line.firstIndex(of: "=") {
                result[String(line[..<equals])] = String(line[line.index(after: equals)...])
            }
            entry += 1
        }
        return result
    }

    @Sendable private static func wallClock() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Foundation's time zones would cost 44 MB; glibc knows the one zone that matters here.
    @Sendable private static func localOffset(_ instant: Instant) -> Int {
        var seconds = time_t(instant.milliseconds / 1_000)
        var parts = tm()
        guard localtime_r(&seconds, &parts) != nil else { return 0 }
        return Int(parts.tm_gmtoff)
    }
}

private struct StandardInput: CommandInput {
    var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    func readAll(limit: Int) throws -> [UInt8] {
        try read(STDIN_FILENO, "standard input", limit)
    }

    func readFile(_ path: String, limit: Int) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw ClientFailure.local("\(path): \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        return try read(descriptor, path, limit)
    }

    private func read(_ descriptor: Int32, _ name: String, _ limit: Int) throws -> [UInt8] {
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while result.count <= limit {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw ClientFailure.local("\(name): \(String(cString: strerror(errno)))")
            }
            if count == 0 { return result }
            result += buffer[..<count]
        }
        throw ClientFailure.local("\(name) holds more than \(limit) bytes")
    }
}

private struct StandardSink: CommandSink {
    func print(_ bytes: [UInt8]) throws {
        guard write(bytes, to: STDOUT_FILENO) else {
            throw ClientFailure.local(
                "standard output: \(String(cString: strerror(errno)))")
        }
    }

    func complain(_ text: String) { _ = write(Array(text.utf8), to: STDERR_FILENO) }

    private func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
