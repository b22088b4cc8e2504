import TOMLReading

/// `[http]`: where the API, webhooks and the survey page answer.
public struct HTTPConfiguration: Equatable, Sendable {
    /// Nil: no unix socket. Never nil together with `listen`.
    public let socket: String?
    public let listen: ListenAddress?
    /// Without a slash at its end. Nil only when neither it nor `listen` was given.
    public let publicURL: String?
    /// Owner group and permissions of the socket. A group that does not exist is said, and not fatal.
    public let group: String
    public let mode: FileMode
}

enum HTTPKeys {
    static let socket = OptionalKey<String>(
        "socket", .socketPath("/run/hamdel/api.sock"),
        absent: "no socket; /run/hamdel/api.sock when listen is not set either",
        "A unix socket for the API. Agents on this machine need no token there: the system says who they are.",
        example: "\"/run/hamdel/api.sock\"")
    static let listen = OptionalKey<ListenAddress>(
        "listen", .listen, absent: "not on TCP",
        "An address and port for the API, webhooks and the survey page. Speaks plain HTTP: put a proxy with TLS in front of anything but loopback.",
        example: "\"127.0.0.1:8080\"")
    static let publicURL = OptionalKey<String>(
        "public_url", .webURL(example: "https://desk.example.org"),
        absent: "http:// and the address of listen",
        "What stands before /s/… in links to survey pages and before /in/… in webhook addresses: how the outside reaches this daemon.",
        example: "\"https://desk.example.org\"")
    static let group = DefaultedKey<String>(
        "group", .reference("a group", example: "hamdel"), default: "hamdel", written: "\"hamdel\"",
        "The group whose members may open the socket.")
    static let mode = DefaultedKey<FileMode>(
        "mode", .fileMode, default: FileMode(bits: 0o660), written: "\"0660\"",
        "The permissions of the socket.")
    static let section = SectionDescription(
        "http", .table, "Where the API, webhooks and the survey page answer.",
        keys: [
            socket.description, listen.description, publicURL.description, group.description,
            mode.description,
        ])
}

extension ConfigurationReader {
    mutating func http(_ section: SectionTable) -> HTTPConfiguration {
        let socket = read(HTTPKeys.socket, section)
        let listen = read(HTTPKeys.listen, section)
        let publicURL = read(HTTPKeys.publicURL, section)
        if let listen, !listen.isLoopback {
            warn(
                section.place(of: "listen"), key: section.keyPath("listen"),
                "tokens and mail cross the network unencrypted unless a proxy with TLS stands in front"
            )
        }
        let asked = section.table.entry("socket") != nil || section.table.entry("listen") != nil
        return HTTPConfiguration(
            socket: asked ? socket : ConfigurationDefaults.apiSocket, listen: listen,
            publicURL: publicURL ?? listen.map { "http://\($0.written)" },
            group: read(HTTPKeys.group, section), mode: read(HTTPKeys.mode, section))
    }
}
