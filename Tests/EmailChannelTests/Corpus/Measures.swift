import CorpusKit

/// The sets of visible text. Cases where our answer is the better one are listed with their reason.
enum ReplyMeasures {
    static let all: [Measure] = [
        "reply-crisp", "reply-edgetier", "reply-github", "reply-mpr", "reply-mua-intros",
        "reply-peers",
        "reply-talon", "reply-trimmer", "reply-willdurand", "reply-zapier",
    ].map {
        Measure($0, "visible text", bar: 90, better: better[$0] ?? [:], compare: Agreement.check)
    }

    private static let signOff =
        "a closing formula with the writer's name below it is a signature; the peer keeps it"
    private static let device = "“Sent from …” is the device's line, no words of the person"

    private static let better: [String: [String: String]] = [
        "reply-edgetier": [
            "reply-edgetier/email_portuguese": signOff,
            "reply-edgetier/long_passage":
                "the peer cuts after so many words; a long mail stays whole here",
        ],
        "reply-mpr": [
            "reply-mpr/email_2_1":
                "the rule above the quoted headers belongs to them; two other peers agree with us"
        ],
        "reply-peers": ["reply-peers/lr-html-protonmail": device],
        "reply-talon": [
            "reply-talon/plain-001-too_many_lines":
                "the peer stops after so many lines; every line is read here",
            "reply-talon/sig-04": "the same text is expected whole in sig-18",
            "reply-talon/standard-iphone": device, "reply-talon/standard-sparrow": device,
        ],
    ]
}

/// The sets of bounces and automatic mail.
enum MachineMeasures {
    static let all: [Measure] = [
        Measure("autoreply-peers", bar: 95, compare: Agreement.check),
        Measure("bounce-sisimai", "class and hardness", bar: 90, compare: Agreement.bounceClass),
        Measure("bounce-sisimai", "recipients", bar: 85, compare: Agreement.bounceRecipients),
        Measure(
            "bounce-sisimai", "reasons, reported only", bar: 0, compare: Agreement.bounceReasons),
        Measure("bounce-sisimai", "codes, reported only", bar: 0, compare: Agreement.bounceCodes),
        Measure("bounce-flufl", "class and hardness", bar: 90, compare: Agreement.bounceClass),
        Measure("bounce-flufl", "recipients", bar: 85, compare: Agreement.bounceRecipients),
    ]
}
