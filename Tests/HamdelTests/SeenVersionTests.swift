import ArgumentParser
import Foundation
import HelpdeskAPI
import HelpdeskClient
import HelpdeskCore
import Testing

@testable import hamdel

struct SeenVersionTests {
    private let folder = NSTemporaryDirectory() + "hamdel-seen-" + UUID().uuidString
    private var environment: [String: String] {
        ["XDG_STATE_HOME": folder, "HAMDEL_SOCKET": "/run/x.sock"]
    }

    private func ticket(_ number: Int64) -> TicketNumber { TicketNumber(rawValue: number) }

    @Test func `an answer carries the version that was shown last, unless told otherwise`()
        async throws
    {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let rig = Rig(environment: environment)
        rig.answer(
            "GET /tickets/12",
            Samples.text(API.TicketDetail(ticket: Samples.ticket(12), messages: [])))
        try await rig.run("ticket", "show", "12", "-o", "json")
        for (words, version) in [
            ([], "\"3\""), (["--seen", "40"], "\"40\""), (["--unseen"], nil),
        ] as [([String], String?)] {
            let answer = Rig(environment: environment)
            let command = try #require(
                try await Hamdel.asyncParseAsRoot(["ticket", "reply", "12", "--text", "a"] + words)
                    as? any DeskCommand)
            try? await command.run(in: answer.context)
            #expect(answer.headers.first?.first { $0.name == "If-Match" }?.value == version)
        }
    }

    @Test func `another desk and another ticket have versions of their own`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let seen = try #require(SeenVersions(environment: environment))
        #expect(seen.version(of: ticket(1), environment) == nil)
        seen.remember(5, of: ticket(1), environment)
        seen.remember(6, of: ticket(1), environment)
        seen.remember(7, of: ticket(2), environment)
        #expect(seen.version(of: ticket(1), environment) == 6)
        #expect(seen.version(of: ticket(2), environment) == 7)
        var elsewhere = environment
        elsewhere["HAMDEL_SOCKET"] = "/run/y.sock"
        #expect(seen.version(of: ticket(1), elsewhere) == nil)
    }

    @Test func `the memory is bounded, and the oldest goes first`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let seen = try #require(SeenVersions(environment: environment))
        for number in 1...Int64(SeenVersions.maximum + 3) {
            seen.remember(number, of: ticket(number), environment)
        }
        #expect(seen.version(of: ticket(3), environment) == nil)
        #expect(seen.version(of: ticket(4), environment) == 4)
    }

    @Test func `a damaged memory stops nothing`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let seen = try #require(SeenVersions(environment: environment))
        seen.remember(5, of: ticket(1), environment)
        try Data([0xFF, 0x0A, 0x20, 0x0A]).write(to: URL(fileURLWithPath: seen.path))
        #expect(seen.version(of: ticket(1), environment) == nil)
        seen.remember(6, of: ticket(1), environment)
        #expect(seen.version(of: ticket(1), environment) == 6)
    }
}
