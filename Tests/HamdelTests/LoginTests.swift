import ArgumentParser
import Glibc
import HelpdeskAPI
import HelpdeskClient
import HelpdeskCore
import Testing

@testable import hamdel

struct LoginTests {
    private static let me = Samples.text(
        API.Me(
            agent: API.Agent(
                login: AgentID(rawValue: "ali"), name: "Ali", role: "agent", capacity: 8, load: 0,
                onDuty: true, disabled: false),
            position: Position(rawValue: 1), version: "0"))

    private static func file() throws -> CredentialFile {
        var template = Array("/tmp/hamdel-login-XXXXXX".utf8CString)
        let made = mkdtemp(&template) != nil
        try #require(made)
        let folder = template.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { String(cString: $0) } ?? ""
        }
        return CredentialFile(path: folder + "/credentials")
    }

    private static func command() throws -> LoginCommand {
        try LoginCommand.parse(["https://desk.example.org", "--with-token"])
    }

    @Test func `a token is tried, then kept`() async throws {
        let rig = Rig(["GET /me": Self.me], input: FakeInput(text: "abc\n"))
        let file = try Self.file()
        var address: DaemonAddress?
        try await Self.command().signIn(rig.context, file) {
            address = $0
            return rig.context.client
        }
        #expect(address == .network(url: "https://desk.example.org", token: "abc"))
        #expect(try file.load() == Credentials(url: "https://desk.example.org", token: "abc"))
        #expect(rig.printed == "signed in as ali at https://desk.example.org\n")
    }

    @Test func `a token the daemon refuses is not kept`() async throws {
        let rig = Rig(input: FakeInput(text: "abc"))
        rig.answer("GET /me", "{}", status: 401)
        let file = try Self.file()
        let failure = await #expect(throws: ClientFailure.self) {
            try await Self.command().signIn(rig.context, file) { _ in rig.context.client }
        }
        #expect(failure?.exit == .notAllowed)
        #expect(try file.load() == nil)
    }
}
