internal import FoundationEssentials
internal import HelpdeskCore
internal import HelpdeskStore

extension Administration {
    private struct EndpointLine: Encodable {
        let name: String
        let state: String
        let position: Int64?
        let behind: Int64
        let waiting: Int
        let dead: Int
        let detail: String?
    }

    private struct LetterLine: Encodable {
        let position: Int64
        let type: String
        let ticket: Int64?
        let attempts: Int
        let since: Int64
        let detail: String?
    }

    func perform(_ request: WebhookRequest) async throws(DeskFailure) -> AdministrationReply {
        let forwarding = ForwardingDesk(desk)
        switch request {
        case .list: return try await listWebhooks()
        case .dead(let name): return try await listDeadLetters(of: name)
        case .retry(let name, let position):
            try await forwarding.revive(position, of: name)
            return AdministrationReply(.done, "what was given up for \(name) is tried again")
        case .replay(let name, let after):
            try await forwarding.replay(name, after: after)
            return AdministrationReply(
                .done, "\(name) gets everything after position \(after.rawValue) once more")
        case .resume(let name):
            try await forwarding.resume(name)
            return AdministrationReply(.done, "\(name) is asked again")
        }
    }

    private func listWebhooks() async throws(DeskFailure) -> AdministrationReply {
        let lines = try await ForwardingDesk(desk).standings().map { standing in
            EndpointLine(
                name: standing.name,
                state: standing.cursor?.state == .stopped
                    ? "stopped" : standing.connection == .up ? "active" : "down",
                position: standing.cursor?.position.rawValue, behind: standing.behind,
                waiting: standing.waiting, dead: standing.dead, detail: standing.cursor?.detail)
        }
        let text = lines.map { line in
            let words = [
                line.name, line.state, "position \(line.position.map { String($0) } ?? "-")",
                "\(line.behind) behind", "\(line.waiting) waiting", "\(line.dead) given up",
            ]
            return (words + [line.detail].compactMap { $0 }).joined(separator: "\t")
        }
        return AdministrationReply(
            .done, text.isEmpty ? "no [[webhook_out]] is configured" : text.joined(separator: "\n"),
            document: Self.json(["webhooks": lines]))
    }

    private func listDeadLetters(of name: String) async throws(DeskFailure) -> AdministrationReply {
        let page = try await ForwardingDesk(desk).deadLetters(
            of: name, after: .start, limit: PageLimit.maximum)
        let lines = page.rows.map { letter in
            LetterLine(
                position: letter.position.rawValue, type: letter.type,
                ticket: letter.ticket?.rawValue, attempts: letter.attempts,
                since: letter.since.milliseconds, detail: letter.detail)
        }
        var text = lines.map { line in
            [
                String(line.position), line.type, line.ticket.map { "ticket \($0)" } ?? "-",
                "\(line.attempts) attempts", line.detail ?? "",
            ].joined(separator: "\t")
        }
        if page.next != nil { text.append("and more") }
        return AdministrationReply(
            .done, text.isEmpty ? "nothing was given up" : text.joined(separator: "\n"),
            document: Self.json(["dead_letters": lines]))
    }
}
