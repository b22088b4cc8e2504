import Glibc
import HelpdeskCore
import Synchronization
import TestKit
import Testing

@testable import HelpdeskServer

@Suite struct PeerTests {
    @Test func credentialsAreTwelveBytes() {
        #expect(MemoryLayout<PeerCredentials>.size == 12)
        #expect(MemoryLayout<PeerCredentials>.stride == 12)
        #expect(MemoryLayout<PeerCredentials>.alignment == 4)
    }

    @Test(
        arguments: [(1_000, 1_000), (0, nil), (65_534, nil), (.max, nil), (1, 1)]
            as [(UInt32, UInt32?)])
    func rootAndTheOverflowUserAreNobody(_ uid: UInt32, _ expected: UInt32?) {
        #expect(PeerCredentials(pid: 1, uid: uid, gid: 1).agentUID == expected)
    }

    @Test func namesAreRememberedForAMinute() async {
        let asked = Mutex<[UInt32]>([])
        let users = UnixUsers { uid in
            asked.withLock { $0.append(uid) }
            return uid == 1_000 ? "sara" : nil
        }
        let start = ManualClock.start
        #expect(await users.name(of: 1_000, at: start) == "sara")
        #expect(await users.name(of: 1_000, at: start + .seconds(59)) == "sara")
        #expect(await users.name(of: 1_001, at: start) == nil)
        #expect(await users.name(of: 1_001, at: start) == nil)
        #expect(asked.withLock { $0 } == [1_000, 1_001])
        #expect(await users.name(of: 1_000, at: start + .seconds(60)) == "sara")
        #expect(asked.withLock { $0 } == [1_000, 1_001, 1_000])
    }

    @Test func theSystemKnowsRootAndNotTheUnusedUser() {
        #expect(UnixUsers.systemName(0) == "root")
        #expect(UnixUsers.systemName(4_000_000_001) == nil)
    }
}

@Suite struct SocketFileTests {
    private func listen(at path: String) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0 && Glibc.listen(descriptor, 4) == 0)
        return descriptor
    }

    private func mode(of path: String) -> UInt32? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
    }

    @Test func aFreePlaceIsTakenWithItsModeAndAStaleSocketIsReplaced() throws {
        let folder = try TemporaryFolder()
        let file = SocketFile(path: folder.file("api.sock"), mode: 0o660, group: getgid())
        for _ in 0..<2 {
            try file.checkFree()
            let descriptor = try listen(at: file.bindingPath)
            #expect(try file.putInPlace() == .asAsked)
            #expect(mode(of: file.path) == 0o660)
            #expect(mode(of: file.bindingPath) == nil)
            #expect(SocketFile.isAnswered(file.path))
            close(descriptor)
            #expect(!SocketFile.isAnswered(file.path))
        }
        file.remove()
        #expect(mode(of: file.path) == nil)
    }

    @Test func aSocketThatIsAnsweredIsNotTakenAway() throws {
        let folder = try TemporaryFolder()
        let file = SocketFile(path: folder.file("api.sock"), mode: 0o660, group: nil)
        let descriptor = try listen(at: file.path)
        defer { close(descriptor) }
        #expect(throws: SocketFile.Failure.self) { try file.checkFree() }
        file.remove()
        #expect(SocketFile.isAnswered(file.path))
    }

    @Test func whatIsNoSocketIsLeftAlone() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("api.sock")
        let stream = try #require(fopen(path, "w"))
        fclose(stream)
        let file = SocketFile(path: path, mode: 0o660, group: nil)
        #expect(throws: SocketFile.Failure.self) { try file.checkFree() }
        file.remove()
        #expect(mode(of: path) != nil)
    }

    @Test func aNameTheSystemCannotHoldIsSaid() {
        let file = SocketFile(
            path: "/tmp/" + String(repeating: "x", count: 102), mode: 0o660, group: nil)
        let failure = #expect(throws: SocketFile.Failure.self) { try file.checkFree() }
        #expect(failure?.description.contains("106 bytes") == true)
    }
}
