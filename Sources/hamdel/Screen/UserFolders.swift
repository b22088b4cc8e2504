internal import Glibc
internal import HelpdeskClient

/// The folders of the XDG Base Directory Specification that belong to this program.
enum UserFolders {
    /// `$XDG_STATE_HOME/hamdel`, else `~/.local/state/hamdel`.
    static func state(_ environment: [String: String]) -> String? {
        folder(environment, "XDG_STATE_HOME", "/.local/state")
    }

    /// `$XDG_CONFIG_HOME/hamdel`, else `~/.config/hamdel`.
    static func configuration(_ environment: [String: String]) -> String? {
        folder(environment, "XDG_CONFIG_HOME", "/.config")
    }

    /// `$XDG_DOWNLOAD_DIR`, else `~/Downloads` where there is one, else the home itself.
    static func downloads(_ environment: [String: String]) -> String? {
        if let named = absolute(environment["XDG_DOWNLOAD_DIR"]) { return named }
        guard let home = absolute(environment["HOME"]) else { return nil }
        var status = stat()
        let usual = home + "/Downloads"
        return stat(usual, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR ? usual : home
    }

    private static func folder(
        _ environment: [String: String], _ variable: String, _ usual: String
    ) -> String? {
        if let base = absolute(environment[variable]) { return base + "/hamdel" }
        return absolute(environment["HOME"]).map { $0 + usual + "/hamdel" }
    }

    private static func absolute(_ path: String?) -> String? {
        guard let path, path.hasPrefix("/") else { return nil }
        return path
    }

    /// Makes a folder and those above it, for its owner only.
    static func make(_ path: String) throws(ClientFailure) {
        var place = ""
        for part in path.split(separator: "/") {
            place += "/\(part)"
            if mkdir(place, 0o700) != 0, errno != EEXIST, errno != EROFS, errno != EACCES {
                throw .local("\(place) cannot be made: \(String(cString: strerror(errno)))")
            }
        }
    }

    /// The names in a folder, sorted; none when it is not there.
    static func names(in path: String, limit: Int) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while names.count < limit, let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }
}
