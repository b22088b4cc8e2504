internal import Glibc
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

/// Which version of a ticket was shown last to whoever types here, so that an answer to a ticket that changed meanwhile is
/// stopped: `$XDG_STATE_HOME/hamdel/seen`. A memory aid: where it cannot be read or written, nothing is stopped.
struct SeenVersions {
    /// Tickets remembered; the one shown longest ago makes room.
    static let maximum = 500
    private static let limit = 65_536

    let path: String

    /// Nil without a place for it, as for the stored login.
    init?(environment: [String: String]) {
        guard let login = CredentialFile(environment: environment)?.path else { return nil }
        path = login.split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/seen"
    }

    /// By whose eyes and at which desk: logins and daemons have tickets of their own.
    private static func desk(_ environment: [String: String]) -> String {
        environment["HAMDEL_SOCKET"] ?? environment["HAMDEL_URL"] ?? "login"
    }

    func version(of ticket: TicketNumber, _ environment: [String: String]) -> Int64? {
        let name = "\(Self.desk(environment)) \(ticket.rawValue)"
        return load().last { $0.name == name }?.version
    }

    func remember(_ version: Int64, of ticket: TicketNumber, _ environment: [String: String]) {
        let name = "\(Self.desk(environment)) \(ticket.rawValue)"
        let kept = load().filter { $0.name != name }.suffix(Self.maximum - 1)
        save(kept + [Entry(name: name, version: version)])
    }

    private struct Entry {
        var name: String
        var version: Int64

        /// `DESK TICKET VERSION`, a line each.
        init?(line: Substring) {
            guard let blank = line.lastIndex(of: " "), blank != line.startIndex,
                let version = Int64(line[line.index(after: blank)...])
            else { return nil }
            name = String(line[..<blank])
            self.version = version
        }

        init(name: String, version: Int64) {
            self.name = name
            self.version = version
        }
    }

    private func load() -> [Entry] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: Self.limit)
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return [] }
        return String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n")
            .compactMap(Entry.init(line:))
    }

    /// Beside the old file and renamed, so that it is always whole.
    private func save(_ entries: [Entry]) {
        var entries = entries[...]
        var text = ""
        repeat {
            text = entries.map { "\($0.name) \($0.version)\n" }.joined()
            if text.utf8.count >= Self.limit { entries = entries.dropFirst(entries.count / 4 + 1) }
        } while text.utf8.count >= Self.limit && !entries.isEmpty
        var place = ""
        for part in path.split(separator: "/").dropLast() {
            place += "/\(part)"
            mkdir(place, 0o700)
        }
        let draft = "\(path).\(getpid())"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        let bytes = Array(text.utf8)
        let written = write(descriptor, bytes, bytes.count)
        close(descriptor)
        if written != bytes.count || rename(draft, path) != 0 { unlink(draft) }
    }
}
