internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine

/// A request to one route of the API, after routing, authentication and reading of the body.
struct DeskRequest: Sendable {
    let route: APIRoute
    /// Values of the names in the path's braces, in order, decoded.
    let parameters: [String]
    let query: RequestQuery
    let body: [UInt8]
    let contentType: String?
    let ifMatch: String?
    let lastEventID: String?
    /// The `Idempotency-Key`, where there is one.
    let command: CommandID?
    /// Nil only on routes for anyone.
    let authenticated: Caller?

    func caller() throws(DeskProblem) -> Caller {
        guard let authenticated else { throw .unauthorized }
        return authenticated
    }

    func viewer() throws(DeskProblem) -> Viewer { try caller().viewer }

    func parameter(_ index: Int = 0) throws(DeskProblem) -> String {
        guard parameters.indices.contains(index), !parameters[index].isEmpty else {
            throw .notFound("what you ask for")
        }
        return parameters[index]
    }

    /// An id in the path. What is no number names nothing.
    func number<Number: RawRepresentable>(
        _ what: String, as type: Number.Type = Number.self
    ) throws(DeskProblem) -> Number where Number.RawValue == Int64 {
        let text = try parameter()
        guard let value = Int64(PersianDigits.ascii(text)), value > 0,
            let number = Number(rawValue: value)
        else { throw .notFound("\(what) \(text)") }
        return number
    }

    func ticketNumber() throws(DeskProblem) -> TicketNumber { try number("ticket") }

    func version() throws(DeskProblem) -> Int64? { try EntityTag.version(ifMatch: ifMatch) }

    /// The body. No body at all counts as `{}`, so that members that may be left out all are.
    func document<Document: Decodable>(_ type: Document.Type) throws -> Document {
        try WireJSON.decode(type, from: body.isEmpty ? Array("{}".utf8) : body)
    }
}
