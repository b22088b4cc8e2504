internal import HelpdeskAPI
internal import HelpdeskCore

extension API.ReplyPreview {
    init(_ route: ReplyRoute) {
        let way = route.way
        self.init(
            inbox: way.inbox, channel: way.channel, to: [way.address.value],
            reason: Self.word(route.reason),
            sentence:
                "By \(way.inbox.rawValue) to \(way.address.value): \(Self.because(route.reason)).",
            warnings: way.verification == .verified
                ? [] : ["Nobody vouches for this address; check what you write."],
            alternatives: route.alternatives.map(Alternative.init))
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
        let trust = way.verification == .verified ? "" : ", not verified"
        self.init(
            inbox: way.inbox, channel: way.channel, to: [way.address.value],
            available: availability.0,
            sentence: "\(way.inbox.rawValue) to \(way.address.value): \(availability.1)\(trust).")
    }
}
