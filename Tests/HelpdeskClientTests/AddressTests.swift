import Glibc
import HelpdeskClient
import Testing

struct AddressTests {
    private static let stored = try? Credentials(url: "https://desk.example.org/", token: " abc\n")

    @Test func `the socket comes first, then the URL, then the login, then the usual socket`()
        throws
    {
        let url = "https://other.example.org"
        let all = ["HAMDEL_SOCKET": "/tmp/s", "HAMDEL_URL": url, "HAMDEL_TOKEN": "t"]
        #expect(
            try DaemonAddress.find(environment: all, stored: Self.stored)
                == .socket(path: "/tmp/s", token: "t"))
        #expect(
            try DaemonAddress.find(environment: ["HAMDEL_SOCKET": "/tmp/s"], stored: Self.stored)
                == .socket(path: "/tmp/s", token: nil))
        #expect(
            try DaemonAddress.find(
                environment: ["HAMDEL_SOCKET": "", "HAMDEL_URL": url, "HAMDEL_TOKEN": "t"],
                stored: Self.stored) == .network(url: url, token: "t"))
        #expect(
            try DaemonAddress.find(environment: [:], stored: Self.stored)
                == .network(url: "https://desk.example.org", token: "abc"))
        #expect(
            try DaemonAddress.find(environment: [:], stored: nil)
                == .socket(path: "/run/hamdel/api.sock", token: nil))
        #expect(
            try DaemonAddress.find(environment: ["HAMDEL_TOKEN": "t"], stored: nil)
                == .socket(path: "/run/hamdel/api.sock", token: nil))
    }

    @Test func `a token from the environment never goes to the stored daemon`() throws {
        #expect(
            try DaemonAddress.find(environment: ["HAMDEL_TOKEN": "t"], stored: Self.stored)
                == .network(url: "https://desk.example.org", token: "abc"))
    }

    @Test(arguments: [
        "http://127.0.0.1:8080", "http://localhost", "http://[::1]:80/x", "HTTPS://a.b/",
        "https://a.b/api/v1/",
    ])
    func `a URL that keeps the token to itself is taken`(url: String) {
        #expect(throws: Never.self) { try Credentials(url: url, token: "t") }
    }

    @Test(arguments: [
        "http://desk.example.org", "http://127.0.0.1.evil.org", "http://localhost.evil.org",
        "http://127.0.0.1@evil.org", "ftp://a.b", "desk.example.org", "", "https://",
        "https://a b", "https://a\r\nX: y", "http://",
    ])
    func `any other URL is refused`(url: String) {
        #expect(throws: ClientFailure.self) { try Credentials(url: url, token: "t") }
    }

    @Test func `a socket in place of a URL is told where it belongs`() {
        #expect(
            throws: ClientFailure.configuration(
                "the URL of the daemon must begin with https://; for a socket set HAMDEL_SOCKET to its path"
            )
        ) {
            try DaemonAddress.find(environment: ["HAMDEL_URL": "unix:/tmp/s"], stored: nil)
        }
    }

    @Test(arguments: ["", " \n", "a b", "a\r\nX: y", "é", String(repeating: "a", count: 5_000)])
    func `what is no token is refused`(token: String) {
        #expect(throws: ClientFailure.self) { try Credentials(url: "https://a.b", token: token) }
    }

    @Test func `the login is kept for its owner only`() throws {
        let folder = try temporaryFolder()
        let file = try #require(CredentialFile(environment: ["XDG_STATE_HOME": folder + "/new"]))
        #expect(file.path == folder + "/new/hamdel/credentials")
        #expect(try file.load() == nil)
        let login = try Credentials(url: "https://desk.example.org", token: "abc")
        try file.save(login)
        try file.save(login)
        #expect(try file.load() == login)
        var status = stat()
        #expect(stat(file.path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func `a login that others may read, or that is damaged, is refused`() throws {
        let folder = try temporaryFolder()
        let file = CredentialFile(path: folder + "/credentials")
        try file.save(try Credentials(url: "https://desk.example.org", token: "abc"))
        chmod(file.path, 0o644)
        #expect(throws: ClientFailure.self) { try file.load() }
        chmod(file.path, 0o600)
        truncate(file.path, 10)
        #expect(throws: ClientFailure.self) { try file.load() }
    }

    @Test func `without a home there is no login`() {
        #expect(CredentialFile(environment: ["HOME": "relative"]) == nil)
        #expect(
            CredentialFile(environment: ["HOME": "/h", "XDG_STATE_HOME": "relative"])?.path
                == "/h/.local/state/hamdel/credentials")
    }

    private func temporaryFolder() throws -> String {
        var template = Array("/tmp/hamdel-client-XXXXXX".utf8CString)
        let made = mkdtemp(&template) != nil
        try #require(made)
        return template.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { String(cString: $0) } ?? ""
        }
    }
}
