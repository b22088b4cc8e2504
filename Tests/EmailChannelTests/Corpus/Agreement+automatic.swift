import ChannelKit
import CorpusKit
import HelpdeskCore

@testable import EmailChannel

/// Whether a machine wrote a mail, and who counts as its writer, at the reader's level.
extension Agreement {
    static func automatic(_ testCase: CorpusSet.Case) -> Outcome {
        guard let bytes = testCase.bytes() else { return .skipped }
        guard let mail = read(bytes) else { return .differs("not read") }
        let isAutomatic = mail.autoSubmitted != .no
        var differences = Differences()
        let expect = testCase.expect
        if let send = expect["send_auto_response"]?.boolean {
            differences.expect("automatic", "\(isAutomatic)", "\(!send)")
        }
        for key in ["is_auto_response", "out_of_office"] {
            guard let value = expect[key]?.boolean else { continue }
            differences.expect(key, "\(isAutomatic)", "\(value)")
        }
        if let place = expect["appends_to_ticket_of"]?.text {
            differences.expect(
                "nothing ties it to “\(place)”",
                that: mail.deliveryReport?.returnedMessageID != nil || !mail.headers.references.isEmpty)
        }
        if expect["bounce_kind"]?.text == "failed" {
            differences.expect("not given up", that: mail.deliveryReport?.isGivenUp == true)
        }
        if let wanted = expect["class"]?.text {
            guard let ours = mailClass(mail, wanted: wanted) else {
                return .leftOut("class “\(wanted)” is a peer's policy about what opens a ticket")
            }
            differences.expect("class", ours, wanted)
        }
        return differences.outcome
    }

    /// Our word for a class of KINDS, nil where it is no matter of reading.
    private static func mailClass(_ mail: ParsedMail, wanted: String) -> String? {
        switch wanted {
        case "bounce", "feedback_report", "delivery_report", "not_bounce": return mail.reportClass
        case "no_sender": return mail.headers.from.isEmpty ? wanted : "normal"
        case "self_sent":
            // Our own address is the one it was sent to.
            guard let own = mail.headers.to.first?.address, let settings = settings(own) else {
                return "normal"
            }
            let message = InboundMail(settings: settings).message(
                mail, raw: [], envelope: MailEnvelope(sender: "a@example.org", recipients: []))
            return message.autoSubmitted == .no ? "normal" : wanted
        case "normal": return mail.autoSubmitted == .no ? wanted : mail.autoSubmitted.rawValue
        case "auto_reply": return mail.autoSubmitted == .replied ? wanted : mail.autoSubmitted.rawValue
        case "auto_generated":
            return mail.autoSubmitted == .no || mail.autoSubmitted == .bounce
                ? mail.autoSubmitted.rawValue : wanted
        default: return nil
        }
    }

    static func senderChoice(_ testCase: CorpusSet.Case) -> Outcome {
        guard let bytes = testCase.bytes() else { return .skipped }
        guard let mail = read(bytes) else { return .differs("not read") }
        let wanted = testCase.expect["sender"]?.text ?? testCase.expect["customer_email"]?.text
        guard let wanted else {
            return .leftOut("X-Original-Sender is believed by the peer; any stranger can write it")
        }
        guard var settings = settings("support@example.org") else { return .skipped }
        // “Take reply-to as customer” is our `form_senders`.
        if testCase.fields["setting"] != nil {
            settings.formSenders = mail.headers.from.map { $0.address.lowercased() }
        }
        var differences = Differences()
        differences.expect(
            "sender", InboundMail(settings: settings).writer(of: mail)?.address.address.lowercased(),
            wanted.lowercased())
        return differences.outcome
    }

    private static func settings(_ address: String) -> EmailSettings? {
        try? EmailSettings(
            ChannelConfiguration(
                inbox: InboxID(rawValue: "mail"), values: ["address": .text(address)], zone: .utc))
    }
}
