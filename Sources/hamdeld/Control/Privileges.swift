internal import CProcess
internal import Glibc

/// A command run as root must become the database's owner first, or root-owned `-wal` files stop the daemon (DESIGN §8).
enum Privileges {
    /// Becomes the owner of `path`, or of its folder while it does not exist. Does nothing for anybody but root.
    static func becomeOwner(of path: String) throws {
        guard geteuid() == 0 else { return }
        var status = hamdel_file_status()
        if hamdel_status_of_path(path, &status) != 0 {
            let folder = path.split(separator: "/", omittingEmptySubsequences: false)
                .dropLast().joined(separator: "/")
            guard hamdel_status_of_path(folder.isEmpty ? "/" : folder, &status) == 0 else { return }
        }
        guard status.user != 0 else { return }
        guard setgroups(0, nil) == 0, setgid(status.group) == 0, setuid(status.user) == 0
        else {
            throw DaemonFailure(
                text: "cannot become the owner of \(path) (uid \(status.user))")
        }
    }
}
