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
        let began = ContinuousClock.now
        var now = began
        var work = Duration.zero
        while now - began < .seconds(100) {
            now += .microseconds(50)
            work += .microseconds(50)
            now += pace.heard(in: .microseconds(50), at: now) ?? .zero
        }
        #expect(work > .seconds(9) && work < .seconds(10.1))
        // A burst, and then a line of a millisecond every ten.
        now += .seconds(10)
        for _ in 0..<40 {
            now += .milliseconds(1)
            #expect(pace.heard(in: .milliseconds(1), at: now) == nil)
        }
        for _ in 0..<10_000 {
            now += .milliseconds(11)
            #expect(pace.heard(in: .milliseconds(1), at: now) == nil)
        }
        #expect(pace.heard(in: .seconds(30), at: now + .seconds(30)) == .milliseconds(750))
    }
}
