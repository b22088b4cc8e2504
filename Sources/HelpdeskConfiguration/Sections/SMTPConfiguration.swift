/// `[smtp]`, or `smtp` of an inbox: the server that takes outgoing mail.
public struct SMTPConfiguration: Equatable, Sendable {
    public enum Encryption: String, CaseIterable, Sendable {
        /// STARTTLS when the server offers it.
        case offered
        case require
        case off
    }

    /// Both or neither are configured, so they come together.
    public struct Login: Equatable, Sendable {
        public let user: String
        public let password: SecretSource
    }

    /// `smtp://…` or `smtps://…`, without user, without path.
    public let url: String
    public let login: Login?
    /// Of no meaning with `smtps://`, which is encrypted from the first byte.
    public let encryption: Encryption
    /// A PEM file with the authorities whose signature the server's certificate must have; nil: the system's.
    public let authorities: String?
    /// What we call ourselves; nil: the machine's name.
    public let helloName: String?
}

enum SMTPKeys {
    static let defaultURL = "smtp://127.0.0.1:25"

    static let url = DefaultedKey<String>(
        "url", .smtpURL, default: defaultURL, written: "\"\(defaultURL)\"",
        "The server. smtps:// is encrypted from the first byte.",
        example: "\"smtps://mail.example.org:465\"")
    static let user = OptionalKey<String>(
        "user", .text(), absent: "no login", "The name to log in with.",
        example: "\"desk@example.org\"")
    static let password = OptionalKey<SecretSource>(
        "password", .secret, absent: "no login", "The password that goes with it.",
        example: "{ file = \"/etc/hamdel/secrets/smtp\" }")
    static let tls = DefaultedKey<SMTPConfiguration.Encryption>(
        "tls", .choice("use of STARTTLS"), default: .offered, written: "\"offered\"",
        "With smtp://: \"offered\" encrypts when the server can, \"require\" sends nothing in the clear, \"off\" never tries.",
        example: "\"require\"")
    static let authorities = OptionalKey<String>(
        "ca_file", .path("a PEM file", example: "/etc/hamdel/relay-ca.pem"),
        absent: "the authorities this system trusts",
        "The only certificate authorities believed for this server: for a relay with a certificate of your own.",
        example: "\"/etc/hamdel/relay-ca.pem\"")
    static let helloName = OptionalKey<String>(
        "hello_name", .hostName, absent: "this machine's name",
        "What we call ourselves in EHLO. Some servers refuse a name that does not resolve.",
        example: "\"desk.example.org\"")
    private static let keys = [
        url.description, user.description, password.description, tls.description,
        authorities.description, helloName.description,
    ]
    static let section = SectionDescription(
        "smtp", .table, "The server that takes outgoing mail.", keys: keys)
    static let inInbox = SectionDescription(
        "inbox.smtp", .value, "Another server for the mail of this inbox.", keys: keys)
}

extension ConfigurationReader {
    mutating func smtp(_ section: SectionTable) -> SMTPConfiguration {
        let user = read(SMTPKeys.user, section)
        let password = read(SMTPKeys.password, section)
        let hasUser = section.table.entry("user") != nil
        if hasUser != (section.table.entry("password") != nil) {
            let (given, missing) = hasUser ? ("user", "password") : ("password", "user")
            record(
                ConfigurationProblem(
                    place: section.place(of: given), key: section.keyPath(missing),
                    expected: "user and password together, or neither", got: "only \(given)"))
        }
        var login: SMTPConfiguration.Login?
        if let user, let password { login = .init(user: user, password: password) }
        let url = read(SMTPKeys.url, section)
        let encryption = read(SMTPKeys.tls, section)
        if login != nil, encryption == .off, let parts = URLText(url), parts.scheme == "smtp",
            Endpoint(authority: parts.host)?.isLoopback == false
        {
            warn(
                section.place(of: "tls"), key: section.keyPath("tls"),
                "the password crosses the network unencrypted")
        }
        return SMTPConfiguration(
            url: url, login: login, encryption: encryption,
            authorities: read(SMTPKeys.authorities, section),
            helloName: read(SMTPKeys.helloName, section))
    }
}

extension ValueKind where Value == SMTPConfiguration {
    static var smtp: Self {
        .table("table", SMTPKeys.inInbox) { table, reader in reader.smtp(table) }
    }
}
