import Testing

@testable import ExecChannel

@Suite("How much of the daemon's time an adapter gets")
struct ExecPaceTests {
    @Test("as many messages together as others can wait for, and more again once it goes faster")
    func together() {
        var pace = ExecPace()
        #expect(pace.together == 32)
        for wanted in [16, 8, 4, 2, 1, 1] {
            pace.committed(pace.together, in: .milliseconds(40))
            #expect(pace.together == wanted)
        }
        for wanted in [2, 4, 8, 16, 32, 32] {
            pace.committed(pace.together, in: .milliseconds(2))
            #expect(pace.together == wanted)
        }
        pace.committed(16, in: .milliseconds(11))
        pace.committed(1, in: .milliseconds(1))
        #expect(pace.together == 16, "one that was quick says nothing of sixteen")
        pace.committed(16, in: .milliseconds(7))
        #expect(pace.together == 16)
    }

    @Test("rest after messages: twice their time, a second at most")
    func messages() {
        #expect(ExecPace.rest(afterMessages: .milliseconds(10)) == .milliseconds(20))
        #expect(ExecPace.rest(afterMessages: .seconds(30)) == .seconds(1))
    }

    @Test(
        "an adapter that talks without an end gets a tenth; one that says a line now and then waits for nothing"
    )
    func words() {
        var pace = ExecPace()
        var work = Duration.zero
        var rest = Duration.zero
        for _ in 0..<100_000 {
            work += .microseconds(50)
            rest += pace.heard(in: .microseconds(50)) ?? .zero
        }
        #expect(work == .seconds(5))
        #expect(rest == .seconds(45))
        for _ in 0..<100_000 {
            #expect(pace.heard(in: .microseconds(900)) == nil)
            pace.fellSilent()
        }
        #expect(pace.heard(in: .seconds(30)) == .seconds(1))
        #expect(pace.heard(in: .milliseconds(1)) == nil)
    }
}
