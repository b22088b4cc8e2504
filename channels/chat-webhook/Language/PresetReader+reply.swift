internal import ChannelKit
internal import TOMLReading

extension PresetReader {
    mutating func reply(_ table: PresetTable) -> PresetReply? {
        expect(
            table,
            only: [
                "method", "url", "form", "headers", "to", "body", "id", "accepted", "attempts",
                "retry_after", "detail", "outcome",
            ])
        let outcomes = tables("outcome", table).compactMap { outcome($0) }
        var body: PresetReply.Body?
        if let node = table.node("body") {
            body = self.body(node, table.path("body"))
        } else {
            missing("body", in: table)
        }
        let headers = headers(table, .outgoing)
        let id = template("id", table, .answer)
        let retryAfter = template("retry_after", table, .answer)
        let detail = template("detail", table, .answer)
        guard let url = required("url", table, .outgoing),
            let to = required("to", table, .message), let body
        else { return nil }
        return PresetReply(
            method: choice("method", table) ?? .post, url: url,
            form: choice("form", table) ?? .json, headers: headers, to: to, body: body, id: id,
            accepted: choice("accepted", table) ?? .sent,
            attempts: choice("attempts", table, AttemptsWord.self) == .idempotent
                ? .idempotent : .atLeastOnce,
            retryAfter: retryAfter, detail: detail, outcomes: outcomes)
    }

    private enum AttemptsWord: String, CaseIterable {
        case idempotent, atLeastOnce = "at_least_once"
    }

    private enum OutcomeWord: String, CaseIterable {
        case accepted, retry, blocked, unsupported, auth, content, other
        case badAddress = "bad_address"
        case windowClosed = "window_closed"
        case tooLong = "too_long"

        var meaning: PresetReply.Outcome.Meaning {
            switch self {
            case .accepted: .accepted
            case .retry: .retry
            default: .rejected(RejectionCode(rawValue: rawValue) ?? .other)
            }
        }
    }

    private mutating func outcome(_ table: PresetTable) -> PresetReply.Outcome? {
        expect(table, only: ["when", "means"])
        let when = conditions("when", table, .answer)
        if when.isEmpty { missing("when", in: table) }
        guard let word = choice("means", table, OutcomeWord.self) else {
            if table.node("means") == nil { missing("means", in: table) }
            return nil
        }
        return PresetReply.Outcome(when: when, meaning: word.meaning)
    }

    /// Nests as deep as a TOML file, which its reader bounds.
    private mutating func body(
        _ node: TOMLNode, _ path: String
    ) -> PresetReply.Body? {
        switch node.value {
        case .string(let text):
            return template(text, at: node.place, path, .message).map { .text($0) }
        case .boolean(let flag): return .flag(flag)
        case .integer(let number): return .number(number)
        case .array(let list):
            return .list(list.compactMap { body($0, path) })
        case .table(let table):
            return .table(
                table.entries.compactMap { entry in
                    body(entry.node, "\(path).\(entry.key)")
                        .map { (entry.key, $0) }
                })
        case .float, .date, .timeOfDay, .dateTime:
            fault(node.place, "\(path): expected text, a whole number, true or false")
            return nil
        }
    }
}
