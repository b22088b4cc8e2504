import ChannelKit
import CorpusKit
import HelpdeskCore

@testable import EmailChannel

/// Bounces: what `ParsedMail.deliveryReport` says, beside what the peers' detectors say.
extension Agreement {
    typealias Report = DeliveryReport

    /// Class, and whether any address is dead for good.
    static func bounceClass(_ testCase: CorpusSet.Case) -> Outcome {
        reported(testCase) { mail, differences in
            let expect = testCase.expect
            if let wanted = expect["class"]?.text {
                differences.expect("class", mail.reportClass, wanted)
            }
            if let hard = expect["any_hard"]?.boolean {
                let ours = mail.deliveryReport?.isHard ?? false
                differences.expect("any hard", "\(ours)", "\(hard)")
            }
            if let temporary = expect["temporary"]?.boolean {
                let isGivenUp = mail.deliveryReport?.isGivenUp ?? false
                let isMarked = mail.deliveryReport?.isHard ?? false
                differences.expect(
                    temporary ? "marked as dead" : "not given up",
                    that: temporary ? !isMarked : isGivenUp)
            }
        }
    }

    static func bounceRecipients(_ testCase: CorpusSet.Case) -> Outcome {
        reported(testCase) { mail, differences in
            let ours = mail.deliveryReport?.recipients ?? []
            if let wanted = testCase.expect["addresses"]?.texts {
                differences.expect(
                    "addresses", Set(ours.compactMap(\.address)).sorted().joined(separator: " "),
                    Set(wanted.map { $0.lowercased() }).sorted().joined(separator: " "))
            }
            if let count = testCase.expect["recipient_count"]?.number,
                testCase.expect["class"]?.text != "auto_reply"
            {
                differences.expect(
                    "recipients \(ours.compactMap(\.address))", "\(ours.count)", "\(count)")
            }
        }
    }

    /// Status class, reply code and reason of each recipient: reported, with no bar of their own.
    static func bounceReasons(_ testCase: CorpusSet.Case) -> Outcome {
        guard testCase.expect["class"]?.text == "bounce" else {
            return .leftOut("only bounces have reasons")
        }
        return reported(testCase) { mail, differences in
            let ours = mail.deliveryReport?.recipients ?? []
            for (index, wanted) in (testCase.expect["recipients"]?.list ?? []).enumerated() {
                guard ours.indices.contains(index) else {
                    differences.expect("no recipient \(index)", that: false)
                    continue
                }
                if let reason = wanted["reason"]?.text, let allowed = reasons[reason] {
                    differences.expect(
                        "reason \(ours[index].reason.rawValue) ≠ \(reason)",
                        that: allowed.contains(ours[index].reason))
                }
            }
        }
    }

    static func bounceCodes(_ testCase: CorpusSet.Case) -> Outcome {
        guard testCase.expect["class"]?.text == "bounce" else {
            return .leftOut("only bounces have codes")
        }
        return reported(testCase) { mail, differences in
            let ours = mail.deliveryReport?.recipients ?? []
            for (index, wanted) in (testCase.expect["recipients"]?.list ?? []).enumerated()
            where ours.indices.contains(index) {
                if let status = wanted["status"]?.text, let mine = ours[index].status {
                    differences.expect("status class \(mine) ≠ \(status)", that: mine.first == status.first)
                }
                if let code = wanted["reply_code"]?.text {
                    differences.expect("code", ours[index].replyCode, code)
                }
            }
        }
    }

    /// RFC 3464 fields as the message libraries read them (kind `dsn`).
    static func deliveryStatus(_ testCase: CorpusSet.Case) -> Outcome {
        reported(testCase) { mail, differences in
            let ours = mail.deliveryReport?.recipients ?? []
            let expect = testCase.expect["dsn"] ?? testCase.expect
            let wanted = expect["recipients"]?.list ?? (expect["action"] == nil ? [] : [expect])
            if let bounced = expect["bounce"]?.boolean ?? expect["bounced"]?.boolean {
                differences.expect("bounced", "\(mail.deliveryReport?.isGivenUp ?? false)", "\(bounced)")
            }
            if !wanted.isEmpty { differences.expect("recipients", "\(ours.count)", "\(wanted.count)") }
            for (mine, theirs) in zip(ours, wanted) {
                let address = theirs["final_recipient"]?.text?.lowercased()
                differences.expect(
                    "address \(mine.address ?? "-") ≠ \(address ?? "-")",
                    that: mine.address.map { address?.hasSuffix($0) ?? false } ?? (address == nil))
                differences.expect("action", mine.outcome == .delayed ? "delayed" : "failed", theirs["action"]?.text)
                let status = theirs["status"]?.text ?? theirs["error_status"]?.text
                differences.expect(
                    "status \(mine.status ?? "-") ≠ \(status ?? "-")",
                    that: mine.status?.first == status?.first)
                let words = Reductions.ws(theirs["diagnostic_code"]?.text ?? "")
                differences.expect(
                    "words", that: words.isEmpty || words.hasSuffix(Reductions.ws(mine.diagnostic ?? "-")))
            }
        }
    }

    private static func reported(
        _ testCase: CorpusSet.Case, _ compare: (ParsedMail, inout Differences) -> Void
    ) -> Outcome {
        guard testCase.expect["class"]?.text?.hasPrefix("unrecognised") != true else {
            return .leftOut("the peer's detector finds nothing, which asserts nothing (NOTES)")
        }
        guard let bytes = testCase.bytes() else { return .skipped }
        guard let mail = read(bytes) else { return .differs("not read") }
        var differences = Differences()
        compare(mail, &differences)
        return differences.outcome
    }

    /// Sisimai's reasons in our words; several where its word is finer or means another thing.
    private static let reasons: [String: Set<Report.Reason>] = [
        "userunknown": [.unknownUser], "hostunknown": [.unknownHost], "hasmoved": [.unknownUser],
        "notaccept": [.unknownHost], "mailboxfull": [.mailboxFull], "suspend": [.mailboxDisabled],
        "filtered": [.rejectedPolicy, .unknownUser, .mailboxDisabled], "rejected": [.rejectedPolicy],
        "blocked": [.blocked], "requireptr": [.blocked], "badreputation": [.blocked],
        "toomanyconn": [.blocked], "speeding": [.blocked], "expired": [.expired, .network],
        "networkerror": [.network, .expired], "authfailure": [.authentication],
        "policyviolation": [.rejectedPolicy], "securityerror": [.rejectedPolicy, .authentication],
        "norelaying": [.rejectedPolicy], "notcompliantrfc": [.rejectedContent],
        "spamdetected": [.rejectedContent], "virusdetected": [.rejectedContent],
        "contenterror": [.rejectedContent], "mesgtoobig": [.tooLarge], "exceedlimit": [.tooLarge],
        "systemerror": [.systemFault, .loop, .network], "systemfull": [.systemFault],
        "mailererror": [.systemFault], "syntaxerror": [.systemFault],
        "onhold": [.unknown, .rejectedPolicy],
    ]
}

extension DeliveryReport {
    var isHard: Bool { recipients.contains { $0.outcome == .failedForEver } }
    var isGivenUp: Bool { isHard || recipients.contains { $0.outcome == .failedForNow } }
}

extension ParsedMail {
    /// In the words of KINDS.
    var reportClass: String {
        switch deliveryReport?.kind {
        case .complaint: return "feedback_report"
        case .disposition: return "delivery_report"
        case .status:
            let arrived = deliveryReport?.recipients.allSatisfy {
                [.delivered, .relayed, .expanded].contains($0.outcome)
            }
            return arrived == true ? "delivery_report" : "bounce"
        case nil: return autoSubmitted == .no ? "not_bounce" : "auto_reply"
        }
    }
}
