internal import HelpdeskAPI
internal import HelpdeskCore

extension Card {
    static func lines(of customer: API.Customer, _ context: CommandContext) -> [String] {
        var card = Card(context)
        card.line(
            "\(customer.name ?? "(no name)") (\(customer.id.rawValue))\(customer.vip ? " VIP" : "")\(customer.blocked ? " BLOCKED" : "")"
        )
        for identity in customer.identities {
            var text = "\(identity.kind):\(identity.id)"
            if !identity.verified { text += " (not verified)" }
            if let inbox = identity.inbox { text += " in \(inbox.rawValue) only" }
            if identity.shared { text += " (many people's)" }
            if let twin = identity.looksLike {
                text += " LOOKS LIKE \(twin.id) of customer \(twin.customer.rawValue)"
            }
            if let since = identity.undeliverableSince {
                let code = identity.undeliverableCode.map { " (\($0))" } ?? ""
                text += ", mail there comes back since \(card.moments.text(since))\(code)"
            }
            card.field("address", text)
        }
        for suggestion in customer.suggestions {
            var text = "\(suggestion.kind):\(suggestion.id)"
            if let other = suggestion.other { text += ", which is customer \(other.rawValue)'s" }
            if suggestion.suggestion > 0 { text += " [\(suggestion.suggestion)]" }
            card.field("perhaps", text)
        }
        for merge in customer.merged {
            card.field(
                "with",
                "\(merge.name ?? "(no name)") (\(merge.id.rawValue)), merged by \(merge.by) on \(card.moments.text(merge.at))"
            )
        }
        card.field("prefers", customer.preferredChannel?.rawValue)
        card.field("used last", customer.learnedChannel?.rawValue)
        card.field("of", customer.organisation)
        card.field("segments", customer.segments.joined(separator: " "))
        card.field("key", customer.externalID)
        if let crm = customer.crm { card.crm(crm) }
        for (name, value) in customer.attributes.sorted(by: { $0.key < $1.key }) {
            card.field(name, value)
        }
        card.field("open", customer.openTickets.map { "#\($0.rawValue)" }.joined(separator: " "))
        for summary in customer.scoreSummary {
            card.field(summary.key, standing(summary))
        }
        for score in customer.scores {
            var text = "\(score.kind.rawValue) \(score.score) on \(card.moments.text(score.at))"
            if let ticket = score.ticket { text += ", #\(ticket.rawValue)" }
            if let comment = score.comment { text += ": \(comment)" }
            card.field("score", text)
        }
        card.field("since", customer.createdAt)
        return card.lines
    }

    static func lines(of report: API.ScoreReport, _ context: CommandContext) -> [String] {
        var card = Card(context)
        card.line(
            "\(report.report.uppercased()), \(report.n) answers to \(report.sent) questions")
        card.field("answered", percent(report.responseRate))
        if let nps = report.nps {
            card.field("nps", ReportText.value(nps, "net") + range(report.npsInterval, "net"))
        }
        card.field(
            "satisfied", percent(report.satisfied).map { $0 + range(report.interval, "share") })
        card.field("neutral", percent(report.neutral))
        card.field("unhappy", percent(report.dissatisfied))
        card.field("mean", report.mean.map { ReportText.value($0, "mean") })
        if report.smallSample, report.n > 0 { card.field("few", "so few answers say little") }
        if let before = report.previous {
            card.field(
                "before",
                "\(before.n) answers, satisfied \(percent(before.satisfied) ?? "-")")
        }
        let most = Double(report.scores.map(\.n).max() ?? 0)
        for count in report.scores {
            let bar = Plot.bar(Double(count.n), of: most, width: 20)
            card.field("score \(count.score)", "\(count.n)  \(percent(count.share) ?? "")  \(bar)")
        }
        for (title, parts) in [
            ("agent", report.agents), ("team", report.teams), ("channel", report.channels),
            ("topic", report.topics),
        ] {
            for part in parts.prefix(20) { card.field(title, sentence(part)) }
        }
        return card.lines
    }

    private static func sentence(_ part: API.ScoreReport.Part) -> String {
        "\(part.key): \(standing(part))"
    }

    /// What answers come to, of how many, and how far that can be trusted.
    static func standing(_ part: API.ScoreReport.Part) -> String {
        var text: String
        if let nps = part.nps {
            text = "NPS \(ReportText.value(nps, "net"))\(range(part.npsInterval, "net"))"
        } else {
            text = "\(percent(part.satisfied) ?? "-")\(range(part.interval, "share"))"
        }
        text += ", \(part.n) of \(part.sent) answered"
        return part.smallSample ? text + "; few" : text
    }

    private static func range(_ interval: API.ScoreReport.Interval?, _ unit: String) -> String {
        guard let interval else { return "" }
        return
            " (95 %: \(ReportText.value(interval.low, unit)) to \(ReportText.value(interval.high, unit)))"
    }

    /// `66.7 %`, from a share between 0 and 1.
    static func percent(_ share: Double?) -> String? {
        guard let share, share.isFinite, (0...1).contains(share) else { return nil }
        let thousandths = Int((share * 1_000).rounded())
        return "\(thousandths / 10).\(thousandths % 10) %"
    }
}

extension Card {
    /// What the CRM says; when it says nothing, why.
    fileprivate mutating func crm(_ record: API.CRMRecord) {
        field("crm", record.link)
        for (name, value) in record.fields.sorted(by: { $0.key < $1.key }) {
            field("crm \(name)", value)
        }
        if record.state == "failed" { field("crm failed", record.detail) }
    }
}
