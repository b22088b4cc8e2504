internal import Glibc
internal import HelpdeskAPI

/// The file that keeps the login: `$XDG_STATE_HOME/hamdel/credentials`, readable by its owner only.
public struct CredentialFile: Hashable, Sendable {
    public let path: String

    public init(path: String) { self.path = path }

    /// Nil when neither XDG_STATE_HOME nor HOME is an absolute path: then there is no stored login.
    public init?(environment: [String: String]) {
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
            path = "\(state)/hamdel/credentials"
        } else if let home = environment["HOME"], home.hasPrefix("/") {
            path = "\(home)/.local/state/hamdel/credentials"
        } else {
            return nil
        }
    }

    private static let limit = 16_384

    /// Nil when there is no such file. Refuses a file that others may read, as ssh does.
    public func load() throws(ClientFailure) -> Credentials? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw fault("cannot be read: \(Self.errorText())")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw fault("cannot be looked at") }
        guard status.st_mode & 0o077 == 0 else {
            throw fault("others may read it; run: chmod 600 on it, and have the token renewed")
        }
        var bytes = [UInt8](repeating: 0, count: Self.limit)
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 0, count < Self.limit else { throw fault("is empty or too long") }
        do {
            let found = try WireJSON.decode(Credentials.self, from: Array(bytes[..<count]))
            return try Credentials(url: found.url, token: found.token)
        } catch {
            throw fault("is damaged; sign in again")
        }
    }

    /// Writes beside the old file and renames, so that it is always whole.
    public func save(_ credentials: Credentials) throws(ClientFailure) {
        let folder = String(path.prefix(path.count - (path.split(separator: "/").last?.count ?? 0)))
        try makeFolders(folder)
        guard let bytes = try? WireJSON.encode(credentials) else { throw fault("cannot be made") }
        let draft = path + ".new"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw fault("cannot be written: \(Self.errorText())") }
        let written = write(descriptor, bytes, bytes.count)
        let synced = fsync(descriptor)
        close(descriptor)
        guard written == bytes.count, synced == 0, rename(draft, path) == 0 else {
            unlink(draft)
            throw fault("cannot be written: \(Self.errorText())")
        }
    }

    private func makeFolders(_ folder: String) throws(ClientFailure) {
        var place = ""
        for part in folder.split(separator: "/") {
            place += "/\(part)"
            if mkdir(place, 0o700) != 0, errno != EEXIST, errno != EROFS, errno != EACCES {
                throw fault("its folder cannot be made: \(Self.errorText())")
            }
        }
    }

    private func fault(_ what: String) -> ClientFailure {
        .configuration("the stored login \(path) \(what)")
    }

    private static func errorText() -> String { String(cString: strerror(errno)) }
}
