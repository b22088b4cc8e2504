internal import HelpdeskConfiguration
internal import HelpdeskStore

/// Where channels keep files that pass through: beside the database, where there is room, and nobody else may look.
struct ChannelFolders {
    private let parent: String

    init(_ configuration: Configuration) {
        switch configuration.store.location {
        case .sqlite(let path):
            let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
                .joined(separator: "/")
            parent = path.hasPrefix("/") ? folder : "/var/lib/hamdel"
        case .postgres: parent = "/var/lib/hamdel"
        }
    }

    /// The names of inboxes are file names (HelpdeskConfiguration sees to that).
    func spool(of inbox: String) -> String { "\(parent)/spool/\(inbox)" }
}
