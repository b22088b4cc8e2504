import HelpdeskAPI
import HelpdeskClient
import Testing

struct ExitTests {
    @Test(arguments: [
        (400, ProgramExit.failed), (401, .notAllowed), (403, .notAllowed), (404, .notFound),
        (410, .notFound), (409, .changedMeanwhile), (412, .changedMeanwhile), (413, .failed),
        (422, .failed), (429, .tryAgain), (500, .failed), (502, .tryAgain), (503, .tryAgain),
        (504, .tryAgain), (302, .failed),
    ])
    func `an answer's status gives the exit CONTRACT names`(status: Int, exit: ProgramExit) {
        let problem = API.Problem(type: "about:blank", title: "", status: status, code: "")
        #expect(ClientFailure.problem(problem, retryAfter: nil).exit == exit)
    }

    @Test(arguments: [
        (ClientFailure.unreachable(""), ProgramExit.unreachable), (.interrupted(""), .tryAgain),
        (.notUnderstood(""), .failed), (.configuration(""), .configuration),
        (.local(""), .failed), (.cancelled, .cancelled),
    ])
    func `a failure without an answer has its exit`(failure: ClientFailure, exit: ProgramExit) {
        #expect(failure.exit == exit)
    }

    @Test func `the numbers are those of CONTRACT`() {
        #expect(ProgramExit.allCases.map(\.rawValue) == [0, 1, 2, 4, 5, 6, 7, 64, 69, 75, 78])
    }
}
