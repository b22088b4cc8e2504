internal import HTTPTypes
internal import HelpdeskCore
internal import HelpdeskEngine
internal import Hummingbird
internal import Logging
internal import NIOCore

/// `GET|POST /s/{token}`: looking records nothing, whoever looks; answering does, and can be corrected (CONTRACT, DESIGN
/// "Surveys").
struct SurveyEntry: Sendable {
    /// Bytes of a form.
    static let maximumForm = 65_536

    let desk: Desk
    let rate: TokenBuckets
    let metrics: ServerMetrics

    func show(_ request: Request, _ context: DeskContext) async -> Response {
        await answer(request, context, "surveyPage") { token in
            let state = try await SurveyDesk(desk).page(token: token)
            let asked = RequestQuery(request.uri.query)["score"].flatMap {
                PersianDigits.integer($0)
            }
            let page = SurveyPage(
                state: state, token: token,
                chosen: asked.flatMap { state.kind.scores.contains($0) ? $0 : nil } ?? state.score)
            return Self.page(page.html())
        }
    }

    func record(_ request: Request, _ context: DeskContext) async -> Response {
        await answer(request, context, "surveyAnswer") { token in
            try rate.take(
                Self.rateKey(request, context, token), at: desk.environment.now())
            let body = try await BodyReading.bytes(of: request, upTo: Self.maximumForm)
            let fields = PercentCoding.pairs(body)
            if fields.contains(where: Self.isStop) {
                let stopped = try await SurveyDesk(desk).stop(token: token)
                let page = SurveyPage(
                    state: stopped, token: token, chosen: stopped.score, message: .stopped)
                return Self.page(page.html())
            }
            let comment = fields.first { $0.name == "comment" }?.value ?? ""
            let state = try await SurveyDesk(desk).page(token: token)
            let given = fields.first { $0.name == "score" }
                .flatMap { PersianDigits.integer($0.value) }
            guard let score = given, state.kind.scores.contains(score) else {
                let page = SurveyPage(
                    state: state, token: token, chosen: state.score, written: comment,
                    message: .scoreMissing)
                return Self.page(page.html(), status: 400)
            }
            let answered = try await SurveyDesk(desk).answer(
                token: token, score: score, comment: comment.isEmpty ? nil : comment)
            let page = SurveyPage(
                state: answered, token: token, chosen: score, written: comment, message: .thanks)
            return Self.page(page.html())
        }
    }

    /// The page's own button, or a mail program's (RFC 8058 section 3.1).
    private static func isStop(_ field: (name: String, value: String)) -> Bool {
        field.name == "stop" && !field.value.isEmpty
            || field.name == "List-Unsubscribe" && field.value == "One-Click"
    }

    private func answer(
        _ request: Request, _ context: DeskContext, _ route: String,
        _ body: (String) async throws -> DeskAnswer
    ) async -> Response {
        let answer: DeskAnswer
        do {
            guard let token = context.parameters[RoutePath.name(0)], Self.isToken(token) else {
                throw DeskProblem.notFound("this survey")
            }
            answer = try await body(String(token))
        } catch {
            answer = Self.page(for: DeskProblem(error) ?? .internal)
            if answer.status == 500 {
                context.logger.error("a survey page failed", metadata: ["error": "\(error)"])
            }
        }
        metrics.count(route, status: answer.status)
        return answer.response()
    }

    /// URL-safe Base64 without padding: so that it stands in the page as it is.
    static func isToken(_ text: Substring) -> Bool {
        (22...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
                default: false
                }
            }
    }

    /// The customer's network; behind a proxy that does not say it, the survey itself.
    private static func rateKey(
        _ request: Request, _ context: DeskContext, _ token: String
    ) -> String {
        ClientAddress.key(
            peer: context.channel.remoteAddress?.ipAddress,
            forwardedFor: request.headers[.forwardedFor]) ?? "token:\(token)"
    }

    private static func page(for problem: DeskProblem) -> DeskAnswer {
        let html =
            switch problem.status {
            case 404: SurveyNotice.html(.surveyUnknown)
            case 410: SurveyNotice.html(.surveyExpired)
            default: SurveyNotice.html(SurveyNotice.later)
            }
        var answer = page(html, status: problem.status)
        if let retryAfter = problem.retryAfter {
            answer.headers.append((.retryAfter, "\(retryAfter)"))
        }
        return answer
    }

    private static func page(_ html: String, status: Int = 200) -> DeskAnswer {
        var answer = DeskAnswer(
            status: status, contentType: "text/html; charset=utf-8", bytes: Array(html.utf8))
        answer.headers = [
            (.contentSecurityPolicy, SurveyStyle.policy), (.referrerPolicy, "no-referrer"),
            (.robotsTag, "noindex, nofollow"),
        ]
        return answer
    }
}
