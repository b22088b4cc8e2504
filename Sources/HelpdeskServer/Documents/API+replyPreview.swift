internal import HelpdeskAPI
internal import HelpdeskCore
internal import HelpdeskEngine

extension API.ReplyPreview {
    init(_ plan: ReplyPlan) {
        let route = plan.route
        let way = route.way
        self.init(
            inbox: way.inbox, channel: way.channel, to: [way.address.value],
            participants: plan.participants.map(\.value), cc: plan.offered.map(\.value),
            reason: Self.word(route.reason),
            sentence:
                "By \(way.inbox.rawValue) to \(way.address.value)\(Self.besides(plan)): \(Self.because(route.reason)).",
            warnings: Self.warnings(route),
            alternatives: route.alternatives.map(Alternative.init))
    }

    private static func besides(_ plan: ReplyPlan) -> String {
        guard !plan.participants.isEmpty else { return "" }
        return " and, because an agent added them, to "
            + plan.participants.map(\.value).joined(separator: ", ")
    }

    private static func warnings(_ route: ReplyRoute) -> [String] {
        var warnings: [String] = []
        if let failed = route.insteadOf, case .undeliverable(let since, let code) = failed.standing
        {
            warnings.append(
                "\(bounced(failed, since, code)); this goes to \(route.way.address.value) by \(route.way.inbox.rawValue) instead."
            )
        }
        if let closed = route.insteadOf, case .closed(let since) = closed.window {
            warnings.append(
                "The reply window of \(closed.inbox.rawValue) closed on \(RFC3339.text(since)); this goes to \(route.way.address.value) by \(route.way.inbox.rawValue) instead."
            )
        }
        if case .undeliverable(let since, let code) = route.way.standing {
            warnings.append("\(bounced(route.way, since, code)); it may come back again.")
        }
        if route.way.verification != .verified {
            warnings.append("Nobody vouches for this address; check what you write.")
        }
        return warnings
    }

    private static func bounced(
        _ way: ReplyRoute.Way, _ since: Instant, _ code: String?
    ) -> String {
        "Mail to \(way.address.value) came back on \(RFC3339.text(since))\(code.map { " (\($0))" } ?? "")"
    }

    /// The customer cannot be reached as asked.
    static func unreachable(_ sentence: String) -> API.ReplyPreview {
        API.ReplyPreview(reason: "unreachable", sentence: sentence, warnings: [sentence])
    }

    private static func word(_ reason: ReplyRoute.Reason) -> String {
        switch reason {
        case .chosen: "chosen"
        case .answered: "same_channel"
        case .preferred: "stated_preference"
        case .lastVerified: "last_verified"
        }
    }

    private static func because(_ reason: ReplyRoute.Reason) -> String {
        switch reason {
        case .chosen: "you chose it"
        case .answered: "the customer wrote there"
        case .preferred: "the customer prefers it"
        case .lastVerified: "it is the last verified way to reach them"
        }
    }
}

extension API.ReplyPreview.Alternative {
    init(_ way: ReplyRoute.Way) {
        let availability =
            switch way.window {
            case .open: (true, "can be used")
            case .closed(let since): (false, "closed since \(RFC3339.text(since))")
            }
        let trust =
            (way.verification == .verified ? "" : ", not verified")
            + (way.standing == .sound ? "" : ", mail there came back")
        self.init(
            inbox: way.inbox, channel: way.channel, to: [way.address.value],
            available: availability.0,
            sentence: "\(way.inbox.rawValue) to \(way.address.value): \(availability.1)\(trust).")
    }
}
