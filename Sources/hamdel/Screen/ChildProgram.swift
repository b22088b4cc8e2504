internal import Dispatch
internal import Glibc
internal import HelpdeskClient

/// Another program of the agent's: an editor, a pager, what opens links. Blocking; run on a thread of its own.
struct ChildProgram: Sendable {
    /// The program and its arguments; no shell stands between.
    var words: [String]
    /// Added to the environment.
    var environment: [String: String] = [:]

    enum Terminal: Sendable {
        /// The child has the terminal.
        case lent
        /// It hears and says nothing there.
        case kept
    }

    /// A line as people type it after `|` or set in EDITOR: for the shell, as everywhere else.
    static func shell(_ line: String, _ arguments: [String] = []) -> ChildProgram {
        let script = arguments.isEmpty ? line : line + #" "$@""#
        return ChildProgram(words: ["/bin/sh", "-c", script, "sh"] + arguments)
    }

    /// Runs it to its end with this input; returns the exit status, 128 and the number for a signal.
    func run(input: [UInt8]? = nil, _ terminal: Terminal) async throws(ClientFailure) -> Int32 {
        let result: Result<Int32, ClientFailure> = await withCheckedContinuation { waiter in
            DispatchQueue(label: "hamdel.child").async {
                do throws(ClientFailure) {
                    waiter.resume(returning: .success(try runBlocking(input, terminal)))
                } catch {
                    waiter.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }

    private func runBlocking(
        _ input: [UInt8]?, _ terminal: Terminal
    ) throws(ClientFailure) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var ends: [Int32] = [-1, -1]
        if input != nil {
            guard pipe(&ends) == 0 else { throw fault(errno) }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
        } else if terminal == .kept {
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        }
        if terminal == .kept {
            posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
            posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        }
        let child: pid_t
        do throws(ClientFailure) {
            child = try spawn(&actions)
        } catch {
            for end in ends where end >= 0 { close(end) }
            throw error
        }
        if let input {
            close(ends[0])
            // A child that reads no further ends the writing, not us.
            let former = signal(SIGPIPE, SIG_IGN)
            _ = DurableFile.write(input, to: ends[1])
            signal(SIGPIPE, former)
            close(ends[1])
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { throw fault(errno) }
        }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }

    private func spawn(_ actions: inout posix_spawn_file_actions_t) throws(ClientFailure) -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Threads of the pool block signals; a child must hear them.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        guard let program = words.first else { throw .local("no program is named") }
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        let merged = CommandContext.processEnvironment().merging(environment) { $1 }
        var variables: [UnsafeMutablePointer<CChar>?] =
            merged.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer {
            for text in arguments { free(text) }
            for text in variables { free(text) }
        }
        var child = pid_t()
        let code = posix_spawnp(&child, program, &actions, &attributes, &arguments, &variables)
        guard code == 0 else { throw fault(code) }
        return child
    }

    private func fault(_ code: Int32) -> ClientFailure {
        .local("\(words.first ?? "") cannot be run: \(String(cString: strerror(code)))")
    }
}
