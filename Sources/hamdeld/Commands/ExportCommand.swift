internal import ArgumentParser
internal import FoundationEssentials
internal import Glibc
internal import HelpdeskConfiguration
internal import HelpdeskEngine

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes what the desk holds, for another desk or program.",
        subcommands: [Archive.self])

    struct Archive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "archive",
            abstract:
                "Everything of the customers' as one JSONL archive, while the desk is in use.",
            discussion: """
                Customers, tickets, messages, calls, notes, files, surveys, repairs and macros, a JSON object a line \
                (Docs/Archive.md); hamdeld import archive reads it. What is still on its way out is left out: this desk \
                sends it.
                """)
        @OptionGroup var config: ConfigurationOption
        @Argument(
            help: "The file to write; it must not exist. - is standard output.", completion: .file()
        )
        var file: String

        func run() async throws {
            let loaded = try config.load()
            let lines = try await StoreAccess.with(loaded) { access in
                // After the store's owner is known: the file is theirs.
                let output = try ArchiveFile(file)
                do {
                    let lines = try await ArchivePages(access: access).write(to: output)
                    try output.keep()
                    return lines
                } catch {
                    output.discard()
                    throw error
                }
            }
            if file != "-" { Terse.say("\(file): \(lines) lines") }
        }
    }
}

/// Asks for an archive page by page and writes it.
struct ArchivePages {

    let access: StoreAccess

    /// How many lines.
    func write(to output: ArchiveFile) async throws -> Int {
        var place = ArchivePlace.beginning
        var lines = 0
        while place.part != .end {
            let (text, next) = try await page(from: place)
            if !text.isEmpty {
                lines += text.utf8.reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
                try output.write(Array(text.utf8) + [UInt8(ascii: "\n")])
            }
            place = next
        }
        return lines
    }

    private func page(from place: ArchivePlace) async throws -> (text: String, ArchivePlace) {
        let part = try await access.part(
            of: "export", .exportArchive(place, program: "hamdeld \(Hamdeld.version)"))
        let next = try JSONDecoder().decode(ArchivePlace.self, from: Data(part.document.utf8))
        return (part.text, next)
    }
}

/// Where an archive is written: under another name until it is whole, or standard output.
final class ArchiveFile {
    private let path: String?
    private let handle: Int32
    private var partial: String { (path ?? "") + ".partial" }

    init(_ path: String) throws {
        guard path != "-" else {
            self.path = nil
            handle = dup(1)
            return
        }
        guard access(path, F_OK) != 0 else {
            Terse.complain("\(path) exists already")
            throw ExitCode(6)
        }
        self.path = path
        // It holds every mail.
        handle = open(path + ".partial", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard handle >= 0 else {
            throw DaemonFailure(
                text: "cannot write \(path).partial: \(String(cString: strerror(errno)))")
        }
    }

    deinit { close(handle) }

    /// Blocks on the disk; a command does nothing else meanwhile.
    func write(_ bytes: [UInt8]) throws {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(handle, $0.baseAddress.map { $0 + done }, bytes.count - done)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw DaemonFailure(
                    text: "cannot write \(path ?? "-"): \(String(cString: strerror(errno)))")
            }
            done += count
        }
    }

    /// What is said to be there is on the disk.
    func keep() throws {
        guard let path else { return }
        guard fsync(handle) == 0, rename(partial, path) == 0 else {
            throw DaemonFailure(text: "cannot keep \(path): \(String(cString: strerror(errno)))")
        }
    }

    func discard() {
        if path != nil { unlink(partial) }
    }
}
