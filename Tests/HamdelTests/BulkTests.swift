import ArgumentParser
import HelpdeskAPI
import HelpdeskClient
import HelpdeskCore
import Testing

@testable import hamdel

struct BulkTests {
    private static func rig(_ numbers: [Int64], input: String = "") -> Rig {
        let rig = Rig(input: FakeInput(text: input))
        for number in numbers {
            rig.answer(
                "POST /tickets/\(number)/close",
                Samples.text(Samples.ticket(number, status: .closed)))
        }
        return rig
    }

    @Test func `ids come from standard input, and changing many needs a yes`() async throws {
        let rig = Self.rig([1, 2], input: "1\n#۲\n")
        await #expect(throws: ValidationError.self) { try await rig.run("ticket", "close", "-") }
        #expect(rig.requests == [])
        try await rig.run("ticket", "close", "-", "--yes", "-q")
        #expect(rig.requests.count == 2)
        #expect(rig.printed == "1\n2\n")
    }

    @Test func `a dry run changes nothing`() async throws {
        let rig = Self.rig([1, 2], input: "1 2")
        try await rig.run("ticket", "close", "-", "--dry-run")
        #expect(rig.requests == [])
        #expect(rig.printed == "would close #1\nwould close #2\n")
    }

    @Test func `a few typed by hand are meant, many are asked about`() async throws {
        let few = Self.rig([1, 2])
        try await few.run("ticket", "close", "1,2", "-q")
        #expect(few.printed == "1\n2\n")
        let many = Self.rig([])
        await #expect(throws: ValidationError.self) {
            try await many.run("ticket", "close", "1,2,3,4,5,6,7,8,9,10,11")
        }
    }

    @Test func `when some fail, the others are done and the exit is 7`() async throws {
        let rig = Self.rig([1, 3])
        await #expect(throws: ProgramExit.partly) {
            try await rig.run("ticket", "close", "1,2,3", "-o", "ids")
        }
        #expect(rig.printed == "1\n3\n")
        #expect(rig.complaints == "#2: no such thing\n")
    }

    @Test func `when all fail, the exit is that of the first`() async throws {
        let rig = Self.rig([])
        await #expect(throws: ProgramExit.notFound) {
            try await rig.run("ticket", "close", "1,2")
        }
        #expect(rig.printed == "")
    }

    @Test func `when nobody may, the rest is not tried`() async throws {
        let rig = Self.rig([1, 3])
        rig.answer("POST /tickets/2/close", "{}", status: 401)
        await #expect(throws: ProgramExit.partly) {
            try await rig.run("ticket", "close", "1,2,3", "-q")
        }
        #expect(rig.requests.count == 2)
    }

    @Test func `one ticket alone is one document, many are a list`() async throws {
        let one = Self.rig([1])
        try await one.run("ticket", "close", "1", "-o", "json")
        #expect(one.printed == Samples.text(Samples.ticket(1, status: .closed)) + "\n")
        let two = Self.rig([1, 2])
        try await two.run("ticket", "close", "1,2", "-o", "json")
        #expect(
            two.printed
                == Samples.page([
                    Samples.ticket(1, status: .closed), Samples.ticket(2, status: .closed),
                ]) + "\n")
    }

    @Test func `a version is for one ticket`() async throws {
        let rig = Self.rig([1, 2])
        await #expect(throws: ValidationError.self) {
            try await rig.run("ticket", "close", "1,2", "--if-version", "3")
        }
    }

    @Test func `a single failure is thrown as it is`() async throws {
        let rig = Self.rig([])
        let failure = await #expect(throws: ClientFailure.self) {
            try await rig.run("ticket", "close", "1")
        }
        #expect(failure?.exit == .notFound)
    }
}
