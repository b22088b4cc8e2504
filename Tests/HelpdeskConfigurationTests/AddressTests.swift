import HelpdeskConfiguration
import Testing

@Suite struct AddressTests {
    static let mail: [(text: String, isRight: Bool)] = [
        ("help@example.org", true), ("a.b+c@x.y.z", true), ("root@localhost", true),
        ("پشتیبانی@نمونه.ایران", true), ("o'brien@example.org", true), ("", false),
        ("support", false),
        ("@example.org", false), ("support@", false), ("a b@example.org", false),
        ("a@b@example.org", false), (".a@example.org", false), ("a..b@example.org", false),
        ("a@example..org", false), ("a@-x.org", false), ("<a@example.org>", false),
        ("a@example.org\\n", false), ("a@exa mple.org", false),
        (String(repeating: "a", count: 65) + "@example.org", false),
    ]

    @Test(arguments: mail)
    func mailAddressesAreChecked(_ example: (text: String, isRight: Bool)) {
        let text =
            smallest + """
                [[inbox]]
                name = "second"
                team = "support"
                channel = "email"
                address = "\(example.text)"
                """
        #expect(complaints(text).isEmpty == example.isRight)
    }

    static let urls: [(text: String, normal: String?)] = [
        ("https://desk.example.org", "https://desk.example.org"),
        ("https://desk.example.org/", "https://desk.example.org"),
        ("https://desk.example.org/help//", "https://desk.example.org/help"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"), ("http://[::1]:80", "http://[::1]:80"),
        ("desk.example.org", nil), ("ftp://desk.example.org", nil), ("https://", nil),
        ("https:///x", nil),
        ("https://me@desk.example.org", nil), ("https://desk.example.org/?a", nil),
        ("https://desk.example.org/#a", nil), ("https://desk example.org", nil),
        ("https://desk.example.org:99999", nil), ("https://desk.example.org:", nil),
        ("https://[::1", nil), ("https://[]", nil),
    ]

    @Test(arguments: urls)
    func publicURLsAreCheckedAndLoseTheirLastSlash(_ example: (text: String, normal: String?)) {
        let text = smallest.replacing(
            "[http]", with: "[http]\npublic_url = \"\(example.text)\"")
        #expect((try? load(text).get().configuration.http.publicURL) == example.normal)
    }

    static let listens: [(text: String, written: String?)] = [
        ("127.0.0.1:8080", "127.0.0.1:8080"), ("[::1]:0", "[::1]:0"),
        ("localhost:80", "localhost:80"),
        ("0.0.0.0:443", "0.0.0.0:443"), ("127.0.0.1", nil), (":8080", nil), ("::1:8080", nil),
        ("127.0.0.1:65536", nil), ("127.0.0.1:-1", nil), ("127.0.0.1:80x", nil), ("", nil),
    ]

    @Test(arguments: listens)
    func addressesToListenOnAreChecked(_ example: (text: String, written: String?)) {
        let text = smallest.replacing("127.0.0.1:8080", with: example.text)
        #expect((try? load(text).get().configuration.http.listen?.written) == example.written)
    }

    static let stores: [(text: String, location: StoreLocation?)] = [
        ("sqlite:/var/lib/x.db", .sqlite(path: "/var/lib/x.db")),
        ("sqlite:///var/lib/x.db", .sqlite(path: "/var/lib/x.db")),
        ("sqlite:x.db", .sqlite(path: "x.db")),
        ("postgres://u:p@h/d", .postgres(url: "postgres://u:p@h/d")),
        ("postgresql:///d?host=/run", .postgres(url: "postgresql:///d?host=/run")),
        ("sqlite:", nil), ("sqlite:/tmp/", nil), ("sqlite::memory:", nil), ("/var/lib/x.db", nil),
        ("postgres://", nil), ("mysql://x", nil), ("sqlite:/a\\u0000b", nil),
    ]

    @Test(arguments: stores)
    func storesAreFilesOrServers(_ example: (text: String, location: StoreLocation?)) {
        let text = smallest.replacing("sqlite:/tmp/desk/hamdel.db", with: example.text)
        #expect((try? load(text).get().configuration.store.location) == example.location)
    }

    @Test func whatIsUnwiseIsWarnedOf() throws {
        let text = """
            [store]
            url = "sqlite:x.db"
            [http]
            listen = "0.0.0.0:80"
            socket = "api.sock"
            [smtp]
            url = "smtp://mail.example.org"
            user = "desk"
            password = "hunter2"
            tls = "off"
            [[team]]
            name = "support"
            [[inbox]]
            name = "phones"
            channel = "phone-log"
            team = "support"
            trust_identities = true
            """
        #expect(
            try loaded(text).warnings.map(\.description) == [
                "hamdel.toml:2:7: store.url: warning: \"x.db\" is relative to wherever the daemon is started; begin with \"/\"",
                "hamdel.toml:3:2: http.public_url: warning: not set: links to surveys will lead to http://0.0.0.0:80/s/…, which nobody outside can open",
                "hamdel.toml:4:10: http.listen: warning: tokens and mail cross the network unencrypted unless a proxy with TLS stands in front",
                "hamdel.toml:5:10: http.socket: warning: \"api.sock\" is relative to wherever the daemon is started; begin with \"/\"",
                "hamdel.toml:9:12: smtp.password: warning: the secret is written into the configuration; keep it in a file of its own: { file = \"…\" }",
                "hamdel.toml:10:7: smtp.tls: warning: the password crosses the network unencrypted",
                "hamdel.toml:13:1: inbox.region: warning: not set: numbers without a country code will belong to nobody; set region = \"IR\" or the like",
                "hamdel.toml:17:1: inbox.trust_identities: warning: has no effect in an inbox of phone-log; it is for chat-webhook and exec",
            ])
    }
}
