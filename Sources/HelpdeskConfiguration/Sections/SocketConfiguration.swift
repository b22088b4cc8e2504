/// `[lmtp]`: where mail comes in.
public struct LMTPConfiguration: Equatable, Sendable {
    public let socket: String
    /// On loopback only; nil: not on TCP.
    public let listen: ListenAddress?
    public let group: String
    public let mode: FileMode
}

/// `[control]`: where the daemon takes the orders of `hamdeld`'s other commands; for its owner and root only.
public struct ControlConfiguration: Equatable, Sendable {
    public let socket: String
}

enum LMTPKeys {
    static let socket = OptionalKey<String>(
        "socket", .socketPath("/run/hamdel/lmtp.sock"),
        absent: "lmtp.sock beside [http] socket, else beside the database, else in /run/hamdel",
        "The unix socket on which the mail server and `hamdeld deliver` hand over mail.",
        example: "\"/run/hamdel/lmtp.sock\"")
    static let listen = OptionalKey<ListenAddress>(
        "listen", .loopback, absent: "not on TCP",
        "LMTP on TCP too, for a mail server that has no unix sockets. Loopback only: LMTP asks for no password.",
        example: "\"127.0.0.1:2424\"")
    static let group = DefaultedKey<String>(
        "group", .reference("a group", example: "hamdel"), default: "hamdel", written: "\"hamdel\"",
        "The group whose members may hand over mail.")
    static let mode = DefaultedKey<FileMode>(
        "mode", .fileMode, default: FileMode(bits: 0o660), written: "\"0660\"",
        "The permissions of the socket.")
    static let section = SectionDescription(
        "lmtp", .table, "Where mail comes in, by LMTP (RFC 2033).",
        keys: [socket.description, listen.description, group.description, mode.description])
}

enum ControlKeys {
    static let socket = OptionalKey<String>(
        "socket", .socketPath("/run/hamdel/control.sock"),
        absent: "control.sock beside [http] socket, else beside the database, else in /run/hamdel",
        "Where `hamdeld agent`, `hamdeld backup` and the like reach the running daemon. Its owner and root only.",
        example: "\"/run/hamdel/control.sock\"")
    static let section = SectionDescription(
        "control", .table, "Where the other commands of hamdeld reach the running daemon.",
        keys: [socket.description])
}

extension ConfigurationReader {
    mutating func lmtp(_ section: SectionTable, beside folder: String) -> LMTPConfiguration {
        LMTPConfiguration(
            socket: read(LMTPKeys.socket, section) ?? "\(folder)/lmtp.sock",
            listen: read(LMTPKeys.listen, section), group: read(LMTPKeys.group, section),
            mode: read(LMTPKeys.mode, section))
    }

    mutating func control(
        _ section: SectionTable, beside folder: String
    ) -> ControlConfiguration {
        ControlConfiguration(
            socket: read(ControlKeys.socket, section) ?? "\(folder)/control.sock")
    }
}

/// What follows from other keys when a key is not set.
enum ConfigurationDefaults {
    static let apiSocket = "/run/hamdel/api.sock"

    /// Sockets stand together: a daemon in a folder of its own leaves /run/hamdel alone.
    static func socketFolder(http: HTTPConfiguration, store: StoreConfiguration?) -> String {
        if let socket = http.socket { return folder(of: socket) }
        if case .sqlite(let path) = store?.location { return folder(of: path) }
        return folder(of: apiSocket)
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "" : String(path[..<slash])
    }
}
