internal import HTTPTypes
internal import HelpdeskAPI
internal import HelpdeskCore

/// An answer that says what went wrong: thrown by handlers, written as `application/problem+json` (RFC 9457).
struct DeskProblem: Error, Hashable {
    /// The words of `API.Problem.code`, for programs.
    enum Code: String {
        case unauthorized, forbidden, gone, conflict, invalid, unavailable, `internal`
        case notFound = "not_found"
        case changedMeanwhile = "changed_meanwhile"
        case tooLarge = "too_large"
        case rateLimited = "rate_limited"
        case methodNotAllowed = "method_not_allowed"
    }

    var status: Int
    var code: Code
    var detail: String
    var errors: [API.Problem.Fault] = []
    /// Seconds, with 429 and 503.
    var retryAfter: Int64?
    /// The ticket's version as it is now, with 412.
    var version: Int64?
    /// With 412: what happened since.
    var changes: [API.Problem.Change] = []

    init(
        _ status: Int, _ code: Code, _ detail: String, errors: [API.Problem.Fault] = [],
        retryAfter: Int64? = nil, version: Int64? = nil
    ) {
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = errors
        self.retryAfter = retryAfter
        self.version = version
    }

    static func notFound(_ what: String) -> DeskProblem {
        DeskProblem(404, .notFound, "\(what) does not exist, or you may not see it")
    }

    /// One value that cannot be: which, and what was expected.
    static func invalid(_ place: String, _ reason: String) -> DeskProblem {
        DeskProblem(
            422, .invalid, "\(place): \(reason)",
            errors: [API.Problem.Fault(place: place, reason: reason)])
    }

    /// What cannot be read at all.
    static func malformed(_ place: String, _ reason: String) -> DeskProblem {
        DeskProblem(
            400, .invalid, "\(place): \(reason)",
            errors: [API.Problem.Fault(place: place, reason: reason)])
    }

    static func forbidden(_ what: String) -> DeskProblem {
        DeskProblem(403, .forbidden, "you may not \(what)")
    }

    static func tooLarge(limit: Int) -> DeskProblem {
        DeskProblem(413, .tooLarge, "at most \(limit) bytes are taken here")
    }

    static func rateLimited(retryAfter: TimeSpan) -> DeskProblem {
        let seconds = retryAfter.wholeSeconds
        return DeskProblem(
            429, .rateLimited, "too many requests; come back in \(seconds) s", retryAfter: seconds)
    }

    static func busy(_ detail: String, retryAfter: Int64 = 2) -> DeskProblem {
        DeskProblem(503, .unavailable, detail, retryAfter: retryAfter)
    }

    /// The same text and work for every way of not being somebody (reliability F14).
    static let unauthorized = DeskProblem(
        401, .unauthorized,
        "sign in with a token: Authorization: Bearer TOKEN (hamdeld agent token LOGIN makes one)")

    static let `internal` = DeskProblem(
        500, .internal, "something went wrong in the daemon; its log says what")
}

extension TimeSpan {
    /// Rounded up, at least 1: for `Retry-After`.
    var wholeSeconds: Int64 {
        let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: 1_000)
        return max(1, quotient &+ (remainder > 0 ? 1 : 0))
    }
}

extension DeskProblem {
    func document(instance: String?) -> API.Problem {
        API.Problem(
            type: "about:blank", title: StatusPhrase.of(status), status: status, detail: detail,
            instance: instance, code: code.rawValue, errors: errors,
            changes: changes)
    }

    func answer(instance: String?) -> DeskAnswer {
        let body = (try? WireJSON.encode(document(instance: instance))) ?? []
        var answer = DeskAnswer(
            status: status, contentType: "application/problem+json", bytes: body)
        if let retryAfter { answer.headers.append((.retryAfter, "\(retryAfter)")) }
        if let version { answer.headers.append((.eTag, EntityTag.text(version))) }
        if status == 401 { answer.headers.append((.wwwAuthenticate, "Bearer")) }
        return answer
    }
}

/// The reason phrases of the statuses we send (RFC 9110 section 15).
enum StatusPhrase {
    static func of(_ status: Int) -> String {
        switch status {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 409: "Conflict"
        case 410: "Gone"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 503: "Service Unavailable"
        default: status < 500 ? "Error" : "Internal Server Error"
        }
    }
}
