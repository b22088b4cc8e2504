import CorpusKit

/// The sets of visible text. Cases where our answer is the better one are listed with their reason.
enum ReplyMeasures {
    static let all: [Measure] = [
        "reply-crisp", "reply-edgetier", "reply-github", "reply-mpr", "reply-mua-intros", "reply-peers",
        "reply-talon", "reply-trimmer", "reply-willdurand", "reply-zapier",
    ].map { Measure($0, "visible text", bar: 90, better: better[$0] ?? [:], compare: Agreement.check) }

    private static let better: [String: [String: String]] = [:]
}

/// The sets of bounces and automatic mail.
enum MachineMeasures {
    static let all: [Measure] = [
        Measure("autoreply-peers", bar: 95, compare: Agreement.check),
        Measure("bounce-sisimai", "class and hardness", bar: 90, compare: Agreement.bounceClass),
        Measure("bounce-sisimai", "recipients", bar: 85, compare: Agreement.bounceRecipients),
        Measure("bounce-sisimai", "reasons, reported only", bar: 0, compare: Agreement.bounceReasons),
        Measure("bounce-sisimai", "codes, reported only", bar: 0, compare: Agreement.bounceCodes),
        Measure("bounce-flufl", "class and hardness", bar: 90, compare: Agreement.bounceClass),
        Measure("bounce-flufl", "recipients", bar: 85, compare: Agreement.bounceRecipients),
    ]
}
