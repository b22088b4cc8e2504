internal import CProcess
internal import EmailChannel
internal import Glibc

/// Runs the program that prints a token for a mail server: by its arguments alone, without a shell, with an empty input, for
/// a bounded time and with a bounded output. What it says on stderr goes to the daemon's log.
struct TokenCommand: Sendable {
    /// Tokens have hundreds of bytes; this is far above.
    static let outputLimit = 16 << 10
    static let patienceSeconds = 30

    private let words: [String]

    init(_ words: [String]) { self.words = words }

    /// The token: the program's first line. Suspends while it runs, on a thread that is made for it.
    func run() async throws(TokenFailure) -> String {
        try await OwnThread.run { runBlocking() }.get()
    }

    private func runBlocking() -> Result<String, TokenFailure> {
        guard !words.isEmpty else { return .failure(TokenFailure(detail: "it is empty")) }
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        var child = pid_t()
        var pipe: Int32 = -1
        let code = hamdel_spawn_reading(arguments, &child, &pipe)
        guard code == 0 else { return .failure(failure(String(cString: strerror(code)))) }
        defer { close(pipe) }
        let deadline = ContinuousClock.now + .seconds(Self.patienceSeconds)
        let (output, end) = read(pipe, until: deadline)
        var ending = end
        var status: Int32 = 0
        if ending == .whole, !hasEnded(child, &status, by: deadline) { ending = .overdue }
        if ending != .whole {
            kill(child, SIGKILL)
            while waitpid(child, &status, 0) < 0, errno == EINTR {}
        }
        switch ending {
        case .overdue:
            return .failure(failure("it took longer than \(Self.patienceSeconds) seconds"))
        case .tooLong:
            return .failure(failure("it printed more than \(Self.outputLimit) bytes"))
        case .whole: break
        }
        guard status == 0 else {
            let code =
                status & 0x7F == 0 ? "status \(status >> 8 & 0xFF)" : "signal \(status & 0x7F)"
            return .failure(failure("it ended with \(code)"))
        }
        let token = output.prefix { $0 != 0x0A && $0 != 0x0D }
        guard !token.isEmpty, token.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return .failure(failure("its first line is no token"))
        }
        return .success(String(decoding: token, as: UTF8.self))
    }

    private func failure(_ text: String) -> TokenFailure {
        TokenFailure(detail: "\(words.first ?? ""): \(text)")
    }

    private enum Ending { case whole, overdue, tooLong }

    /// It may have closed its output long before it ends.
    private func hasEnded(
        _ child: pid_t, _ status: inout Int32, by deadline: ContinuousClock.Instant
    ) -> Bool {
        while waitpid(child, &status, WNOHANG) == 0 {
            guard .now < deadline else { return false }
            poll(nil, 0, 10)
        }
        return true
    }

    private func read(
        _ handle: Int32, until deadline: ContinuousClock.Instant
    ) -> ([UInt8], Ending) {
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let left = deadline - .now
            guard left > .zero else { return (output, .overdue) }
            var watched = pollfd(fd: handle, events: Int16(POLLIN), revents: 0)
            let ready = poll(&watched, 1, Int32(left.components.seconds * 1_000 + 1_000))
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else { return (output, .overdue) }
            let count = Glibc.read(handle, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return (output, .whole) }
            output += buffer.prefix(count)
            guard output.count <= Self.outputLimit else { return (output, .tooLong) }
        }
    }
}
